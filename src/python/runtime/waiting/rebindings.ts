import type { Expr, Stmt } from '../../syntax/ast';

/**
 * Where a module's own code binds each name, and changes in place what it has bound. A definition that waits must still see
 * what it would have seen at its place.
 */
export class Rebindings {
	private readonly first = new Map<string, number>();
	/** Of names that are bound or changed more than once. */
	private readonly last = new Map<string, number>();
	/** Names bound by something that is neither an import nor a definition. */
	private readonly variables = new Set<string>();
	/** A star import may bind any name. */
	private star = -1;

	/** Names of builtins that the module binds: before that they mean the builtin. */
	private readonly hidden: readonly (readonly [name: string, at: number])[];

	/** `inPlace`: changes in place count, too. */
	constructor(
		body: readonly Stmt[],
		builtins: ReadonlyMap<string, unknown>,
		private readonly inPlace = true,
	) {
		for (const node of body) this.statement(node);
		this.hidden = [...this.first].filter(([name]) => builtins.has(name));
	}

	/**
	 * Whether some name that the text mentions means one thing before `start` and may mean another after it: it is bound before and
	 * again, or changed in place, or is a builtin's before.
	 */
	reaches(text: string, start: number): boolean {
		if (this.star > start) return true;
		for (const [name, at] of this.hidden) if (at > start && mentions(text, name)) return true;
		for (const [name, last] of this.last) {
			if (last > start && (this.first.get(name) ?? start) < start && mentions(text, name)) return true;
		}
		return false;
	}

	private bind(name: string, at: number): void {
		if (this.first.has(name)) this.last.set(name, at);
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
		if (this.inPlace && root.kind === 'Name' && this.variables.has(root.id)) this.bind(root.id, at);
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
