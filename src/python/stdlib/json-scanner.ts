import type { Interpreter } from '../runtime/interpreter';
import { native } from '../runtime/native';
import { PyDict, PyFloat, PyList, PyTuple, textOf, type Value } from '../values';

/**
 * What CPython's `_json` reads JSON with. Only what is well-formed and has no hooks is read here; the rest, and every error, is left to
 * `json.scanner`, whose Python does the same.
 */
export const jsonReader = native('make_scanner', 'context', (py, [context]) => {
	const written = () => py.call(py.getAttr(py.importModule('json.scanner'), 'py_make_scanner'), [context]);
	const plain =
		py.getAttr(context, 'object_hook') === null &&
		py.getAttr(context, 'object_pairs_hook') === null &&
		py.getAttr(context, 'parse_float') === py.builtin('float') &&
		py.getAttr(context, 'parse_int') === py.builtin('int');
	if (!plain) return written();
	return native('scan_once', 'string, idx', (inner, [string, index]) => {
		const text = textOf(string);
		const scanner =
			text !== undefined && typeof index === 'number' && !astral.test(text) ? new Scanner(inner, text, index) : undefined;
		const value = scanner?.value(0);
		return scanner && value !== undefined ? new PyTuple([value, scanner.at]) : inner.call(written(), [string, index]);
	});
});

/** Characters that count once in Python and twice here. */
const astral = /[\ud800-\udbff]/;
const deepest = 150;
const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const blank = /[ \t\n\r]*/y;

class Scanner {
	constructor(
		private readonly py: Interpreter,
		private readonly text: string,
		public at: number,
	) {}

	/** Undefined where it is for somebody else to read or to refuse. */
	value(depth: number): Value | undefined {
		this.py.budget.step();
		if (depth > deepest) return undefined;
		switch (this.text[this.at]) {
			case '"':
				return this.string();
			case '{':
				return this.object(depth + 1);
			case '[':
				return this.array(depth + 1);
			case 'n':
				return this.word('null', null);
			case 't':
				return this.word('true', true);
			case 'f':
				return this.word('false', false);
			default:
				return this.number();
		}
	}

	private word(word: string, value: Value): Value | undefined {
		if (!this.text.startsWith(word, this.at)) return undefined;
		this.at += word.length;
		return value;
	}

	private number(): Value | undefined {
		number.lastIndex = this.at;
		const found = number.exec(this.text);
		if (!found) return undefined;
		const [digits, fraction, exponent] = found;
		this.at += digits.length;
		if (this.text.startsWith('Infinity', this.at)) return undefined;
		if (fraction !== undefined || exponent !== undefined) return new PyFloat(Number(digits));
		const value = Number(digits) + 0;
		return Number.isSafeInteger(value) ? value : BigInt(digits);
	}

	private string(): string | undefined {
		const start = this.at + 1;
		let escaped = false;
		for (let at = start; ; at++) {
			const code = this.text.charCodeAt(at);
			// The end of the text, or a character that has to be escaped.
			if (!(code >= 32)) return undefined;
			if (code === 34) {
				this.at = at + 1;
				return escaped ? unescaped(this.text.slice(start - 1, at + 1)) : this.text.slice(start, at);
			}
			if (code !== 92) continue;
			escaped = true;
			at++;
		}
	}

	private object(depth: number): Value | undefined {
		const dict = new PyDict();
		this.at++;
		this.skip();
		if (this.take('}')) return dict;
		for (;;) {
			const key = this.text[this.at] === '"' ? this.string() : undefined;
			this.skip();
			if (key === undefined || !this.take(':')) return undefined;
			this.skip();
			const value = this.value(depth);
			if (value === undefined) return undefined;
			dict.setStr(key, value);
			this.skip();
			if (this.take('}')) return dict;
			if (!this.take(',')) return undefined;
			this.skip();
		}
	}

	private array(depth: number): Value | undefined {
		const items: Value[] = [];
		this.at++;
		this.skip();
		if (this.take(']')) return new PyList(items);
		for (;;) {
			const value = this.value(depth);
			if (value === undefined) return undefined;
			items.push(value);
			this.skip();
			if (this.take(']')) return new PyList(items);
			if (!this.take(',')) return undefined;
			this.skip();
		}
	}

	private skip(): void {
		blank.lastIndex = this.at;
		blank.test(this.text);
		this.at = blank.lastIndex;
	}

	private take(char: string): boolean {
		if (this.text[this.at] !== char) return false;
		this.at++;
		return true;
	}
}

function unescaped(text: string): string | undefined {
	try {
		return String(JSON.parse(text));
	} catch {
		return undefined;
	}
}
