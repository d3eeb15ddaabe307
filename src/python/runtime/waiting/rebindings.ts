import type { Expr, Stmt } from '../../syntax/ast';

/**
 * Where a module's own code binds each name, and changes in place what it has bound. A definition that waits must still see
 * what it would have seen at its place.
 */
export class Rebindings {
	private readonly first = new Map<string, number>();
	/** Of names that are bound more than once. */
	private readonly again = new Map<string, number>();
	/** Of names whose values are changed in place. */
	private readonly changes = new Map<string, number>();
	/** Names bound by something that is neither an import nor a definition. */
	private readonly variables = new Set<string>();
	/** A star import may bind any name. */
	private star = -1;

	/** Names of builtins that the module binds: before that they mean the builtin. Undefined until somebody asks, which few modules meet. */
	private hidden: readonly (readonly [name: string, at: number])[] | undefined;

	constructor(
		private readonly body: readonly Stmt[],
		private readonly builtins: ReadonlyMap<string, unknown>,
	) {}

	/** Like `reachesNames`; what a name stands for may also be changed in place after `start`. */
	reaches(text: string, start: number): boolean {
		return this.reachesNames(text, start) || this.isLater(this.changes, text, start);
	}

	/**
	 * Whether some name that the text mentions stands for one thing before `start` and may stand for another after it: it is bound
	 * before and again, or is a builtin's before.
	 */
	reachesNames(text: string, start: number): boolean {
		this.hidden ??= this.read();
		if (this.star > start) return true;
		for (const [name, at] of this.hidden) if (at > start && mentions(text, name)) return true;
		return this.isLater(this.again, text, start);
	}

	private isLater(last: ReadonlyMap<string, number>, text: string, start: number): boolean {
		for (const [name, at] of last) {
			if (at > start && (this.first.get(name) ?? start) < start && mentions(text, name)) return true;
		}
		return false;
	}

	private read(): readonly (readonly [name: string, at: number])[] {
		this.block(this.body);
		return [...this.first].filter(([name]) => this.builtins.has(name));
	}

	private bind(name: string, at: number): void {
		if (this.first.has(name)) this.again.set(name, at);
		else this.first.set(name, at);
	}

	private variable(name: string, at: number): void {
		this.variables.add(name);
		this.bind(name, at);
	}

	private block(body: readonly Stmt[]): void {
		for (const node of body) this.statement(node);
	}

	private statement(node: Stmt): void {
		const { start } = node;
		switch (node.kind) {
			case 'FunctionDef':
			case 'ClassDef':
			case 'TypeAlias':
				this.bind(node.name, start);
				return;
			case 'Import':
				for (const { name, asname } of node.names) this.bind(asname ?? name.split('.', 1)[0] ?? name, start);
				return;
			case 'ImportFrom':
				for (const { name, asname } of node.names) {
					if (name === '*') this.star = start;
					else this.bind(asname ?? name, start);
				}
				return;
			case 'Assign':
				for (const target of node.targets) this.target(target, start);
				return;
			case 'AugAssign':
				this.target(node.target, start);
				return;
			case 'AnnAssign':
				if (node.value) this.target(node.target, start);
				return;
			case 'Delete':
				for (const target of node.targets) this.target(target, start);
				return;
			case 'Expr':
				this.call(node.value, start);
				return;
			case 'For':
				this.target(node.target, start);
				this.block(node.body);
				this.block(node.orelse);
				return;
			case 'While':
			case 'If':
				this.block(node.body);
				this.block(node.orelse);
				return;
			case 'With':
				for (const item of node.items) if (item.target) this.target(item.target, start);
				this.block(node.body);
				return;
			case 'Try':
				this.block(node.body);
				for (const handler of node.handlers) {
					if (handler.name !== undefined) this.variable(handler.name, handler.start);
					this.block(handler.body);
				}
				this.block(node.orelse);
				this.block(node.finalbody);
				return;
			case 'Match':
				for (const { body } of node.cases) this.block(body);
				return;
			default:
				return;
		}
	}

	private target(node: Expr, at: number): void {
		switch (node.kind) {
			case 'Name':
				this.variable(node.id, at);
				return;
			case 'Tuple':
			case 'List':
				for (const element of node.elts) this.target(element, at);
				return;
			case 'Starred':
				this.target(node.value, at);
				return;
			case 'Attribute':
			case 'Subscript':
				this.changed(node.value, at);
				return;
			default:
				return;
		}
	}

	/** `name.append(…)`. */
	private call(node: Expr, at: number): void {
		if (node.kind === 'Call' && node.func.kind === 'Attribute') this.changed(node.func.value, at);
	}

	private changed(node: Expr, at: number): void {
		let root = node;
		while (root.kind === 'Attribute' || root.kind === 'Subscript') root = root.value;
		if (root.kind === 'Name' && this.variables.has(root.id)) this.changes.set(root.id, at);
	}
}

function mentions(text: string, name: string): boolean {
	for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
		if (!isWord(text.charCodeAt(at - 1)) && !isWord(text.charCodeAt(at + name.length))) return true;
	}
	return false;
}

function isWord(code: number): boolean {
	return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122) || code > 127;
}
