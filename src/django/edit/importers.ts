import type { Interpreter } from '../../python/runtime/interpreter';
import type { Stmt } from '../../python/syntax/ast';
import { innerBodies } from '../../python/syntax/definitions';
import { PyModule } from '../../python/values';
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
	readonly test: (text: string) => boolean;
	readonly modules: Set<PyModule>;
}

const known = Symbol('candidates for importing a module');

const candidates = (py: Interpreter) => py.state(known, () => new Map<PyModule, Candidates>());

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
	all.set(module, { loaded: py.modules.size, test, modules });
	return modules;
}

/** The module has another text. */
export function mentionsAgain(py: Interpreter, edited: PyModule): void {
	const text = edited.source?.newest.text;
	if (text === undefined) return;
	for (const [module, { test, modules }] of candidates(py)) {
		if (module === edited) continue;
		if (test(text)) modules.add(edited);
		else modules.delete(edited);
	}
}

/** How the project's loaded modules get at the module. */
export function importersOf(py: Interpreter, module: PyModule, isProject: (path: string) => boolean): readonly Importer[] {
	return [...mentions(py, module, isProject)].flatMap((one) => {
		const live = liveModule(py, one);
		const importer = live && remembered(live, module);
		return importer ? [importer] : [];
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

const importers = new WeakMap<LiveModule, Map<PyModule, Importer | undefined>>();

function remembered(live: LiveModule, module: PyModule): Importer | undefined {
	const own = importers.get(live) ?? new Map<PyModule, Importer | undefined>();
	importers.set(live, own);
	if (!own.has(module)) own.set(module, importerFrom(live, module));
	return own.get(module);
}

function importerFrom(live: LiveModule, module: PyModule): Importer | undefined {
	const names: { statement: Live; name: string; local: string }[] = [];
	const handles = new Set<string>();
	for (const statement of live.statements) {
		if (!statement.statement.text.includes('import')) continue;
		for (const node of imports(statement.statement.node)) {
			if (node.kind === 'Import') {
				for (const { name, asname } of node.names)
					if (name === module.name || name.startsWith(`${module.name}.`)) handles.add(asname ?? name.split('.')[0] ?? name);
				continue;
			}
			const from = absolute(live.module, node.module, node.level);
			if (from === module.name) for (const { name, asname } of node.names) names.push({ statement, name, local: asname ?? name });
			else for (const { name, asname } of node.names) if (`${from}.${name}` === module.name) handles.add(asname ?? name);
		}
	}
	if (new RegExp(`["']${module.name.replaceAll('.', '\\.')}(?:\\.|["'])`).test(live.source.text)) handles.add(module.name);
	return names.length > 0 || handles.size > 0 ? { live, names, handles: [...handles] } : undefined;
}

function* imports(node: Stmt): Generator<Extract<Stmt, { kind: 'Import' | 'ImportFrom' }>> {
	if (node.kind === 'Import' || node.kind === 'ImportFrom') yield node;
	else for (const body of innerBodies(node)) for (const inner of body) yield* imports(inner);
}

function absolute({ name, path }: PyModule, module: string | undefined, level: number): string {
	if (level === 0) return module ?? '';
	const base = path === undefined ? name.split('.').slice(0, -1) : name.split('.');
	return [...base.slice(0, base.length - (level - 1)), ...(module ? [module] : [])].join('.');
}
