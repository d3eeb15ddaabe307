/**
 * String literals of a Python text and the call they are an argument of. A lexer, not a parser: it answers on
 * half-typed text, within a millisecond, which is what completion needs.
 */
export interface PythonString {
	/** Offsets of the text between the quotes. */
	readonly start: number;
	readonly end: number;
	readonly value: string;
	/** Last name of what is called: `reverse` in `urls.reverse("x")`; absent outside of calls. */
	readonly callee?: string;
	/** Position among the call's positional arguments, or the keyword's name. */
	readonly argument?: number | string;
	/** The literal is the whole argument: no operator, no method call follows, no f-string, no bytes. */
	readonly plain: boolean;
	/** The closing quote stands there. */
	readonly closed: boolean;
}

interface Bracket {
	readonly callee?: string;
	argument: number;
	keyword?: string;
	/** Tokens seen in the current argument. */
	tokens: number;
}

const token =
	/(?<space>[ \t\r\f\\\n]+)|(?<comment>#[^\n]*)|(?<string>[rRbBuUfFtT]{0,2}(?:"""|'''|"|'))|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<open>[([{])|(?<close>[)\]}])|(?<other>[=!<>]=|:=|.)/uy;

/** The strings of a Python text, each with the call that it is an argument of. */
export function pythonStrings(text: string): PythonString[] {
	const out: PythonString[] = [];
	const stack: Bracket[] = [];
	let lastName: string | undefined;
	let at = 0;
	while (at < text.length) {
		token.lastIndex = at;
		const match = token.exec(text);
		if (!match?.groups) break;
		const { space, comment, string, name, open, close, other } = match.groups;
		at = token.lastIndex;
		const top = stack.at(-1);
		if (space !== undefined || comment !== undefined) continue;
		if (string !== undefined) {
			const literal = readString(text, at, string);
			at = literal.next;
			const alone = (top?.tokens ?? 0) === 0 && /^[ \t\r\n\\]*(?:[,)\]}]|$)/.test(text.slice(at, at + 200));
			out.push({
				start: literal.start,
				end: literal.end,
				value: text.slice(literal.start, literal.end),
				...(top?.callee === undefined ? {} : { callee: top.callee, argument: top.keyword ?? top.argument }),
				plain: alone && !/[bBfFtT]/.test(string) && !text.slice(literal.start, literal.end).includes('\\'),
				closed: literal.closed,
			});
			if (top) top.tokens++;
			lastName = undefined;
		} else if (name !== undefined) {
			if (top) top.tokens++;
			lastName = name;
		} else if (open !== undefined) {
			if (top) top.tokens++;
			stack.push({ ...(open === '(' && lastName ? { callee: lastName } : {}), argument: 0, tokens: 0 });
			lastName = undefined;
		} else if (close !== undefined) {
			stack.pop();
			lastName = undefined;
		} else {
			if (top && other === ',') {
				top.argument++;
				top.tokens = 0;
				delete top.keyword;
			} else if (top && other === '=' && lastName && top.tokens === 1) {
				top.keyword = lastName;
				top.tokens = 0;
			} else if (top) top.tokens++;
			lastName = undefined;
		}
	}
	return out;
}

function readString(text: string, start: number, opening: string) {
	const quote = opening.replace(/^[a-zA-Z]+/, '');
	for (let at = start; at < text.length; at++) {
		if (text.charAt(at) === '\\') at++;
		else if (text.startsWith(quote, at)) return { start, end: at, next: at + quote.length, closed: true };
		else if (quote.length === 1 && text.charAt(at) === '\n') return { start, end: at, next: at, closed: false };
	}
	return { start, end: text.length, next: text.length, closed: false };
}
