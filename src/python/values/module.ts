import type { Node } from '../syntax/ast';
import type { PyClass } from './class';
import { moduleType } from './core-types';
import type { LazyBinding } from './lazy';
import type { PyUnknown } from './unknown';
import { PyObject, type Value } from './value';

/** A module's or a class body's names. A `LazyBinding` is resolved by whoever loads it and never leaves the namespace. */
export type Namespace = Map<string, Value | LazyBinding>;

/** The text of a module and how offsets become lines. */
export interface Source {
	/** Absolute path. */
	readonly path: string;
	readonly text: string;
	/** 1-based line of a UTF-16 offset. */
	lineOf(offset: number): number;
}

/** A place in a source file: `line` is 1-based, offsets are UTF-16. */
export interface Place {
	readonly path: string;
	readonly line: number;
	readonly start: number;
	readonly end: number;
}

export type ModuleState = 'fresh' | 'running' | 'done' | 'failed';

/** A module. Its attributes are `names` (not `attrs`). */
export class PyModule extends PyObject {
	readonly names: Namespace = new Map();
	source: Source | undefined = undefined;
	/** Folders that hold the submodules; undefined when it is no package. */
	path: string[] | undefined = undefined;
	state: ModuleState = 'fresh';
	/** It star-imported from what can't be known: any name may have come from there. */
	unknownNames: PyUnknown | undefined = undefined;

	constructor(
		readonly name: string,
		cls: PyClass = moduleType,
	) {
		super(cls);
	}

	place(node: Node): Place | undefined {
		const source = this.source;
		return source && { path: source.path, line: source.lineOf(node.start), start: node.start, end: node.end };
	}
}
