import type { Interpreter } from '../python/runtime/interpreter';
import type { ClassDef, FunctionDef, Module, Node, Stmt } from '../python/syntax/ast';
import { isNamePartCode } from '../python/syntax/characters';
import { parseModule } from '../python/syntax/parse';
import { PyClass, PyFunction, PyModule, type Source, type Value } from '../python/values';
import type { Place } from '../shared/model';

/** The interpreter's place as the model's. */
export function modelPlace(source: Source, node: Node): Place {
	return { file: source.path, line: source.lineOf(node.start), endLine: source.lineOf(Math.max(node.start, node.end - 1)) };
}

/**
 * Where a class or function is defined: the line of its `def` or `class` keyword. Of several classes of one name in a
 * file it is the last, of a function the one that runs. `line` 0 stands for a class that no statement defines (made by
 * `type()` or a factory): its file is that of the module it says it belongs to.
 */
export function definitionPlace(py: Interpreter, value: Value): Place | undefined {
	if (value instanceof PyFunction) return value.module.source && modelPlace(value.module.source, value.node);
	if (!(value instanceof PyClass)) return undefined;
	const named = py.modules.get(value.moduleName);
	const source = named instanceof PyModule ? named.source?.newest : undefined;
	if (!source) return undefined;
	const only = onlyDefinition(py, value, source);
	if (only) return only;
	const node = definitionOf(py, source, value.qualname);
	return node ? modelPlace(source, node) : { file: source.path, line: 0 };
}

/** Where the class statement at a module's own level stands now, if no other `class` or `def` of the newest text can bear its name. */
function onlyDefinition(py: Interpreter, { source: made, name, qualname }: PyClass, newest: Source): Place | undefined {
	const own = made?.module.source;
	if (!made || own?.newest !== newest || name !== qualname || own.isGone(made.node.start)) return undefined;
	const { text } = newest;
	const start = own.nowAt(made.node.start);
	if (start > 0 && text[start - 1] !== '\n') return undefined;
	// It may have been renamed since.
	const nameStart = start + (/^class[ \t]+/.exec(text.slice(start, start + 40))?.[0].length ?? 0);
	if (nameStart === start || !text.startsWith(name, nameStart) || isNamePartCode(text.charCodeAt(nameStart + name.length)))
		return undefined;
	return definedOnce(py, newest).has(name) ? modelPlace(own, made.node) : undefined;
}

const once = Symbol('names that a file defines once');

/** Words that stand behind `class` or `def` once, wherever that is in the text: in a string as well. */
function definedOnce(py: Interpreter, source: Source): ReadonlySet<string> {
	const known = py.state(once, () => new Map<string, { readonly source: Source; readonly names: ReadonlySet<string> }>());
	const before = known.get(source.path);
	if (before?.source === source) return before.names;
	const names = new Set<string>();
	const more = new Set<string>();
	for (const keyword of ['class', 'def'])
		for (const name of wordsBehind(keyword, source.text)) (names.has(name) ? more : names).add(name);
	for (const name of more) names.delete(name);
	known.set(source.path, { source, names });
	return names;
}

function* wordsBehind(keyword: string, text: string): Generator<string> {
	for (let found = text.indexOf(keyword); found >= 0; found = text.indexOf(keyword, found + 1)) {
		let start = found + keyword.length;
		while (isBlank(text.charCodeAt(start))) start++;
		let end = start;
		while (isNamePartCode(text.charCodeAt(end))) end++;
		if (start > found + keyword.length && end > start) yield text.slice(start, end);
	}
}

/** White space, or a backslash that joins lines. */
const isBlank = (code: number): boolean => (code <= 32 && code > 0) || code === 92;

const byFile = Symbol('modules by their file');

/** The loaded module of a file. */
export function moduleOf(py: Interpreter, file: string): PyModule | undefined {
	const known = py.state(byFile, () => new Map<string, PyModule>());
	const found = known.get(file);
	if (found && py.modules.get(found.name) === found) return found;
	known.clear();
	for (const module of py.modules.values())
		if (module instanceof PyModule && module.source) known.set(module.source.path, module);
	return known.get(file);
}

/** The text of a loaded module's file as it is now. */
export const sourceOf = (py: Interpreter, file: string): Source | undefined => moduleOf(py, file)?.source?.newest;

const indexes = Symbol('definitions of a file');

/** The last `def` or `class` of a file under that qualname, wherever it stands in it. */
function definitionOf(py: Interpreter, source: Source, qualname: string): Node | undefined {
	const known = py.state(
		indexes,
		() => new Map<string, { readonly source: Source; readonly nodes: ReadonlyMap<string, Node> }>(),
	);
	let index = known.get(source.path);
	if (index?.source !== source) {
		// The extents alone: a syntax tree takes ten times its text.
		const nodes = new Map([...definitions(parseModule(source.text))].map(([name, { start, end }]) => [name, { start, end }]));
		index = { source, nodes };
		known.set(source.path, index);
	}
	return index.nodes.get(qualname);
}

/** Every definition of a module by its qualname; a later one takes the name over. */
export function definitions(module: Module): Map<string, Node> {
	const out = new Map<string, Node>();
	const walk = (body: readonly Stmt[], prefix: string): void => {
		for (const statement of body) {
			switch (statement.kind) {
				case 'FunctionDef':
				case 'ClassDef':
					out.set(prefix + statement.name, statement);
					walk(statement.body, `${prefix}${statement.name}${statement.kind === 'ClassDef' ? '.' : '.<locals>.'}`);
					break;
				case 'If':
				case 'For':
				case 'While':
					walk(statement.body, prefix);
					walk(statement.orelse, prefix);
					break;
				case 'With':
					walk(statement.body, prefix);
					break;
				case 'Try':
					walk(statement.body, prefix);
					for (const handler of statement.handlers) walk(handler.body, prefix);
					walk(statement.orelse, prefix);
					walk(statement.finalbody, prefix);
					break;
				case 'Match':
					for (const { body: inner } of statement.cases) walk(inner, prefix);
					break;
				default:
			}
		}
	};
	walk(module.body, '');
	return out;
}

export type Definition = FunctionDef | ClassDef;
