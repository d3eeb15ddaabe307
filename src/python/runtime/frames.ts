import type { Node } from '../syntax/ast';
import {
	type Annotation,
	LazyBinding,
	type Namespace,
	type PyCell,
	type PyException,
	type PyFunction,
	type PyModule,
	type Value,
} from '../values';
import type { StackEntry } from './interpreter';
import type { Machine } from './machine';

/** How a statement ended. */
export type Completion = 0 | 1 | 2 | 3;
export const NORMAL: Completion = 0;
export const BREAK: Completion = 1;
export const CONTINUE: Completion = 2;
/** The value is in the frame's `result`. */
export const RETURN: Completion = 3;

/** A compiled expression, statement, and assignment to a target. */
export type Run = (f: Frame) => Value;
export type Exec = (f: Frame) => Completion;
export type Store = (f: Frame, value: Value) => void;

/** Variables of a function: which name is in which slot or cell. */
export interface Variables {
	readonly slots: ReadonlyMap<string, number>;
	readonly cells: ReadonlyMap<string, number>;
}

/** A `try` statement that is ready for exceptions which are not Python's own. */
export interface Trying {
	readonly outer: Trying | undefined;
	catches(exception: PyException): boolean;
}

/** The variables of a comprehension, which runs in the frame around it. */
export interface ComprehensionNames {
	/** The one that this one stands in. */
	readonly outer: ComprehensionNames | undefined;
	/** What it takes from around it, which were variables of its function before Python 3.12. */
	readonly free: ReadonlySet<string>;
	each(frame: Frame, found: (name: string, value: Value) => void): void;
}

/** The execution of a module, class body or function call. */
export class Frame implements StackEntry {
	node: Node | undefined = undefined;
	result: Value = null;
	/** The exception whose `except` clause is running. */
	handled: PyException | undefined = undefined;
	/** The `try` statements that run or wait in this frame and name exceptions of a module's own, innermost first. */
	trying: Trying | undefined = undefined;
	/** The comprehension that is running in this frame, where it may ask for its names (`locals()`). */
	comprehension: ComprehensionNames | undefined = undefined;
	/** Of a class body, in order; evaluated when asked for. */
	annotations: Annotation[] | undefined = undefined;
	readonly globals: Namespace;
	readonly function: PyFunction | undefined;
	constructor(
		readonly py: Machine,
		readonly module: PyModule,
		/** Where a module's or class's body binds its names; a function's is its module's. */
		readonly names: Namespace,
		readonly name: string,
		func: PyFunction | undefined,
		readonly variables: Variables | undefined,
		readonly slots: (Value | undefined)[],
		readonly cells: PyCell[],
		/** The caller. */
		public back: Frame | undefined,
		globals?: Namespace,
	) {
		this.globals = globals ?? module.names;
		this.function = func;
	}

	local(name: string): Value | undefined {
		const slot = this.variables?.slots.get(name);
		if (slot !== undefined) return this.slots[slot];
		const cell = this.variables?.cells.get(name);
		if (cell !== undefined) return this.cells[cell]?.value;
		const value = this.variables ? undefined : this.names.get(name);
		return value instanceof LazyBinding ? value.resolve() : value;
	}
}
