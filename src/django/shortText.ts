import { tokenize } from '../python/syntax/lexer';
import { T } from '../python/syntax/tokens';
import type { Source } from '../python/values';

/** Characters of a text that is shown. */
const longest = 200;
/** Characters of the source that are looked at for it: comments and indentation go. */
const mostRead = 4000;

/** The text of a node on one line, bounded: as it would be written there, without the comments between its lines. */
export function shortText({ text: source }: Source, { start, end }: { readonly start: number; readonly end: number }): string {
	const short = end - start <= longest && !/[\r\n]/.test(source.slice(start, end));
	const text = short ? source.slice(start, end) : joined(source, start, Math.min(end, start + mostRead));
	return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The lines between two places as one. */
function joined(source: string, start: number, end: number): string {
	const options = { indent: 0, bracketed: true, lazy: false, recover: false };
	const { kinds, starts, ends, count } = tokenize(source, start, end, options);
	const brackets: Bracket[] = [];
	let out = '';
	let before = start;
	let last = T.Newline;
	for (let index = 0; index < count && out.length <= longest; index++) {
		const [kind = T.Eof, from = end, to = end] = [kinds[index], starts[index], ends[index]];
		// What closes brackets that the bound has cut is no text.
		if (from === to) continue;
		const bracket = closing.has(kind) ? brackets.pop() : brackets.at(-1);
		const gap = source.slice(before, from);
		if (!/[\r\n]/.test(gap)) out += gap;
		else if (closing.has(kind)) out = last === T.Comma && !(bracket && needsComma(bracket)) ? out.slice(0, -1) : out;
		else if (!opening.has(last)) out += ' ';
		if (opening.has(kind)) brackets.push({ kind, follows: gap === '' && isValueEnd(last), commas: 0 });
		else if (kind === T.Comma && bracket) bracket.commas++;
		out += source.slice(from, to).replace(/\s*[\r\n]\s*/g, ' ');
		before = to;
		last = kind;
	}
	return out;
}

interface Bracket {
	readonly kind: T;
	/** It stands behind a value: a call's, or that of what is looked up. */
	readonly follows: boolean;
	commas: number;
}

const opening: ReadonlySet<T> = new Set([T.ParenL, T.BracketL, T.BraceL]);
const closing: ReadonlySet<T> = new Set([T.ParenR, T.BracketR, T.BraceR]);
const isValueEnd = (kind: T) => kind === T.Name || kind === T.String || closing.has(kind);

/** A comma before the closing bracket makes a tuple of one item. */
const needsComma = ({ kind, follows, commas }: Bracket) =>
	commas === 1 && (kind === T.ParenL ? !follows : kind === T.BracketL && follows);
