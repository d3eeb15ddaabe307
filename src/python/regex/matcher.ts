import { foldCase, isWord } from './charset';
import type { Anchor, RegexNode } from './nodes';
import { nextPlace, type Opening, openingOf } from './opening';

/**
 * A backtracking matcher of its own rather than JavaScript's RegExp: Python keeps the groups of earlier rounds of a
 * repetition, fails on a reference to an unset group and has conditionals, and a search that runs away can be stopped.
 */

/** A node followed by the rest of the pattern: where the whole match ends when it starts here, or -1. */
type Step = (at: number) => number;

/** Thrown inside a run that took more steps than it may; never leaves this folder. */
class GaveUp extends Error {}

const maxSteps = 5_000_000;
const noMatch = -1;

export interface Found {
	readonly start: number;
	readonly end: number;
	/** Start and end of each group in code units, -1 where it took no part; group 0 is the match. */
	readonly spans: readonly number[];
	/** Index of the group that closed last; 0 when none did. */
	readonly lastIndex: number;
}

export type MatchMode = 'match' | 'fullmatch' | 'search';

/** Matches one pattern by backtracking, within a bound of steps. */
export class Matcher {
	private text = '';
	private end = 0;
	private origin = 0;
	private steps = 0;
	private spans: number[] = [];
	private opened: number[] = [];
	private lastIndex = 0;
	private readonly program: Step;
	private full = false;
	private mustAdvance = noMatch;
	private readonly opening: Opening;

	constructor(
		root: RegexNode,
		private readonly groups: number,
	) {
		this.program = this.compile(root, (at) => {
			if (this.full && at !== this.end) return noMatch;
			return at === this.mustAdvance && at === this.origin ? noMatch : at;
		});
		this.opening = openingOf(root);
	}

	/**
	 * Matches between the code units `from` and `to` (anchors see `to` as the end, and what stands before `from`, as in `re`).
	 * `emptyNotAt`: an empty match there doesn't count (the place where the match before ended).
	 * 'gave up' when the search takes too many steps or nests too deep.
	 */
	run(text: string, mode: MatchMode, from = 0, to = text.length, emptyNotAt = noMatch): Found | undefined | 'gave up' {
		this.text = text;
		this.end = to;
		this.full = mode === 'fullmatch';
		this.mustAdvance = emptyNotAt;
		this.steps = 0;
		try {
			let start = from;
			for (;;) {
				if (start > to) return undefined;
				const place = mode === 'search' ? nextPlace(this.opening, text, start, to) : start;
				if (place === undefined) return undefined;
				start = place;
				const found = this.tryAt(start);
				if (found || mode !== 'search') return found;
				start += widthAt(text, start);
			}
		} catch (error) {
			if (error instanceof GaveUp || error instanceof RangeError) return 'gave up';
			throw error;
		}
	}

	private tryAt(start: number): Found | undefined {
		this.origin = start;
		this.spans = new Array<number>(2 * (this.groups + 1)).fill(-1);
		this.opened = new Array<number>(this.groups + 1).fill(-1);
		this.lastIndex = 0;
		const end = this.program(start);
		if (end < 0) return undefined;
		this.spans[0] = start;
		this.spans[1] = end;
		return { start, end, spans: this.spans, lastIndex: this.lastIndex };
	}

	private tick(): void {
		if (++this.steps > maxSteps) throw new GaveUp();
	}

	private compile(node: RegexNode, next: Step): Step {
		switch (node.op) {
			case 'char':
			case 'any':
			case 'set': {
				const accepts = acceptor(node);
				return (at) => {
					const end = this.one(accepts, at);
					return end < 0 ? noMatch : next(end);
				};
			}
			case 'at':
				return (at) => (this.holds(node.where, node.ascii, at) ? next(at) : noMatch);
			case 'sequence':
				return this.sequence(node.items, next);
			case 'branch':
				return this.branch(node.options.map((option) => this.compile(option, next)));
			case 'group':
				return this.group(node.index, node.body, next);
			case 'repeat':
				return node.mode === 'possessive'
					? this.atomic({ ...node, mode: 'greedy' }, next)
					: node.body.op === 'char' || node.body.op === 'any' || node.body.op === 'set'
						? this.repeatOne(acceptor(node.body), node.min, node.max, node.mode, next)
						: this.repeat(node.body, node.min, node.max, node.mode, next);
			case 'look':
				return this.look(node.body, node.width, node.negate, next);
			case 'atomic':
				return this.atomic(node.body, next);
			case 'backref':
				return this.backref(node.group, node.fold, next);
			case 'conditional': {
				const yes = this.compile(node.yes, next);
				const no = this.compile(node.no, next);
				return (at) => ((this.spans[2 * node.group + 1] ?? -1) >= 0 ? yes(at) : no(at));
			}
		}
	}

	private sequence(items: readonly RegexNode[], next: Step): Step {
		let rest = next;
		for (let index = items.length - 1; index >= 0; index--) {
			const item = items[index];
			if (!item) continue;
			let literal = '';
			let first = index;
			for (; first >= 0; first--) {
				const char = items[first];
				if (char?.op !== 'char' || char.fold) break;
				literal = String.fromCodePoint(char.code) + literal;
			}
			if (literal.length > 1) {
				const after = rest;
				const size = literal.length;
				rest = (at) => (at + size <= this.end && this.text.startsWith(literal, at) ? after(at + size) : noMatch);
				index = first + 1;
			} else rest = this.compile(item, rest);
		}
		return rest;
	}

	private branch(options: readonly Step[]): Step {
		return (at) => {
			for (const option of options) {
				this.tick();
				const end = option(at);
				if (end >= 0) return end;
			}
			return noMatch;
		};
	}

	private group(index: number, body: RegexNode, next: Step): Step {
		const inner = this.compile(body, (at) => {
			const [start, end, last] = [this.spans[2 * index] ?? -1, this.spans[2 * index + 1] ?? -1, this.lastIndex];
			this.spans[2 * index] = this.opened[index] ?? -1;
			this.spans[2 * index + 1] = at;
			this.lastIndex = index;
			const found = next(at);
			if (found < 0) {
				this.spans[2 * index] = start;
				this.spans[2 * index + 1] = end;
				this.lastIndex = last;
			}
			return found;
		});
		return (at) => {
			const before = this.opened[index] ?? -1;
			this.opened[index] = at;
			const found = inner(at);
			if (found < 0) this.opened[index] = before;
			return found;
		};
	}

	private repeat(body: RegexNode, min: number, max: number, mode: 'greedy' | 'lazy', next: Step): Step {
		let count = 0;
		let last = noMatch;
		const again = (at: number, from: number): number => {
			const [countBefore, lastBefore] = [count, last];
			count++;
			last = from;
			const found = inner(at);
			if (found < 0) {
				count = countBefore;
				last = lastBefore;
			}
			return found;
		};
		const loop: Step = (at) => {
			this.tick();
			// Rounds that have to be may be empty (Modules/_sre/sre_lib.h, MAX_UNTIL, 3.13).
			if (count < min) return again(at, last);
			const [countBefore, lastBefore] = [count, last];
			const mayGoOn = count < max && at !== last;
			if (mode === 'greedy' && mayGoOn) {
				const found = again(at, at);
				if (found >= 0) return found;
			}
			const found = next(at);
			count = countBefore;
			last = lastBefore;
			return found < 0 && mode === 'lazy' && mayGoOn ? again(at, at) : found;
		};
		const inner = this.compile(body, loop);
		return (at) => {
			const [countBefore, lastBefore] = [count, last];
			count = 0;
			last = noMatch;
			const found = loop(at);
			count = countBefore;
			last = lastBefore;
			return found;
		};
	}

	private repeatOne(accepts: (code: number) => boolean, min: number, max: number, mode: 'greedy' | 'lazy', next: Step): Step {
		if (mode === 'lazy')
			return (start) => {
				let at = start;
				for (let count = 0; ; count++) {
					this.tick();
					if (count >= min) {
						const found = next(at);
						if (found >= 0) return found;
					}
					if (count >= max) return noMatch;
					at = this.one(accepts, at);
					if (at < 0) return noMatch;
				}
			};
		return (start) => {
			let at = start;
			let count = 0;
			while (count < max) {
				const end = this.one(accepts, at);
				if (end < 0) break;
				at = end;
				count++;
			}
			for (; count >= min; count--) {
				this.tick();
				const found = next(at);
				if (found >= 0) return found;
				at -= widthBefore(this.text, at, start);
			}
			return noMatch;
		};
	}

	private look(body: RegexNode, width: number | undefined, negate: boolean, next: Step): Step {
		const inner = this.compile(body, (at) => at);
		const holds = (at: number): boolean => {
			let start = at;
			for (let left = width ?? 0; left > 0; left--) {
				if (start <= 0) return false;
				start -= widthBefore(this.text, start, 0);
			}
			// What stands in a look-behind sees the whole text: `\b` and `$` ask for what follows.
			return inner(start) >= 0;
		};
		return (at) => {
			this.tick();
			const before = this.saveGroups();
			const held = holds(at);
			if (held === negate) {
				this.restoreGroups(before);
				return noMatch;
			}
			if (negate) this.restoreGroups(before);
			const found = next(at);
			if (found < 0) this.restoreGroups(before);
			return found;
		};
	}

	private atomic(body: RegexNode, next: Step): Step {
		const inner = this.compile(body, (at) => at);
		return (at) => {
			this.tick();
			const before = this.saveGroups();
			const end = inner(at);
			const found = end < 0 ? noMatch : next(end);
			if (found < 0) this.restoreGroups(before);
			return found;
		};
	}

	private backref(group: number, fold: boolean, next: Step): Step {
		return (at) => {
			const [start, end] = [this.spans[2 * group] ?? -1, this.spans[2 * group + 1] ?? -1];
			if (start < 0 || end < 0) return noMatch;
			const size = end - start;
			if (at + size > this.end) return noMatch;
			const [earlier, here] = [this.text.slice(start, end), this.text.slice(at, at + size)];
			if (earlier !== here && !(fold && folded(earlier) === folded(here))) return noMatch;
			return next(at + size);
		};
	}

	private one(accepts: (code: number) => boolean, at: number): number {
		if (at >= this.end) return noMatch;
		const code = this.text.codePointAt(at) ?? 0;
		return accepts(code) ? at + (code > 0xffff ? 2 : 1) : noMatch;
	}

	private holds(where: Anchor, ascii: boolean, at: number): boolean {
		const { text, end } = this;
		switch (where) {
			case 'start':
				return at === 0;
			case 'lineStart':
				return at === 0 || text[at - 1] === '\n';
			case 'stringEnd':
				return at === end;
			case 'end':
				return at === end || (at === end - 1 && text[at] === '\n');
			case 'lineEnd':
				return at === end || text[at] === '\n';
			case 'boundary':
				return this.atBoundary(ascii, at);
			case 'notBoundary':
				return end > 0 && !this.atBoundary(ascii, at);
		}
	}

	private atBoundary(ascii: boolean, at: number): boolean {
		const { text, end } = this;
		const before = at > 0 ? (text.codePointAt(at - widthBefore(text, at, 0)) ?? 32) : 32;
		const after = at < end ? (text.codePointAt(at) ?? 32) : 32;
		return isWord(before, ascii) !== isWord(after, ascii);
	}

	private saveGroups(): [number[], number] {
		return [this.spans.slice(), this.lastIndex];
	}

	private restoreGroups([spans, last]: [number[], number]): void {
		this.spans = spans.slice();
		this.lastIndex = last;
	}
}

function acceptor(node: RegexNode & { op: 'char' | 'any' | 'set' }): (code: number) => boolean {
	if (node.op === 'set') return node.accepts;
	if (node.op === 'any') return node.newline ? () => true : (code) => code !== 10;
	const { code } = node;
	return (other) => other === code;
}

function folded(text: string): string {
	return Array.from(text, (char) => foldCase(char.codePointAt(0) ?? 0, false)).join(',');
}

/** Code units of the character that starts here. */
function widthAt(text: string, at: number): number {
	return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function widthBefore(text: string, at: number, floor: number): number {
	if (at - 2 < floor) return 1;
	return (text.codePointAt(at - 2) ?? 0) > 0xffff ? 2 : 1;
}
