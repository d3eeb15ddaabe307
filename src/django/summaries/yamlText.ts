import type { Interpreter } from '../../python/runtime/interpreter';
import { PyDict, PyList, type Value } from '../../python/values';
import { blockScalar, doubleQuoted, plainValue, singleQuoted } from './yamlScalars';

/** What is for PyYAML itself to read, or to refuse. */
export class NotPlain extends Error {}

/**
 * A document of YAML as PyYAML's `SafeLoader` reads it (YAML 1.1), as far as it is mappings, sequences and scalars in their usual forms.
 * Undefined for everything else: tags, anchors, merges, dates, tabs, quoted strings over several lines, and whatever may be wrong.
 */
export function readYaml(py: Interpreter, text: string): Value | undefined {
	if (unusual.test(text)) return undefined;
	try {
		return new Reader(py, text).document();
	} catch (error) {
		if (error instanceof NotPlain) return undefined;
		throw error;
	}
}

/** Characters with rules of their own; directives, and more than one document. */
const unusual = /[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|^(?:%|\.\.\.)|\n(?:---|\.\.\.|%)|^---(?!\n)/;
const spaces = / */y;
/** The first characters of plain scalars, `-` and `?` and `:` where more follows. */
const plainStart = /[^ \n\-?:,[\]{}#&*!|>'"%@`]|[-?:](?=[^ \n,[\]{}])/y;
/** A plain scalar on one line: to a colon with a blank after it, or a comment. */
const plainLine = /(?:[^\n:#]|:(?=[^ \n])|(?<=[^ \n])#)*/y;
const flowPlain = /(?!- )[^ \n,[\]{}:#&*!|>'"%@`?](?:[^\n,[\]{}:#]*[^ \n,[\]{}:#])?(?=[ \n]*[,\]}]|: )/y;
const deepest = 60;
/** PyYAML looks for the colon after a key no further. */
const longestKey = 1000;

class Reader {
	private at = 0;
	private depth = 0;

	constructor(
		private readonly py: Interpreter,
		private readonly text: string,
	) {}

	document(): Value {
		if (this.text.startsWith('---\n')) this.at = 4;
		const column = this.nextLine();
		const value = column < 0 ? null : this.node(column, -1);
		if (this.nextLine() >= 0) this.refuse();
		return value;
	}

	private refuse(): never {
		throw new NotPlain();
	}

	private match(expression: RegExp): string | undefined {
		expression.lastIndex = this.at;
		const found = expression.exec(this.text);
		return found?.[0];
	}

	/** To the first token from here on, which begins its line; its column, -1 at the end of the text. */
	private nextLine(): number {
		const { text } = this;
		for (;;) {
			const width = this.match(spaces)?.length ?? 0;
			const at = this.at + width;
			const char = text[at];
			if (char === undefined) {
				this.at = at;
				return -1;
			}
			if (char !== '\n' && char !== '#') {
				this.at = at;
				return width;
			}
			const end = text.indexOf('\n', at);
			this.at = end < 0 ? text.length : end + 1;
		}
	}

	/** After a value: the rest of its line holds nothing but a comment. */
	private lineEnd(): void {
		const width = this.match(spaces)?.length ?? 0;
		const char = this.text[this.at + width];
		if (char !== undefined && char !== '\n' && !(char === '#' && width > 0)) this.refuse();
		const end = this.text.indexOf('\n', this.at);
		this.at = end < 0 ? this.text.length : end + 1;
	}

	/** What begins here, in this column, inside of a block in the column `outer`. Ends at the start of a line. */
	private node(column: number, outer: number): Value {
		this.py.budget.step();
		if (++this.depth > deepest) this.refuse();
		const value = this.isEntry() ? this.sequence(column) : this.mappingOrScalar(column, outer);
		this.depth--;
		return value;
	}

	/** `- `. */
	private isEntry(): boolean {
		const next = this.text[this.at + 1];
		return this.text[this.at] === '-' && (next === undefined || next === ' ' || next === '\n');
	}

	private sequence(column: number): PyList {
		const items: Value[] = [];
		do {
			this.at++;
			const width = this.match(spaces)?.length ?? 0;
			const char = this.text[this.at + width];
			if (char === undefined || char === '\n' || char === '#') items.push(this.below(column, false));
			else {
				this.at += width;
				items.push(this.node(column + 1 + width, column));
			}
		} while (this.entryIn(column));
		return new PyList(items);
	}

	/** Whether an entry of a sequence follows in this column; else it may be a key of the mapping around, which stays. */
	private entryIn(column: number): boolean {
		const start = this.at;
		if (!this.lineIn(column)) return false;
		if (this.isEntry()) return true;
		this.at = start;
		return false;
	}

	/** Whether the next line with a token begins in this column; at one that stands further to the left, it stays. */
	private lineIn(column: number): boolean {
		const start = this.at;
		const found = this.nextLine();
		if (found === column) return true;
		if (found > column) this.refuse();
		if (found >= 0) this.at = start;
		return false;
	}

	/** The value that stands in the lines below, further to the right than `column`; an entry of a sequence may stand in it. */
	private below(column: number, entries: boolean): Value {
		this.lineEnd();
		const start = this.at;
		const found = this.nextLine();
		if (found > column || (entries && found === column && this.isEntry())) return this.node(found, column);
		if (found >= 0) this.at = start;
		return null;
	}

	private mappingOrScalar(column: number, outer: number): Value {
		const start = this.at;
		const first = this.key();
		if (first === undefined) {
			this.at = start;
			return this.scalar(outer);
		}
		const dict = new PyDict();
		for (let key: Value | undefined = first; ; key = this.key()) {
			if (key === undefined) this.refuse();
			const value = this.valueOf(column);
			dict.set(this.py, key, value);
			if (!this.lineIn(column)) return dict;
		}
	}

	/** A key with the colon after it; undefined where there is none. */
	private key(): Value | undefined {
		const { text, at } = this;
		const char = text[at];
		if (char !== '"' && char !== "'") {
			if (this.match(plainStart) === undefined) return undefined;
			const word = this.match(plainLine) ?? '';
			if (text[at + word.length] !== ':') return undefined;
			this.at += word.length;
			return this.colon(at, this.plainValue(word));
		}
		const key = this.quoted();
		this.at += this.match(spaces)?.length ?? 0;
		return text[this.at] === ':' ? this.colon(at, key) : undefined;
	}

	private colon(start: number, key: Value): Value {
		const next = this.text[this.at + 1];
		if ((next !== undefined && next !== ' ' && next !== '\n') || this.at - start > longestKey) this.refuse();
		this.at++;
		return key;
	}

	/** What follows the colon, in a mapping in this column. */
	private valueOf(column: number): Value {
		const width = this.match(spaces)?.length ?? 0;
		const char = this.text[this.at + width];
		if (char === undefined || char === '\n' || (char === '#' && width > 0)) return this.below(column, true);
		this.at += width;
		return this.scalar(column);
	}

	/** A scalar, or a value in brackets, inside of a block in the column `outer`. */
	private scalar(outer: number): Value {
		const char = this.text[this.at];
		switch (char) {
			case '|':
			case '>': {
				const found = blockScalar(this.text, this.at, outer) ?? this.refuse();
				this.at = found.end;
				return found.value;
			}
			case '"':
			case "'":
			case '[':
			case '{': {
				const value = this.flow();
				this.lineEnd();
				return value;
			}
			default:
				return this.plain(outer);
		}
	}

	/** Words, which may go on in lines further to the right than `outer`. */
	private plain(outer: number): Value {
		let words = '';
		let breaks = 0;
		for (;;) {
			if (words === '' && this.match(plainStart) === undefined) this.refuse();
			const line = this.match(plainLine) ?? '';
			const after = this.text[this.at + line.length];
			if (after === ':') this.refuse();
			words += `${words === '' ? '' : breaks > 1 ? '\n'.repeat(breaks - 1) : ' '}${line}`.replace(/ +$/, '');
			this.at += line.length;
			const end = this.text.indexOf('\n', this.at);
			const start = end < 0 ? this.text.length : end + 1;
			this.at = start;
			const column = this.nextLine();
			if (column <= outer) {
				this.at = start;
				return this.plainValue(words);
			}
			// A comment ends it; what stands below is none of it.
			if (after === '#' || this.text.slice(start, this.at).includes('#')) this.refuse();
			breaks = this.text.slice(start, this.at).split('\n').length;
		}
	}

	/** A value in brackets or in quotes. */
	private flow(): Value {
		this.py.budget.step();
		if (++this.depth > deepest) this.refuse();
		const char = this.text[this.at];
		const value =
			char === '[' ? this.list() : char === '{' ? this.dict() : char === '"' || char === "'" ? this.quoted() : this.flowWord();
		this.depth--;
		return value;
	}

	private flowWord(): Value {
		const word = this.match(flowPlain) ?? this.refuse();
		if (word === '-') this.refuse();
		this.at += word.length;
		return this.plainValue(word);
	}

	private plainValue(words: string): Value {
		const value = plainValue(words.replace(/ +$/, ''));
		return value === undefined ? this.refuse() : value;
	}

	private blank(): void {
		while (this.text[this.at] === ' ' || this.text[this.at] === '\n') this.at++;
	}

	private list(): PyList {
		const items: Value[] = [];
		this.at++;
		for (;;) {
			this.blank();
			if (this.take(']')) return new PyList(items);
			items.push(this.flow());
			this.blank();
			if (!this.take(',') && this.text[this.at] !== ']') this.refuse();
		}
	}

	private dict(): PyDict {
		const dict = new PyDict();
		this.at++;
		for (;;) {
			this.blank();
			if (this.take('}')) return dict;
			const start = this.at;
			const char = this.text[start];
			const key = char === '"' || char === "'" ? this.quoted() : this.flowWord();
			this.at += this.match(spaces)?.length ?? 0;
			if (!this.take(':') || this.at - start > longestKey) this.refuse();
			this.blank();
			if (/[,}]/.test(this.text[this.at] ?? ',')) this.refuse();
			dict.set(this.py, key, this.flow());
			this.blank();
			if (!this.take(',') && this.text[this.at] !== '}') this.refuse();
		}
	}

	private take(char: string): boolean {
		if (this.text[this.at] !== char) return false;
		this.at++;
		return true;
	}

	private quoted(): string {
		const found = (this.text[this.at] === '"' ? doubleQuoted : singleQuoted)(this.text, this.at) ?? this.refuse();
		this.at = found.end;
		return found.value;
	}
}
