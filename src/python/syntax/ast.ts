/**
 * The abstract syntax the rest of the engine sees: CPython's `ast` (3.13, Parser/Python.asdl) by its own names, so that
 * CPython can serve as the oracle. Differences: positions are UTF-16 offsets `start`/`end` into the source (lines come
 * from the module's line table), a literal's value is a JavaScript one, and `ErrorStmt`/`ErrorExpr` stand where the text is broken.
 */

export interface Node {
	readonly start: number;
	readonly end: number;
}

export interface Module {
	readonly kind: 'Module';
	readonly body: readonly Stmt[];
	/** Places the parser could not make sense of; the rest of the file is still there. */
	readonly errors: readonly SyntaxProblem[];
}

export interface SyntaxProblem extends Node {
	readonly message: string;
}

export type Stmt =
	| FunctionDef
	| ClassDef
	| Return
	| Delete
	| Assign
	| AugAssign
	| AnnAssign
	| TypeAlias
	| For
	| While
	| If
	| With
	| Match
	| Raise
	| Try
	| Assert
	| Import
	| ImportFrom
	| Global
	| Nonlocal
	| ExprStmt
	| Pass
	| Break
	| Continue
	| ErrorStmt;

/** Of `[T, *Ts, **P]`; bounds and defaults are left out. */
export interface TypeParameter {
	readonly name: string;
	readonly kind: 'TypeVar' | 'TypeVarTuple' | 'ParamSpec';
}

/** `start` is that of the `def` (or `async`) keyword, not of the first decorator: `decorated` is where that one stands. */
export interface FunctionDef extends Node {
	readonly kind: 'FunctionDef';
	readonly async: boolean;
	readonly name: string;
	readonly nameStart: number;
	readonly args: Arguments;
	readonly body: readonly Stmt[];
	readonly decorators: readonly Expr[];
	readonly returns?: Expr | undefined;
	readonly typeParams?: readonly TypeParameter[];
	readonly decorated: number;
	/** A `yield` stands in its own body (nested functions and lambdas aside). */
	readonly generator: boolean;
}

export interface ClassDef extends Node {
	readonly kind: 'ClassDef';
	readonly name: string;
	readonly nameStart: number;
	readonly bases: readonly Expr[];
	readonly keywords: readonly Keyword[];
	readonly body: readonly Stmt[];
	readonly decorators: readonly Expr[];
	readonly typeParams?: readonly TypeParameter[];
	readonly decorated: number;
}

export interface Return extends Node {
	readonly kind: 'Return';
	readonly value?: Expr;
}
export interface Delete extends Node {
	readonly kind: 'Delete';
	readonly targets: readonly Expr[];
}
/** `a = b = value` has two targets. */
export interface Assign extends Node {
	readonly kind: 'Assign';
	readonly targets: readonly Expr[];
	readonly value: Expr;
}
export interface AugAssign extends Node {
	readonly kind: 'AugAssign';
	readonly target: Expr;
	readonly op: BinaryOperator;
	readonly value: Expr;
}
export interface AnnAssign extends Node {
	readonly kind: 'AnnAssign';
	readonly target: Expr;
	readonly annotation: Expr;
	readonly value?: Expr;
}
export interface TypeAlias extends Node {
	readonly kind: 'TypeAlias';
	readonly name: string;
	readonly typeParams?: readonly TypeParameter[];
	readonly value: Expr;
}
export interface For extends Node {
	readonly kind: 'For';
	readonly async: boolean;
	readonly target: Expr;
	readonly iter: Expr;
	readonly body: readonly Stmt[];
	readonly orelse: readonly Stmt[];
}
export interface While extends Node {
	readonly kind: 'While';
	readonly test: Expr;
	readonly body: readonly Stmt[];
	readonly orelse: readonly Stmt[];
}
/** `elif` is an `If` alone in `orelse`. */
export interface If extends Node {
	readonly kind: 'If';
	readonly test: Expr;
	readonly body: readonly Stmt[];
	readonly orelse: readonly Stmt[];
}
export interface With extends Node {
	readonly kind: 'With';
	readonly async: boolean;
	readonly items: readonly WithItem[];
	readonly body: readonly Stmt[];
}
export interface WithItem {
	readonly context: Expr;
	readonly target?: Expr;
}
export interface Match extends Node {
	readonly kind: 'Match';
	readonly subject: Expr;
	readonly cases: readonly MatchCase[];
}
export interface MatchCase extends Node {
	readonly pattern: Pattern;
	readonly guard?: Expr;
	readonly body: readonly Stmt[];
}
export interface Raise extends Node {
	readonly kind: 'Raise';
	readonly exc?: Expr;
	readonly cause?: Expr;
}
export interface Try extends Node {
	readonly kind: 'Try';
	readonly star: boolean;
	readonly body: readonly Stmt[];
	readonly handlers: readonly ExceptHandler[];
	readonly orelse: readonly Stmt[];
	readonly finalbody: readonly Stmt[];
}
export interface ExceptHandler extends Node {
	readonly type?: Expr;
	readonly name?: string;
	readonly body: readonly Stmt[];
}
export interface Assert extends Node {
	readonly kind: 'Assert';
	readonly test: Expr;
	readonly msg?: Expr;
}
export interface Import extends Node {
	readonly kind: 'Import';
	/** `lazy import` (PEP 810, Python 3.15). */
	readonly lazy?: true;
	readonly names: readonly Alias[];
}
/** `from ..a import b as c`: level 2, module `a`; `names` of one alias `*` for a star import. */
export interface ImportFrom extends Node {
	readonly kind: 'ImportFrom';
	readonly lazy?: true;
	readonly module?: string;
	readonly level: number;
	readonly names: readonly Alias[];
}
export interface Alias extends Node {
	readonly name: string;
	readonly asname?: string;
}
export interface Global extends Node {
	readonly kind: 'Global';
	readonly names: readonly string[];
}
export interface Nonlocal extends Node {
	readonly kind: 'Nonlocal';
	readonly names: readonly string[];
}
export interface ExprStmt extends Node {
	readonly kind: 'Expr';
	readonly value: Expr;
}
export interface Pass extends Node {
	readonly kind: 'Pass';
}
export interface Break extends Node {
	readonly kind: 'Break';
}
export interface Continue extends Node {
	readonly kind: 'Continue';
}
/** Text between `start` and `end` that is no statement. Expressions that could be saved from it are in `parts`. */
export interface ErrorStmt extends Node {
	readonly kind: 'ErrorStmt';
	readonly parts: readonly Expr[];
}

export type Expr =
	| BoolOp
	| NamedExpr
	| BinOp
	| UnaryOp
	| Lambda
	| IfExp
	| Dict
	| SetExpr
	| ListComp
	| SetComp
	| DictComp
	| GeneratorExp
	| Await
	| Yield
	| YieldFrom
	| Compare
	| Call
	| JoinedStr
	| TemplateStr
	| Constant
	| Attribute
	| Subscript
	| Starred
	| Name
	| List
	| Tuple
	| Slice
	| ErrorExpr;

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '|' | '&' | '^';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in';

export interface BoolOp extends Node {
	readonly kind: 'BoolOp';
	readonly op: 'and' | 'or';
	readonly values: readonly Expr[];
}
export interface NamedExpr extends Node {
	readonly kind: 'NamedExpr';
	readonly target: Name;
	readonly value: Expr;
}
export interface BinOp extends Node {
	readonly kind: 'BinOp';
	readonly left: Expr;
	readonly op: BinaryOperator;
	readonly right: Expr;
}
export interface UnaryOp extends Node {
	readonly kind: 'UnaryOp';
	readonly op: 'not' | '-' | '+' | '~';
	readonly operand: Expr;
}
export interface Lambda extends Node {
	readonly kind: 'Lambda';
	readonly args: Arguments;
	readonly body: Expr;
	readonly generator: boolean;
}
export interface IfExp extends Node {
	readonly kind: 'IfExp';
	readonly test: Expr;
	readonly body: Expr;
	readonly orelse: Expr;
}
/** A key of `undefined` is `**value`. */
export interface Dict extends Node {
	readonly kind: 'Dict';
	readonly keys: readonly (Expr | undefined)[];
	readonly values: readonly Expr[];
}
export interface SetExpr extends Node {
	readonly kind: 'Set';
	readonly elts: readonly Expr[];
}
export interface ListComp extends Node {
	readonly kind: 'ListComp';
	readonly elt: Expr;
	readonly generators: readonly Comprehension[];
}
export interface SetComp extends Node {
	readonly kind: 'SetComp';
	readonly elt: Expr;
	readonly generators: readonly Comprehension[];
}
export interface DictComp extends Node {
	readonly kind: 'DictComp';
	/** Absent: `{**value for …}` (PEP 798, Python 3.15). */
	readonly key?: Expr;
	readonly value: Expr;
	readonly generators: readonly Comprehension[];
}
export interface GeneratorExp extends Node {
	readonly kind: 'GeneratorExp';
	readonly elt: Expr;
	readonly generators: readonly Comprehension[];
}
export interface Comprehension {
	readonly target: Expr;
	readonly iter: Expr;
	readonly ifs: readonly Expr[];
	readonly async: boolean;
}
export interface Await extends Node {
	readonly kind: 'Await';
	readonly value: Expr;
}
export interface Yield extends Node {
	readonly kind: 'Yield';
	readonly value?: Expr;
}
export interface YieldFrom extends Node {
	readonly kind: 'YieldFrom';
	readonly value: Expr;
}
export interface Compare extends Node {
	readonly kind: 'Compare';
	readonly left: Expr;
	readonly ops: readonly CompareOperator[];
	readonly comparators: readonly Expr[];
}
export interface Call extends Node {
	readonly kind: 'Call';
	readonly func: Expr;
	readonly args: readonly Expr[];
	readonly keywords: readonly Keyword[];
}
/** `arg` absent: `**value`. */
export interface Keyword extends Node {
	readonly arg?: string;
	readonly value: Expr;
}
/** Values are string constants and `FormattedValue`s. Implicitly concatenated literals are one node. */
export interface JoinedStr extends Node {
	readonly kind: 'JoinedStr';
	readonly values: readonly (Constant | FormattedValue)[];
}
export interface TemplateStr extends Node {
	readonly kind: 'TemplateStr';
	readonly values: readonly (Constant | FormattedValue)[];
}
export interface FormattedValue extends Node {
	readonly kind: 'FormattedValue';
	readonly value: Expr;
	readonly conversion?: 's' | 'r' | 'a';
	readonly formatSpec?: JoinedStr;
	/** For `{x=}`: the text before the value. */
	readonly debugText?: string;
	/** In a t-string: the expression as it is written. */
	readonly written?: string;
}
export interface Constant extends Node {
	readonly kind: 'Constant';
	readonly value: ConstantValue;
}
/** `int` is a number while it is a safe integer, else a bigint; floats, complex and bytes are tagged. */
export type ConstantValue =
	| null
	| boolean
	| string
	| number
	| bigint
	| { readonly type: 'float'; readonly value: number }
	| { readonly type: 'complex'; readonly imag: number }
	| { readonly type: 'bytes'; readonly value: Uint8Array }
	| { readonly type: 'ellipsis' };
export interface Attribute extends Node {
	readonly kind: 'Attribute';
	readonly value: Expr;
	readonly attr: string;
	readonly attrStart: number;
}
export interface Subscript extends Node {
	readonly kind: 'Subscript';
	readonly value: Expr;
	readonly slice: Expr;
}
export interface Starred extends Node {
	readonly kind: 'Starred';
	readonly value: Expr;
}
export interface Name extends Node {
	readonly kind: 'Name';
	readonly id: string;
}
export interface List extends Node {
	readonly kind: 'List';
	readonly elts: readonly Expr[];
}
export interface Tuple extends Node {
	readonly kind: 'Tuple';
	readonly elts: readonly Expr[];
}
export interface Slice extends Node {
	readonly kind: 'Slice';
	readonly lower?: Expr;
	readonly upper?: Expr;
	readonly step?: Expr;
}
export interface ErrorExpr extends Node {
	readonly kind: 'ErrorExpr';
	readonly parts: readonly Expr[];
}

export interface Arguments {
	readonly posonly: readonly Arg[];
	readonly args: readonly Arg[];
	readonly vararg?: Arg;
	readonly kwonly: readonly Arg[];
	readonly kwarg?: Arg;
}
/** A default belongs to its own argument here. */
export interface Arg extends Node {
	readonly name: string;
	readonly annotation?: Expr;
	readonly default?: Expr;
}

export type Pattern = MatchValue | MatchSingleton | MatchSequence | MatchMapping | MatchClass | MatchStar | MatchAs | MatchOr;
export interface MatchValue extends Node {
	readonly kind: 'MatchValue';
	readonly value: Expr;
}
export interface MatchSingleton extends Node {
	readonly kind: 'MatchSingleton';
	readonly value: null | boolean;
}
export interface MatchSequence extends Node {
	readonly kind: 'MatchSequence';
	readonly patterns: readonly Pattern[];
}
export interface MatchMapping extends Node {
	readonly kind: 'MatchMapping';
	readonly keys: readonly Expr[];
	readonly patterns: readonly Pattern[];
	readonly rest?: string;
}
export interface MatchClass extends Node {
	readonly kind: 'MatchClass';
	readonly cls: Expr;
	readonly patterns: readonly Pattern[];
	readonly kwdAttrs: readonly string[];
	readonly kwdPatterns: readonly Pattern[];
}
export interface MatchStar extends Node {
	readonly kind: 'MatchStar';
	readonly name?: string;
}
/** No pattern and no name: `_`. */
export interface MatchAs extends Node {
	readonly kind: 'MatchAs';
	readonly pattern?: Pattern;
	readonly name?: string;
}
export interface MatchOr extends Node {
	readonly kind: 'MatchOr';
	readonly patterns: readonly Pattern[];
}
