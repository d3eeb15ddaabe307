/** The kinds of token, in groups whose order the parser relies on: layout, then names and literals, operators, keywords. */
export enum T {
	Eof,
	Newline,
	Indent,
	Dedent,
	/** A function's whole body, skipped: read when it is first asked for. */
	Body,
	/** A function's parameters with its return annotation, skipped as its body is. */
	Signature,
	/** A character that is no token, or a closing bracket that nothing opened. */
	Stray,
	Name,
	Number,
	String,
	ParenL,
	ParenR,
	BracketL,
	BracketR,
	BraceL,
	BraceR,
	Comma,
	Colon,
	Semicolon,
	Dot,
	Ellipsis,
	Assign,
	Arrow,
	Walrus,
	AugAssign,
	Tilde,
	Bar,
	Caret,
	Amp,
	LShift,
	RShift,
	Plus,
	Minus,
	Star,
	At,
	Slash,
	DoubleSlash,
	Percent,
	DoubleStar,
	Less,
	Greater,
	LessEqual,
	GreaterEqual,
	Equal,
	NotEqual,
	And,
	As,
	Assert,
	Async,
	Await,
	Break,
	Class,
	Continue,
	Def,
	Del,
	Elif,
	Else,
	Except,
	False,
	Finally,
	For,
	From,
	Global,
	If,
	Import,
	In,
	Is,
	Lambda,
	None,
	Nonlocal,
	Not,
	Or,
	Pass,
	Raise,
	Return,
	True,
	Try,
	While,
	With,
	Yield,
}

const KEYWORDS: readonly (readonly [string, T])[] = [
	['and', T.And],
	['as', T.As],
	['assert', T.Assert],
	['async', T.Async],
	['await', T.Await],
	['break', T.Break],
	['class', T.Class],
	['continue', T.Continue],
	['def', T.Def],
	['del', T.Del],
	['elif', T.Elif],
	['else', T.Else],
	['except', T.Except],
	['False', T.False],
	['finally', T.Finally],
	['for', T.For],
	['from', T.From],
	['global', T.Global],
	['if', T.If],
	['import', T.Import],
	['in', T.In],
	['is', T.Is],
	['lambda', T.Lambda],
	['None', T.None],
	['nonlocal', T.Nonlocal],
	['not', T.Not],
	['or', T.Or],
	['pass', T.Pass],
	['raise', T.Raise],
	['return', T.Return],
	['True', T.True],
	['try', T.Try],
	['while', T.While],
	['with', T.With],
	['yield', T.Yield],
];

/** Keywords by length and first letter: a name is compared with four words at the most. */
const byLengthAndLetter: (readonly (readonly [string, T])[] | undefined)[] = new Array(9 * 128).fill(undefined);
for (const entry of KEYWORDS) {
	const slot = (entry[0].length << 7) | entry[0].charCodeAt(0);
	byLengthAndLetter[slot] = [...(byLengthAndLetter[slot] ?? []), entry];
}

/** The keyword that stands at `start`..`end` of the text, else `T.Name`. */
export function keywordAt(text: string, start: number, end: number): T {
	const length = end - start;
	if (length > 8 || length < 2) return T.Name;
	const first = text.charCodeAt(start);
	if (first > 127) return T.Name;
	const words = byLengthAndLetter[(length << 7) | first];
	if (words === undefined) return T.Name;
	for (let i = 0; i < words.length; i++) {
		const entry = words[i];
		if (entry && text.startsWith(entry[0], start)) return entry[1];
	}
	return T.Name;
}

/** How tightly a binary operator binds (Python's reference, 6.17); 0 is no binary operator. */
export const precedence = new Uint8Array(128);
for (const [level, kinds] of [
	[1, [T.Bar]],
	[2, [T.Caret]],
	[3, [T.Amp]],
	[4, [T.LShift, T.RShift]],
	[5, [T.Plus, T.Minus]],
	[6, [T.Star, T.At, T.Slash, T.DoubleSlash, T.Percent]],
] as const)
	for (const kind of kinds) precedence[kind] = level;

/** Tokens an expression can begin with. */
export const startsExpression = new Uint8Array(128);
for (const kind of [
	T.Name,
	T.Number,
	T.String,
	T.ParenL,
	T.BracketL,
	T.BraceL,
	T.Ellipsis,
	T.Tilde,
	T.Plus,
	T.Minus,
	T.Await,
	T.False,
	T.Lambda,
	T.None,
	T.Not,
	T.True,
])
	startsExpression[kind] = 1;

/** Keywords that begin a statement and can stand nowhere in an expression: inside brackets, they tell that one was left open. */
export const neverInExpression = new Uint8Array(128);
for (const kind of [
	T.Assert,
	T.Break,
	T.Class,
	T.Continue,
	T.Def,
	T.Del,
	T.Elif,
	T.Except,
	T.Finally,
	T.Global,
	T.Import,
	T.Nonlocal,
	T.Pass,
	T.Raise,
	T.Return,
	T.Try,
	T.While,
	T.With,
])
	neverInExpression[kind] = 1;

/** The tokens of a text, column by column. */
export interface Tokens {
	readonly kinds: readonly T[];
	readonly starts: readonly number[];
	readonly ends: readonly number[];
	readonly count: number;
	/** Brackets don't pair or a string doesn't end: worth reading again with `recover`. */
	readonly broken: boolean;
	readonly problems: readonly { readonly start: number; readonly end: number; readonly message: string }[];
}
