import type { AnnAssign, Assign, ClassDef, Expr, Node, Stmt, SyntaxProblem } from '../../syntax/ast';
import type { Value } from '../../values';
import type { ComprehensionNames } from '../frames';
import { mangled } from '../private-names';
import type { Scope } from './scope';

/** What compiling a piece of text needs to know of its surroundings. */
export interface Context {
	readonly scope: Scope;
	/** The comprehension that this is part of, where it may ask for its names. */
	readonly comprehension?: ComprehensionNames;
	/** Prefix of the qualified names of what is defined here: ``, `Outer.` or `f.<locals>.`. */
	readonly qualifier: string;
	/** The class whose body or methods this is: `__x` is mangled with it. */
	readonly className: string | undefined;
	/** `from __future__ import annotations` is in force. */
	readonly lazyAnnotations: boolean;
	/** Slots that hold the results of yields that were run ahead of the expression around them. */
	readonly yields: ReadonlyMap<Expr, number>;
	/** A module of the project: what raises in its own code costs its statement or item (see ../isolation.ts). */
	readonly own: boolean;
	/** What could not be read of the module's text; functions add theirs when they are read. */
	readonly errors: readonly SyntaxProblem[];
	/** A statement that could not be read as a whole. Python would run nothing of the module: what raises in it costs no more than it has to. */
	readonly broken?: boolean;
	/** An item of a list or tuple that is a call: its arguments are isolated in functions, too. */
	readonly item?: boolean;
	/** The body of a loop: where steps run out in it, or a statement is stopped in round after round, the loop is given up. */
	readonly inLoop?: boolean;
	/** Inside a `try` that catches ImportError: imports are forced. */
	readonly guarded: boolean;
	/** A class statement is compiled whose attributes may wait: what its names mean stays as it is. */
	readonly waits: boolean;
	/** What these assignments of a plain class's body have made before. */
	readonly kept?: ReadonlyMap<Stmt, Value> | undefined;
	/** Attributes that this function of a library gives a class, and that are worked out when somebody asks for them. */
	readonly later?: ReadonlySet<string> | undefined;
	/** Lets a class statement or an assignment of a module's own level wait, one inside of an `if`. */
	readonly defer?: (node: ClassDef | Assign | AnnAssign) => boolean;
	/** Names that summaries replace when this module or class body binds them. */
	readonly summarised: ReadonlySet<string> | undefined;
}

export const noYields: ReadonlyMap<Expr, number> = new Map();

/** The context of a statement, which may have been read in part. */
export function statementContext(c: Context, node: Node): Context {
	if (c.errors.length === 0 || !c.own) return c;
	const broken = c.errors.some(({ start, end }) => start <= node.end && end >= node.start);
	return broken === (c.broken ?? false) ? c : { ...c, broken };
}

/** A name as it is meant inside of a class. */
export function mangle(c: Context, name: string): string {
	return c.className === undefined ? name : mangled(c.className, name);
}
