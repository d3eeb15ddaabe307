import type { Value } from '../../values';
import type { Frame } from '../frames';
import { type ComprehensionNode, freeNames, namesOf, type ScopeNames, type ScopeNode } from '../scopes';

/** What gets a frame of its own. */
export type FrameNode = Exclude<ScopeNode, ComprehensionNode>;

/** Where a name lives, seen from a scope. */
export type Access =
	| { readonly kind: 'slot'; readonly index: number }
	| { readonly kind: 'cell'; readonly index: number }
	| { readonly kind: 'global' }
	/** The frame's own namespace first (module and class bodies), then the globals. */
	| { readonly kind: 'name' }
	/** A class body's own namespace first, then a cell from outside. */
	| { readonly kind: 'name-or-cell'; readonly index: number };

const GLOBAL: Access = { kind: 'global' };
const NAME: Access = { kind: 'name' };

/** The slots and cells of one frame, numbered while its code is compiled. */
export class Layout {
	slotCount = 0;
	readonly slots = new Map<string, number>();
	readonly cells = new Map<string, number>();
	/** Cells handed over by the enclosing frame come first. */
	constructor(readonly free: readonly string[] = []) {
		for (const name of free) this.cells.set(name, this.cells.size);
		this.cellCount = free.length;
	}
	cellCount: number;
	temporary(): number {
		return this.slotCount++;
	}
}

/** The names whose cells a function or class body is handed when it is made, in the order of its layout. */
export function closureNames(node: FrameNode, parent: Scope): readonly string[] {
	if (parent.isTop) return parent.kind === 'class' && node.kind !== 'ClassDef' ? ['__class__'] : [];
	return [...freeNames(node)].filter((name) => parent.captures(name));
}

export type ScopeKind = 'module' | 'class' | 'function' | 'comprehension';

/** A lexical scope at compile time. */
export class Scope {
	private readonly own = new Map<string, Access>();
	private constructor(
		readonly kind: ScopeKind,
		readonly parent: Scope | undefined,
		readonly layout: Layout,
		private readonly names: ScopeNames | undefined,
	) {}

	static module(): Scope {
		return new Scope('module', undefined, new Layout(), undefined);
	}

	/** A function, lambda or generator expression (whose free names come from `parent`), or a class body. */
	static nested(node: FrameNode, parent: Scope): Scope {
		const layout = new Layout(closureNames(node, parent));
		if (node.kind === 'ClassDef') {
			// At the top level nothing but globals can be meant, and walking the methods of every class would be costly.
			const scope = new Scope('class', parent, layout, parent.isTop ? undefined : namesOf(node));
			layout.cells.set('__class__', layout.cellCount++);
			return scope;
		}
		const names = namesOf(node);
		const scope = new Scope('function', parent, layout, names);
		for (const name of names.bound) scope.declare(name);
		return scope;
	}

	/** A module's scope or that of a class outside of functions: no variables that could be captured but `__class__`. */
	get isTop(): boolean {
		return this.kind === 'module' || (this.kind === 'class' && (this.parent?.isTop ?? false));
	}

	/** A list, set or dict comprehension: names of its own in the frame of the scope around it. */
	static comprehension(node: ComprehensionNode, parent: Scope): Scope {
		const scope = new Scope('comprehension', parent, parent.layout, namesOf(node));
		for (const name of namesOf(node).bound) scope.declare(name);
		return scope;
	}

	/** Names whose cell must be made anew when the scope is entered. */
	get ownCells(): number[] {
		const cells: number[] = [];
		for (const access of this.own.values()) if (access.kind === 'cell') cells.push(access.index);
		return cells;
	}

	/** What a comprehension's own names have in a frame. */
	eachOwn(frame: Frame, found: (name: string, value: Value) => void): void {
		for (const [name, access] of this.own) {
			if (access.kind !== 'slot' && access.kind !== 'cell') continue;
			const value = access.kind === 'slot' ? frame.slots[access.index] : frame.cells[access.index]?.value;
			if (value !== undefined) found(name, value);
		}
	}

	/** Slots of the scope's own names, unbound when a comprehension starts. */
	private declare(name: string): void {
		const { layout, kind } = this;
		if (this.names?.inner.has(name)) {
			const index = layout.cellCount++;
			this.own.set(name, { kind: 'cell', index });
			if (kind === 'function') layout.cells.set(name, index);
		} else {
			const index = layout.slotCount++;
			this.own.set(name, { kind: 'slot', index });
			if (kind === 'function') layout.slots.set(name, index);
		}
	}

	access(name: string): Access {
		if (this.kind === 'module') return NAME;
		if (this.names?.globals.has(name)) return GLOBAL;
		const own = this.own.get(name);
		if (own) return own;
		if (this.kind === 'comprehension') {
			const parent = this.parent;
			return parent
				? parent.kind === 'class'
					? parent.enclosed(name)
					: parent.kind === 'module'
						? GLOBAL
						: parent.access(name)
				: GLOBAL;
		}
		if (this.kind === 'class') {
			if (!this.names) return NAME;
			if (this.names.bound.has(name)) return NAME;
			const index = name === '__class__' ? undefined : this.layout.cells.get(name);
			if (this.names.nonlocals.has(name) && index !== undefined) return { kind: 'cell', index };
			return index === undefined ? NAME : { kind: 'name-or-cell', index };
		}
		return this.enclosed(name);
	}

	/** As a comprehension in a class body sees the class's surroundings. */
	private enclosed(name: string): Access {
		const index = this.layout.cells.get(name);
		return index === undefined ? GLOBAL : { kind: 'cell', index };
	}

	/** Whether a scope inside of this one finds the name in a cell of this frame or an outer one. */
	captures(name: string): boolean {
		const own = this.own.get(name);
		if (own) return own.kind === 'cell';
		if (this.kind === 'comprehension') return this.parent?.captures(name) ?? false;
		return this.layout.cells.has(name);
	}

	/** The index of the cell that a scope inside of this one captures. */
	cellOf(name: string): number {
		const own = this.own.get(name);
		if (own) return own.kind === 'cell' ? own.index : -1;
		if (this.kind === 'comprehension') return this.parent?.cellOf(name) ?? -1;
		return this.layout.cells.get(name) ?? -1;
	}
}
