import type { Interpreter } from '../python/runtime/interpreter';
import type { Node, Stmt } from '../python/syntax/ast';
import { parseModule } from '../python/syntax/parse';
import { LazyBinding, type Namespace, PyList, PyModule, PyTuple, type Source, textOf } from '../python/values';
import type { Place } from '../shared/model';

/** Where an entry came from, as far as the statement that added it tells. */
interface Added {
	readonly place: Place;
	/** The statement holds the entry's own text. */
	readonly written: boolean;
}

/**
 * Watches how a setting that is a list comes about, statement by statement, while the settings are read. Asked afterwards, it tells the place
 * of each entry: where its text was written, or, where it is put together or comes from outside, the statement that added it.
 */
export class SettingTrail {
	private readonly added = new Map<string, Added>();
	private readonly last = new Map<Namespace, readonly string[]>();
	/** The files whose statements ran while the settings were read, in the order in which they ended. */
	readonly sources = new Set<Source>();

	constructor(
		private readonly py: Interpreter,
		private readonly name: string,
	) {}

	/** Reads the settings. */
	watch<T>(read: () => T): T {
		const { py } = this;
		py.afterStatement = (names, source, node) => this.look(names, source, node);
		try {
			return read();
		} finally {
			py.afterStatement = undefined;
		}
	}

	private look(names: Namespace, source: Source | undefined, node: Stmt): void {
		if (source) this.sources.add(source);
		const value = names.get(this.name);
		if (!source || value === undefined || value instanceof LazyBinding) return;
		if (!(value instanceof PyList || value instanceof PyTuple)) return;
		const before = this.last.get(names) ?? [];
		const { items } = value;
		if (items.length === before.length && items.every((item, index) => textOf(item) === before[index])) return;
		const entries = items.map((item) => textOf(item) ?? '');
		this.last.set(names, entries);
		for (const entry of entries) {
			if (before.includes(entry)) continue;
			const constant = this.constant(node, entry);
			if (!constant && this.added.has(entry)) continue;
			const at = constant ?? this.narrowest(node);
			this.added.set(entry, { place: { file: source.path, line: source.lineOf(at.start) }, written: constant !== undefined });
		}
	}

	/** In a part of the statement that changes the setting, or else anywhere in it. */
	private constant(node: Stmt, entry: string): Node | undefined {
		for (const one of statementsIn(node)) {
			const found = one !== node && changesName(one, this.name) ? constantIn(one, entry) : undefined;
			if (found) return found;
		}
		return constantIn(node, entry);
	}

	/** Of a compound statement, the one part that changes the setting, if it is one. */
	private narrowest(node: Stmt): Node {
		const changes = [...statementsIn(node)].filter((one) => changesName(one, this.name));
		return (changes.length === 1 && changes[0]) || node;
	}

	/** `settingsModule` goes before other modules that hold an entry's text. */
	places(settingsModule: string, entries: readonly string[]): Map<string, Place> {
		const out = new Map<string, Place>();
		const modules = settingsModules(this.py, settingsModule);
		for (const entry of entries) {
			const added = this.added.get(entry);
			const place = added?.written ? added.place : (written(modules, entry) ?? dataPlace(this.py, entry) ?? added?.place);
			// A class's attribute became the setting: no statement of the module bound it.
			const known = place ?? (this.added.size === 0 ? this.lastChange(modules) : undefined);
			if (known) out.set(entry, known);
		}
		return out;
	}

	/** The last statement that sets it, in a class's body, say. */
	private lastChange(modules: readonly Source[]): Place | undefined {
		for (const source of modules) {
			const changes = parseModule(source.text).body.flatMap((one) => [...statementsIn(one)]);
			const last = changes.findLast((one) => changesName(one, this.name));
			if (last) return { file: source.path, line: source.lineOf(last.start) };
		}
		return undefined;
	}
}

/** Loaded modules in which settings may be written: the settings module, the project's others, then libraries'. */
function settingsModules(py: Interpreter, settingsModule: string): Source[] {
	const first = py.modules.get(settingsModule);
	const all = [first, ...py.modules.values()].flatMap((one) => (one instanceof PyModule && one.source ? [one.source] : []));
	const rank = ({ path }: Source) => (py.projectRoots.some((root) => path.startsWith(root)) ? 0 : 1);
	const libraries = all.filter(
		(one) => rank(one) === 1 && /(?:settings|conf|config|defaults)[^/]*(?:\/__init__)?\.py$/.test(one.path),
	);
	return [...new Set([...all.filter((one) => rank(one) === 0), ...libraries])];
}

/** Where the text stands in code. */
function written(modules: readonly Source[], entry: string): Place | undefined {
	for (const source of modules) {
		if (!source.text.includes(entry)) continue;
		for (const statement of parseModule(source.text).body) {
			const constant = constantIn(statement, entry);
			if (constant) return { file: source.path, line: source.lineOf(constant.start) };
		}
	}
	return undefined;
}

/** Where the text stands in a file of data that the program has opened. */
function dataPlace(py: Interpreter, entry: string): Place | undefined {
	for (const file of py.opened) {
		if (!/\.(?:toml|ya?ml|json|ini|cfg|conf|env|properties)$|\/\.env[^/]*$/.test(file)) continue;
		const text = py.readText(file);
		const at = text?.indexOf(entry) ?? -1;
		if (text !== undefined && at >= 0) return { file, line: text.slice(0, at).split('\n').length };
	}
	return undefined;
}

function constantIn(node: Stmt, text: string): Node | undefined {
	const rest: Node[] = [node];
	for (let one = rest.pop(); one; one = rest.pop()) {
		if ('kind' in one && one.kind === 'Constant' && 'value' in one && one.value === text) return one;
		rest.push(...childNodes(one).reverse());
	}
	return undefined;
}

/** The statement and those in it, functions' aside. */
function* statementsIn(node: Stmt): Generator<Stmt> {
	yield node;
	if (node.kind === 'FunctionDef') return;
	for (const child of childNodes(node)) {
		if (isStatement(child)) yield* statementsIn(child);
		else if ('body' in child && Array.isArray(child.body))
			for (const one of child.body) if (isNode(one) && isStatement(one)) yield* statementsIn(one);
	}
}

/** `NAME = …`, `NAME += …`, `NAME.insert(…)`, `NAME[…] = …`. */
export function changesName(node: Stmt, name: string): boolean {
	const isName = (one: Node | undefined): boolean => {
		let target = one;
		while (
			target &&
			'kind' in target &&
			(target.kind === 'Subscript' || target.kind === 'Attribute') &&
			'value' in target &&
			isNode(target.value)
		)
			target = target.value;
		return target !== undefined && 'id' in target && target.id === name;
	};
	switch (node.kind) {
		case 'Assign':
			return node.targets.some(isName);
		case 'AugAssign':
		case 'AnnAssign':
			return isName(node.target);
		case 'Expr':
			return node.value.kind === 'Call' && node.value.func.kind === 'Attribute' && isName(node.value.func);
		case 'FunctionDef':
			return node.name === name;
		default:
			return false;
	}
}

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
const statementKinds = /^(?:Assign|AugAssign|AnnAssign|Expr|If|For|While|With|Try|Match|FunctionDef|ClassDef)$/;
const isStatement = (node: Node): node is Stmt =>
	'kind' in node && typeof node.kind === 'string' && statementKinds.test(node.kind);

/** The nodes directly in one; a function's or class's body is read for it. */
function childNodes(node: Node): Node[] {
	const values: unknown[] = Object.values(node);
	if ('kind' in node && (node.kind === 'FunctionDef' || node.kind === 'ClassDef') && 'body' in node) values.push(node.body);
	return [...new Set(values.flatMap((value) => (Array.isArray(value) ? value : [value])).filter(isNode))];
}
