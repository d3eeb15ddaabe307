import { PyFloat, type Value } from '../../python/values';

export interface Scalar {
	readonly value: string;
	/** Where the text goes on. */
	readonly end: number;
}

const words = new Map<string, Value>(
	(
		[
			[true, 'yes Yes YES true True TRUE on On ON'],
			[false, 'no No NO false False FALSE off Off OFF'],
			[null, '~ null Null NULL'],
		] as const
	).flatMap(([value, names]) => names.split(' ').map((name) => [name, value] as const)),
);
const integer = /^-?(?:0|[1-9]\d*)$/;
const decimal = /^-?\d+\.\d+$/;
/** What may be a number in another form, a date, or a mark (YAML 1.1). */
const special = /^(?:[-+]?[.\d][-+\d_.:xXoba-fA-FeE]*|[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)|\d{4}-\d\d?-\d\d?.*|<<|=)$/;

/** What a plain scalar on one line stands for (PyYAML 6, resolver.py and constructor.py); undefined where that is for PyYAML to say. */
export function plainValue(text: string): Value | undefined {
	const word = words.get(text);
	if (word !== undefined) return word;
	if (integer.test(text)) {
		const value = Number(text) + 0;
		return Number.isSafeInteger(value) ? value : undefined;
	}
	if (decimal.test(text)) return new PyFloat(Number(text));
	return special.test(text) ? undefined : text;
}

/** `'…'` on one line. */
export function singleQuoted(text: string, at: number): Scalar | undefined {
	for (let end = text.indexOf("'", at + 1); end >= 0; end = text.indexOf("'", end + 2)) {
		if (text[end + 1] === "'") continue;
		const inside = text.slice(at + 1, end);
		return inside.includes('\n') ? undefined : { value: inside.replaceAll("''", "'"), end: end + 1 };
	}
	return undefined;
}

const quotedText = /"((?:[^"\\\n]|\\[^\n])*)"/y;
const sequence = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g;
const escapes: Readonly<Record<string, string>> = {
	'0': '\0',
	a: '\x07',
	b: '\b',
	t: '\t',
	n: '\n',
	v: '\v',
	f: '\f',
	r: '\r',
	e: '\x1b',
	' ': ' ',
	'"': '"',
	'\\': '\\',
	'/': '/',
	N: '\x85',
	_: '\xa0',
	L: '\u2028',
	P: '\u2029',
};

/** `"…"` on one line, without surrogates. */
export function doubleQuoted(text: string, at: number): Scalar | undefined {
	quotedText.lastIndex = at;
	const inside = quotedText.exec(text)?.[1];
	if (inside === undefined) return undefined;
	const end = quotedText.lastIndex;
	if (!inside.includes('\\')) return { value: inside, end };
	let known = true;
	const value = inside.replace(sequence, (_, two?: string, four?: string, eight?: string, one?: string) => {
		const digits = two ?? four ?? eight;
		const code = digits === undefined ? undefined : Number.parseInt(digits, 16);
		const char = code === undefined ? escapes[one ?? ''] : code < 0xd800 ? String.fromCharCode(code) : undefined;
		if (char === undefined) known = false;
		return char ?? '';
	});
	return known ? { value, end } : undefined;
}

const header = /[|>](?:([-+])([1-9])?|([1-9])([-+])?)? *(?: #[^\n]*)?(?:\n|$)/y;

/** `|` and `>` inside of a block in the column `outer` (PyYAML 6, scanner.py, scan_block_scalar). */
export function blockScalar(text: string, start: number, outer: number): Scalar | undefined {
	header.lastIndex = start;
	const head = header.exec(text);
	if (!head) return undefined;
	const folded = text[start] === '>';
	const chomping = head[1] ?? head[4];
	const given = head[2] ?? head[3];
	const least = Math.max(outer + 1, 1);
	let at = header.lastIndex;
	const indent = given === undefined ? indentOf(text, at, least) : least + Number(given) - 1;
	if (indent === undefined) return undefined;

	/** Past empty lines and the indentation of the one after them. */
	const lineBreaks = (): number => {
		let count = 0;
		for (;;) {
			let column = 0;
			while (column < indent && text[at + column] === ' ') column++;
			if (text[at + column] !== '\n') break;
			at += column + 1;
			count++;
		}
		return count;
	};
	const isContent = (): boolean => {
		for (let column = 0; column < indent; column++) if (text[at + column] !== ' ') return false;
		return at + indent < text.length;
	};
	let value = '';
	let breaks = lineBreaks();
	let ended = '';
	while (isContent()) {
		value += '\n'.repeat(breaks);
		const from = at + indent;
		const end = text.indexOf('\n', from);
		const line = text.slice(from, end < 0 ? text.length : end);
		value += line;
		ended = end < 0 ? '' : '\n';
		at = end < 0 ? text.length : end + 1;
		breaks = lineBreaks();
		if (!isContent()) break;
		if (folded && ended === '\n' && line[0] !== ' ' && text[at + indent] !== ' ') {
			if (breaks === 0) value += ' ';
		} else value += ended;
	}
	if (chomping !== '-') value += ended;
	if (chomping === '+') value += '\n'.repeat(breaks);
	return { value, end: at };
}

/** The indentation of the first line with a text; undefined where empty lines before it are longer, or none is indented enough. */
function indentOf(text: string, from: number, least: number): number | undefined {
	let longest = 0;
	for (let at = from; ; ) {
		let column = 0;
		while (text[at + column] === ' ') column++;
		const char = text[at + column];
		if (char === undefined) return undefined;
		if (char !== '\n') return column >= least && longest <= column ? column : undefined;
		longest = Math.max(longest, column);
		at += column + 1;
	}
}
