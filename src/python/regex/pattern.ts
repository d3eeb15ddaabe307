import { type Found, Matcher, type MatchMode } from './matcher';
import { type ParsedPattern, parsePattern } from './parse';
import { RegexError } from './text';

export type { Found } from './matcher';
export { flag } from './nodes';

/** Why a pattern gives no regular expression: Python would raise `re.error` ('invalid'), or this engine can't ('unsupported'). */
export interface PatternProblem {
	readonly error: string;
	readonly kind: 'invalid' | 'unsupported';
	/** In code units of the pattern. */
	readonly position: number;
}

export interface PatternOptions {
	/** A bytes pattern: the text is one character a byte, and classes are ASCII. */
	readonly bytes?: boolean;
	/** Flags may stand anywhere, as before Python 3.11. */
	readonly lateFlags?: boolean;
}

const kept = new Map<string, RegexPattern>();
const keptAtMost = 4000;

/** `re.compile(pattern, flags)`; equal arguments give the same object, as `re`'s cache does. Never throws. */
export function compilePattern(pattern: string, flags = 0, options: PatternOptions = {}): RegexPattern | PatternProblem {
	const bytes = options.bytes ?? false;
	const lateFlags = options.lateFlags ?? false;
	const key = `${bytes ? 'b' : 's'}${lateFlags ? '~' : ''}${flags}:${pattern}`;
	const known = kept.get(key);
	if (known) return known;
	try {
		const compiled = new RegexPattern(pattern, parsePattern(pattern, flags, bytes, lateFlags), bytes);
		if (kept.size >= keptAtMost) kept.clear();
		kept.set(key, compiled);
		return compiled;
	} catch (error) {
		if (error instanceof RegexError) return { error: describe(error, pattern), kind: error.kind, position: error.position };
		if (error instanceof RangeError) return { error: 'the pattern nests too deep', kind: 'unsupported', position: 0 };
		throw error;
	}
}

/** `re.error`'s own message: the line and column are told when the pattern has several lines. */
function describe(error: RegexError, pattern: string): string {
	if (!pattern.includes('\n') || error.position < 0) return error.message;
	const lines = pattern.slice(0, error.position).split('\n');
	return `${error.message} (line ${lines.length}, column ${[...(lines.at(-1) ?? '')].length + 1})`;
}

/** A compiled pattern: what `re.compile()` returns. */
export class RegexPattern {
	readonly flags: number;
	readonly groups: number;
	/** Group numbers by name, in the order of the groups. */
	readonly groupIndex: ReadonlyMap<string, number>;
	private matcher: Matcher | undefined;

	constructor(
		readonly pattern: string,
		private readonly parsed: ParsedPattern,
		readonly bytes: boolean,
	) {
		this.flags = parsed.flags;
		this.groups = parsed.groups;
		this.groupIndex = parsed.names;
	}

	/** 'gave up' when the bounds of steps or depth are reached. Positions in code units. */
	run(text: string, mode: MatchMode, from = 0, to = text.length): Found | undefined | 'gave up' {
		return this.machine().run(text, mode, from, Math.min(to, text.length));
	}

	/** All matches that don't overlap, left to right, empty ones included as in Python 3.7 and later. */
	findAll(text: string, from = 0, to = text.length, atMost = Number.POSITIVE_INFINITY): readonly Found[] | 'gave up' {
		const all: Found[] = [];
		let at = from;
		let emptyNotAt = -1;
		while (at <= to && all.length < atMost) {
			const found = this.machine().run(text, 'search', at, to, emptyNotAt);
			if (found === 'gave up') return 'gave up';
			if (!found) break;
			all.push(found);
			at = found.end;
			emptyNotAt = found.end === found.start ? found.end : -1;
		}
		return all;
	}

	/** The name of the group that closed last. */
	lastGroup(found: Found): string | undefined {
		for (const [name, index] of this.groupIndex) if (index === found.lastIndex) return name;
		return undefined;
	}

	private machine(): Matcher {
		this.matcher ??= new Matcher(this.parsed.root, this.groups);
		return this.matcher;
	}
}
