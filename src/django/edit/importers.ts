import type { Interpreter } from '../../python/runtime/interpreter';
import { PyModule, type Source } from '../../python/values';
import { type Live, type LiveModule, liveModule } from './live';

/** How a module gets at another one. */
export interface Importer {
	readonly live: LiveModule;
	/** Statements that take names from it, with the local name of each; `*` takes all. */
	readonly names: readonly { readonly statement: Live; readonly name: string; readonly local: string }[];
	/** Words by which it reaches the module itself: `views` in `views.home`, or its dotted name in a string. */
	readonly handles: readonly string[];
}

/** Who may import a module, as the newest texts have it. */
interface Candidates {
	readonly loaded: number;
	/** The module's own word: its dotted name without the package. */
	readonly word: string;
	readonly test: (text: string) => boolean;
	readonly modules: Set<PyModule>;
}

const asked = Symbol('candidates for importing a module');

const candidates = (py: Interpreter) => py.state(asked, () => new Map<PyModule, Candidates>());

/** The project's loaded modules that mention the module in an import or by its dotted name. */
export function mentions(py: Interpreter, module: PyModule, isProject: (path: string) => boolean): ReadonlySet<PyModule> {
	const all = candidates(py);
	const before = all.get(module);
	if (before?.loaded === py.modules.size) return before.modules;
	const test = importTest(module.name);
	const modules = new Set<PyModule>();
	for (const one of py.modules.values())
		if (one instanceof PyModule && one !== module && one.source && isProject(one.source.path) && test(one.source.newest.text))
			modules.add(one);
	all.set(module, { loaded: py.modules.size, word: module.name.slice(module.name.lastIndexOf('.') + 1), test, modules });
	return modules;
}

/** The module has another text. `changed`: the lines that were others before, and as they are now; an import is told by one line. */
export function mentionsAgain(py: Interpreter, edited: PyModule, changed: readonly string[]): void {
	const text = edited.source?.newest.text;
	if (text === undefined) return;
	const imports = changed.some((lines) => lines.includes('from'));
	for (const [module, { word, test, modules }] of candidates(py)) {
		if (module === edited || !(imports || changed.some((lines) => lines.includes(word)))) continue;
		if (test(text)) modules.add(edited);
		else modules.delete(edited);
	}
}

/** How the project's loaded modules get at the module. */
export function importersOf(py: Interpreter, module: PyModule, isProject: (path: string) => boolean): readonly Importer[] {
	return [...mentions(py, module, isProject)].flatMap((one) => {
		const live = liveModule(py, one);
		const found = live && importer(live, module);
		return found ? [found] : [];
	});
}

/** Whether a text may import the module or name it in a string, told without parsing it. */
function importTest(name: string): (text: string) => boolean {
	const parts = name.split('.');
	const last = parts.pop() ?? name;
	const parent = parts.join('\\.');
	const full = name.replaceAll('.', '\\.');
	const named = new RegExp(`\\b(?:from|import)[ \\t][^\\n]*\\b${full}\\b|["']${full}(?:\\.|["'])`);
	const relative = new RegExp(`\\bfrom[ \\t]+(?:\\.[\\w.]*\\.|\\.+)${last}[ \\t]+import\\b`);
	const fromParent = new RegExp(`\\bfrom[ \\t]+(?:\\.[\\w.]*|${parent || '$.'})[ \\t]+import\\b`);
	return (text) =>
		text.includes(last) &&
		((text.includes(name) && named.test(text)) || (text.includes(`.${last}`) && relative.test(text)) || fromParent.test(text));
}

/** What a text says of how it gets at a module: its statements by their index. */
interface Imports {
	readonly names: readonly { readonly at: number; readonly name: string; readonly local: string }[];
	readonly handles: readonly string[];
}

/** By the text: its statements may run again. */
const known = new WeakMap<Source, Map<PyModule, Imports | undefined>>();

function importer(live: LiveModule, module: PyModule): Importer | undefined {
	const own = known.get(live.source) ?? new Map<PyModule, Imports | undefined>();
	known.set(live.source, own);
	if (!own.has(module)) own.set(module, importsOf(live, module));
	const found = own.get(module);
	if (!found) return undefined;
	const names = found.names.flatMap(({ at, name, local }) => {
		const statement = live.statements[at];
		return statement ? [{ statement, name, local }] : [];
	});
	return { live, names, handles: found.handles };
}

function importsOf(live: LiveModule, module: PyModule): Imports | undefined {
	const names: { at: number; name: string; local: string }[] = [];
	const handles = new Set<string>();
	for (const [at, { statement }] of live.statements.entries()) {
		for (const node of statement.imports) {
			if (node.kind === 'Import') {
				for (const { name, asname } of node.names)
					if (name === module.name || name.startsWith(`${module.name}.`)) handles.add(asname ?? name.split('.')[0] ?? name);
				continue;
			}
			const from = absolute(live.module, node.module, node.level);
			if (from === module.name) for (const { name, asname } of node.names) names.push({ at, name, local: asname ?? name });
			else for (const { name, asname } of node.names) if (`${from}.${name}` === module.name) handles.add(asname ?? name);
		}
	}
	if (new RegExp(`["']${module.name.replaceAll('.', '\\.')}(?:\\.|["'])`).test(live.source.text)) handles.add(module.name);
	return names.length > 0 || handles.size > 0 ? { names, handles: [...handles] } : undefined;
}

function absolute({ name, path }: PyModule, module: string | undefined, level: number): string {
	if (level === 0) return module ?? '';
	const base = path === undefined ? name.split('.').slice(0, -1) : name.split('.');
	return [...base.slice(0, base.length - (level - 1)), ...(module ? [module] : [])].join('.');
}
