import type { SetItem } from './charset';

/** What `re.compile` would raise ('invalid'), or what this engine can't read ('unsupported'). Position in code units, -1 for none. */
export class RegexError extends Error {
	constructor(
		readonly reason: string,
		readonly position: number,
		readonly kind: 'invalid' | 'unsupported' = 'invalid',
		/** In characters. */
		points = position,
	) {
		super(position < 0 ? reason : `${reason} at position ${points}`);
	}
}

const simpleEscapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };

/** The text of a pattern as it is read from left to right: characters, escapes, names. */
export class PatternText {
	protected at = 0;

	constructor(
		protected readonly text: string,
		protected readonly bytes: boolean,
	) {}

	protected peek(): string {
		const code = this.text.codePointAt(this.at);
		return code === undefined ? '' : String.fromCodePoint(code);
	}

	protected next(): string {
		const char = this.peek();
		this.at += char.length;
		return char;
	}

	protected eat(char: string): boolean {
		if (this.text[this.at] !== char) return false;
		this.at++;
		return true;
	}

	protected error(reason: string, position: number): RegexError {
		return new RegexError(reason, position, 'invalid', position < 0 ? position : [...this.text.slice(0, position)].length);
	}

	/** The character that an escape stands for, the backslash being read already. */
	protected escapedCode(start: number): number {
		const char = this.next();
		const simple = simpleEscapes[char];
		if (simple !== undefined) return simple;
		if (char === 'x') return this.hex(2, start);
		if (char === 'u' && !this.bytes) return this.hex(4, start);
		if (char === 'U' && !this.bytes) return this.hex(8, start);
		if (char === 'N' && !this.bytes) throw new RegexError('\\N{...} names a character by its Unicode name', start, 'unsupported');
		if (char === '0') {
			const digits = /^[0-7]{0,2}/.exec(this.text.slice(this.at, this.at + 2))?.[0] ?? '';
			this.at += digits.length;
			return Number.parseInt(`0${digits}`, 8);
		}
		if (/[A-Za-z0-9]/.test(char)) throw this.error(`bad escape \\${char}`, start);
		return char.codePointAt(0) ?? 0;
	}

	private hex(length: number, start: number): number {
		const digits = this.text.slice(this.at, this.at + length);
		const found = /^[0-9a-fA-F]*/.exec(digits)?.[0] ?? '';
		if (found.length !== length) throw this.error(`incomplete escape ${this.text.slice(start, this.at + found.length)}`, start);
		const code = Number.parseInt(digits, 16);
		if (code > 0x10ffff) throw this.error(`bad escape ${this.text.slice(start, this.at + length)}`, start);
		this.at += length;
		return code;
	}

	protected setItem(): number | SetItem {
		const start = this.at;
		const char = this.next();
		if (char !== '\\') return char.codePointAt(0) ?? 0;
		const kind = this.peek();
		switch (kind) {
			case '':
				throw this.error('bad escape (end of pattern)', start);
			case 'd':
			case 'D':
			case 's':
			case 'S':
			case 'w':
			case 'W':
				this.at++;
				return { category: kind };
		}
		const octal = /^[0-7]{1,3}/.exec(this.text.slice(this.at, this.at + 3))?.[0];
		if (octal) {
			this.at += octal.length;
			const code = Number.parseInt(octal, 8);
			if (code > 0o377) throw this.error(`octal escape value \\${octal} outside of range 0-0o377`, start);
			return code;
		}
		return this.escapedCode(start);
	}

	protected until(end: string, what: string): string {
		const stop = this.text.indexOf(end, this.at);
		if (stop < 0) {
			if (this.at >= this.text.length) throw this.error(`missing ${what}`, this.at);
			throw this.error(`missing ${end}, unterminated name`, this.at);
		}
		const found = this.text.slice(this.at, stop);
		if (found === '') throw this.error(`missing ${what}`, this.at);
		this.at = stop + 1;
		return found;
	}

	protected checkName(name: string, position: number): void {
		if (!/^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u.test(name))
			throw this.error(`bad character in group name '${name}'`, position);
	}
}
