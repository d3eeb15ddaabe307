import { type Category, characterSet, type SetItem } from './charset';
import { flag, type RegexNode, widthOf } from './nodes';
import { PatternText } from './text';

export interface ParsedPattern {
	readonly root: RegexNode;
	/** With the flags that the pattern sets itself, and UNICODE where neither bytes nor ASCII. */
	readonly flags: number;
	/** Number of capturing groups. */
	readonly groups: number;
	readonly names: ReadonlyMap<string, number>;
}

const flagLetters: Readonly<Record<string, number>> = {
	i: flag.IGNORECASE,
	L: flag.LOCALE,
	m: flag.MULTILINE,
	s: flag.DOTALL,
	x: flag.VERBOSE,
	a: flag.ASCII,
	u: flag.UNICODE,
};
const maxRepeat = 4294967295;

/**
 * Reads a pattern as CPython's `re._parser` (3.13) does. Throws RegexError. With `lateFlags`, `(?i)` may stand anywhere and means the
 * whole pattern, as before Python 3.11 (`sre_parse`).
 */
export function parsePattern(pattern: string, flags: number, bytes: boolean, lateFlags = false): ParsedPattern {
	const parser = new PatternParser(pattern, flags, bytes, lateFlags);
	const parsed = parser.parse();
	return parser.late === 0 ? parsed : new PatternParser(pattern, flags | parser.late, bytes, lateFlags).parse();
}

class PatternParser extends PatternText {
	private groups = 0;
	private readonly names = new Map<string, number>();
	private readonly open = new Set<number>();
	private readonly widths = new Map<number, readonly [number, number]>();
	/** Within a look-behind: how many groups there were before it. */
	private behind: number | undefined;
	private widthVaries = false;
	private conditions: { group: number; position: number }[] = [];
	/** Flags that stood after the pattern's start. */
	late = 0;

	constructor(
		text: string,
		private flags: number,
		bytes: boolean,
		private readonly lateFlags: boolean,
	) {
		super(text, bytes);
	}

	parse(): ParsedPattern {
		if (!this.bytes && !(this.flags & flag.ASCII)) this.flags |= flag.UNICODE;
		const root = this.alternatives(this.flags, true);
		if (this.at < this.text.length) throw this.error('unbalanced parenthesis', this.at);
		for (const { group, position } of this.conditions)
			if (group > this.groups) throw this.error(`invalid group reference ${group}`, position);
		if (this.widthVaries) throw this.error('look-behind requires fixed-width pattern', -1);
		return { root, flags: this.flags, groups: this.groups, names: this.names };
	}

	private alternatives(flags: number, first: boolean): RegexNode {
		const options: RegexNode[] = [];
		let current = flags;
		do {
			const { node, flags: changed } = this.sequence(current, first && options.length === 0);
			current = changed;
			options.push(node);
		} while (this.eat('|'));
		const [only] = options;
		return options.length === 1 && only ? only : { op: 'branch', options };
	}

	/** `first`: a global flag group may stand here, and its flags then hold for everything that follows. */
	private sequence(outer: number, first: boolean): { node: RegexNode; flags: number } {
		let flags = outer;
		const items: RegexNode[] = [];
		let repeatable: 'nothing' | 'repeat' | 'yes' = 'nothing';
		for (;;) {
			const start = this.at;
			const char = this.peek();
			if (char === '' || char === '|' || char === ')') break;
			if (flags & flag.VERBOSE && this.skipVerbose(char)) continue;
			if (char === '*' || char === '+' || char === '?' || (char === '{' && this.braceRepeat())) {
				const [min, max] = this.quantifier(start);
				if (repeatable === 'nothing') throw this.error('nothing to repeat', start);
				if (repeatable === 'repeat') throw this.error('multiple repeat', start);
				const body = items.pop();
				if (!body) throw this.error('nothing to repeat', start);
				const mode = this.eat('?') ? 'lazy' : this.eat('+') ? 'possessive' : 'greedy';
				items.push({ op: 'repeat', min, max, mode, body });
				repeatable = 'repeat';
				continue;
			}
			if (char === '(') {
				const group = this.group(flags, first && items.length === 0);
				if (typeof group === 'number') {
					flags = group;
					repeatable = 'nothing';
					continue;
				}
				if (!group) continue;
				items.push(group);
				repeatable = 'yes';
				continue;
			}
			const atom = this.atom(flags);
			items.push(atom);
			repeatable = atom.op === 'at' ? 'nothing' : 'yes';
		}
		const [only] = items;
		return { node: items.length === 1 && only ? only : { op: 'sequence', items }, flags };
	}

	private skipVerbose(char: string): boolean {
		if (/[ \t\n\r\f\v]/.test(char)) {
			this.at++;
			return true;
		}
		if (char !== '#') return false;
		const end = this.text.indexOf('\n', this.at);
		this.at = end < 0 ? this.text.length : end + 1;
		return true;
	}

	private braceRepeat(): boolean {
		return /^\{(?:\d+(?:,\d*)?|,\d+|,)\}/.test(this.text.slice(this.at, this.at + 30));
	}

	private quantifier(start: number): [number, number] {
		const char = this.next();
		if (char === '*') return [0, Number.POSITIVE_INFINITY];
		if (char === '+') return [1, Number.POSITIVE_INFINITY];
		if (char === '?') return [0, 1];
		const end = this.text.indexOf('}', this.at);
		const [low = '', high] = this.text.slice(this.at, end).split(',');
		this.at = end + 1;
		const min = low === '' ? 0 : Number(low);
		const max = high === undefined ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high);
		if (min >= maxRepeat || (max >= maxRepeat && max !== Number.POSITIVE_INFINITY))
			throw this.error('the repetition number is too large', start);
		if (max < min) throw this.error('min repeat greater than max repeat', start + 1);
		return [min, max];
	}

	/** A parenthesis: a node; a number when it only changed the flags; undefined for a comment. */
	private group(flags: number, atStart: boolean): RegexNode | number | undefined {
		const start = this.at++;
		if (!this.eat('?')) return this.capture(flags, undefined, start);
		const kind = this.next();
		switch (kind) {
			case 'P':
				return this.named(flags, start);
			case ':':
				return this.close(this.alternatives(flags, false), start);
			case '>':
				return { op: 'atomic', body: this.close(this.alternatives(flags, false), start) };
			case '#': {
				const end = this.text.indexOf(')', this.at);
				if (end < 0) throw this.error('missing ), unterminated comment', start);
				this.at = end + 1;
				return undefined;
			}
			case '=':
			case '!':
				return this.look(flags, kind === '!', false, start);
			case '<': {
				const direction = this.next();
				if (direction !== '=' && direction !== '!')
					throw this.error(direction === '' ? 'unexpected end of pattern' : `unknown extension ?<${direction}`, start + 1);
				return this.look(flags, direction === '!', true, start);
			}
			case '(':
				return this.conditional(flags, start);
			case '':
				throw this.error('unexpected end of pattern', this.at);
			default:
				this.at--;
				return this.inlineFlags(flags, atStart, start);
		}
	}

	private close(body: RegexNode, start: number): RegexNode {
		if (!this.eat(')')) throw this.error('missing ), unterminated subpattern', start);
		return body;
	}

	private capture(flags: number, name: string | undefined, start: number): RegexNode {
		const index = ++this.groups;
		if (name !== undefined) {
			const known = this.names.get(name);
			if (known !== undefined)
				throw this.error(`redefinition of group name '${name}' as group ${index}; was group ${known}`, start + 4);
			this.names.set(name, index);
		}
		this.open.add(index);
		const body = this.close(this.alternatives(flags, false), start);
		this.open.delete(index);
		this.widths.set(index, widthOf(body));
		return { op: 'group', index, body };
	}

	private named(flags: number, start: number): RegexNode {
		const kind = this.next();
		if (kind === '<') {
			const name = this.until('>', 'group name');
			this.checkName(name, this.at - name.length - 1);
			return this.capture(flags, name, start);
		}
		if (kind === '=') {
			const name = this.until(')', 'group name');
			this.checkName(name, this.at - name.length - 1);
			const group = this.names.get(name);
			if (group === undefined) throw this.error(`unknown group name '${name}'`, this.at - name.length - 1);
			return this.backref(group, flags, this.at - name.length - 1);
		}
		throw this.error(kind === '' ? 'unexpected end of pattern' : `unknown extension ?P${kind}`, start + 1);
	}

	private look(flags: number, negate: boolean, behind: boolean, start: number): RegexNode {
		const outer = this.behind;
		if (behind) this.behind ??= this.groups;
		const body = this.close(this.alternatives(flags, false), start);
		this.behind = outer;
		if (!behind) return { op: 'look', width: undefined, negate, body };
		const [low, high] = widthOf(body);
		// CPython tells when it compiles what it has read.
		if (low !== high) this.widthVaries = true;
		return { op: 'look', width: low, negate, body };
	}

	private conditional(flags: number, start: number): RegexNode {
		const position = this.at;
		const name = this.until(')', 'group name');
		let group = this.names.get(name);
		if (group === undefined) {
			if (!/^\d+$/.test(name)) {
				this.checkName(name, position);
				throw this.error(`unknown group name '${name}'`, position);
			}
			group = Number(name);
			if (group === 0) throw this.error('bad group number', position);
			this.conditions.push({ group, position });
		}
		this.checkBehind(group);
		const { node: yes } = this.sequence(flags, false);
		let no: RegexNode = { op: 'sequence', items: [] };
		if (this.eat('|')) {
			no = this.sequence(flags, false).node;
			if (this.peek() === '|') throw this.error('conditional backref with more than two branches', this.at);
		}
		this.close(yes, start);
		return { op: 'conditional', group, yes, no };
	}

	private inlineFlags(outer: number, atStart: boolean, start: number): RegexNode | number {
		let added = 0;
		let removed = 0;
		let removing = false;
		for (;;) {
			const char = this.next();
			if (char === ')' && !removing) {
				if (!atStart) {
					if (!this.lateFlags) throw this.error('global flags not at the start of the expression', start);
					this.late |= added;
				}
				this.flags = this.combine(this.flags | added, added);
				return this.combine(outer | added, added);
			}
			if (char === ':') break;
			if (char === '-' && !removing) {
				removing = true;
				continue;
			}
			const bit = flagLetters[char];
			if (bit === undefined)
				throw this.error(
					char === '' ? 'missing -, : or )' : added || removing ? 'unknown flag' : `unknown extension ?${char}`,
					added || removing ? this.at - 1 : start + 1,
				);
			if (this.bytes && bit === flag.UNICODE)
				throw this.error("bad inline flags: cannot use 'u' flag with a bytes pattern", this.at);
			if (!this.bytes && bit === flag.LOCALE)
				throw this.error("bad inline flags: cannot use 'L' flag with a str pattern", this.at);
			if (removing) removed |= bit;
			else added |= bit;
		}
		const flags = this.combine((outer | added) & ~removed, added);
		return this.close(this.alternatives(flags, false), start);
	}

	/** ASCII and UNICODE exclude each other. */
	private combine(flags: number, added: number): number {
		if (added & flag.ASCII) return flags & ~flag.UNICODE;
		if (added & flag.UNICODE) return flags & ~flag.ASCII;
		return flags;
	}

	private atom(flags: number): RegexNode {
		const start = this.at;
		const char = this.next();
		const ascii = this.isAscii(flags);
		switch (char) {
			case '.':
				return { op: 'any', newline: (flags & flag.DOTALL) !== 0 };
			case '^':
				return { op: 'at', where: flags & flag.MULTILINE ? 'lineStart' : 'start', ascii };
			case '$':
				return { op: 'at', where: flags & flag.MULTILINE ? 'lineEnd' : 'end', ascii };
			case '[':
				return this.set(flags, start);
			case '\\':
				return this.escape(flags, start);
			default:
				return this.literal(char.codePointAt(0) ?? 0, flags);
		}
	}

	private literal(code: number, flags: number): RegexNode {
		const fold = (flags & flag.IGNORECASE) !== 0;
		if (!fold) return { op: 'char', code, fold: false };
		return { op: 'set', accepts: characterSet([{ from: code, to: code }], false, true, this.isAscii(flags)) };
	}

	private category(category: Category, flags: number): RegexNode {
		return { op: 'set', accepts: characterSet([{ category }], false, false, this.isAscii(flags)) };
	}

	private isAscii(flags: number): boolean {
		return this.bytes || (flags & flag.ASCII) !== 0;
	}

	private escape(flags: number, start: number): RegexNode {
		const char = this.next();
		const ascii = this.isAscii(flags);
		switch (char) {
			case '':
				throw this.error('bad escape (end of pattern)', start);
			case 'A':
				return { op: 'at', where: 'start', ascii };
			case 'Z':
			case 'z':
				return { op: 'at', where: 'stringEnd', ascii };
			case 'b':
				return { op: 'at', where: 'boundary', ascii };
			case 'B':
				return { op: 'at', where: 'notBoundary', ascii };
			case 'd':
			case 'D':
			case 's':
			case 'S':
			case 'w':
			case 'W':
				return this.category(char, flags);
		}
		if (char >= '1' && char <= '9') {
			const rest = this.text.slice(this.at - 1, this.at + 2);
			if (/^[0-3][0-7][0-7]/.test(rest)) {
				this.at += 2;
				return this.literal(Number.parseInt(rest, 8), flags);
			}
			if (/^[0-7]{3}/.test(rest)) throw this.error(`octal escape value \\${rest} outside of range 0-0o377`, start);
			const digits = /^\d\d?/.exec(rest)?.[0] ?? char;
			this.at += digits.length - 1;
			return this.backref(Number(digits), flags, start + 1, start);
		}
		this.at--;
		return this.literal(this.escapedCode(start), flags);
	}

	/** In a look-behind, groups of its own can't be referred to. */
	private checkBehind(group: number): void {
		if (this.behind === undefined) return;
		if (group > this.groups || this.open.has(group)) throw this.error('cannot refer to an open group', this.at);
		if (group > this.behind) throw this.error('cannot refer to group defined in the same lookbehind subpattern', this.at);
	}

	private backref(group: number, flags: number, position: number, open = position): RegexNode {
		if (group > this.groups) throw this.error(`invalid group reference ${group}`, position);
		if (this.open.has(group)) throw this.error('cannot refer to an open group', open);
		this.checkBehind(group);
		const width = this.widths.get(group) ?? [0, Number.POSITIVE_INFINITY];
		return { op: 'backref', group, fold: (flags & flag.IGNORECASE) !== 0, width };
	}

	private set(flags: number, start: number): RegexNode {
		const negate = this.eat('^');
		const items: SetItem[] = [];
		const first = this.at;
		for (;;) {
			const position = this.at;
			const char = this.peek();
			if (char === '') throw this.error('unterminated character set', start);
			if (char === ']' && this.at !== first) break;
			const low = this.setItem();
			if (this.peek() !== '-') {
				items.push(typeof low === 'number' ? { from: low, to: low } : low);
				continue;
			}
			this.at++;
			const following = this.peek();
			if (following === '') throw this.error('unterminated character set', start);
			if (following === ']') {
				items.push(typeof low === 'number' ? { from: low, to: low } : low, { from: 45, to: 45 });
				break;
			}
			const high = this.setItem();
			const range = this.text.slice(position, this.at);
			if (typeof low !== 'number' || typeof high !== 'number' || high < low)
				throw this.error(`bad character range ${range}`, position);
			items.push({ from: low, to: high });
		}
		this.at++;
		return { op: 'set', accepts: characterSet(items, negate, (flags & flag.IGNORECASE) !== 0, this.isAscii(flags)) };
	}
}
