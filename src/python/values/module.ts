import type { Node, Stmt } from '../syntax/ast';
import type { PyClass } from './class';
import { moduleType } from './core-types';
import type { LazyBinding } from './lazy';
import type { PyUnknown } from './unknown';
import { PyObject, type Value } from './value';

/** A module's or a class body's names. A `LazyBinding` is resolved by whoever loads it and never leaves the namespace. */
export type Namespace = Map<string, Value | LazyBinding>;

/** A replaced part of a text: `from` to `to` gave way to `length` characters. */
export interface TextEdit {
	readonly from: number;
	readonly to: number;
	readonly length: number;
}

/** The text of a module and how offsets become lines. */
export interface Source {
	/** Absolute path. */
	readonly path: string;
	readonly text: string;
	/** 1-based line of a UTF-16 offset: after an edit the line on which the newest text has it. */
	lineOf(offset: number): number;
	/** The text after the last edit, with its lines; itself where there was none. */
	readonly newest: Source;
	/** Whether what stood at the offset is no more. */
	isGone(offset: number): boolean;
	/** The offset in the newest text. */
	nowAt(offset: number): number;
	/** The source of the text after edits of the newest one. */
	edited(text: string, edits: readonly TextEdit[]): Source;
}

/** One execution of a statement at the top level of a module: what is met meanwhile is taken back when it runs again. */
export interface StatementRun {
	readonly source: Source;
	/** Offset of the statement in that text. */
	readonly start: number;
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
	/** A program has got at it by a name that it put together: the texts don't tell who takes what of it. */
	byName = false;
	/** Of a project's module: the statements that were run and may hold functions, in order. */
	body: readonly Stmt[] = [];

	constructor(
		readonly name: string,
		cls: PyClass = moduleType,
	) {
		super(cls);
	}

	place(node: Node): Place | undefined {
		const source = this.source;
		return source && new SourcePlace(source, node.start, node.end);
	}
}

/** What a program has got at by a name that it put together. */
export function gotByName(value: Value): Value {
	if (value instanceof PyModule) value.byName = true;
	return value;
}

/** A place that moves with the text around it. */
export class SourcePlace implements Place {
	constructor(
		private readonly source: Source,
		readonly start: number,
		readonly end: number,
	) {}

	get path(): string {
		return this.source.path;
	}

	get line(): number {
		return this.source.lineOf(this.start);
	}
}
