/** For a path that no pattern matched: the patterns that came nearest, and what stood between. */
import type { TriedPattern } from '../shared/capture';
import type { NearPattern } from '../shared/story';
import { isKnown, matches, simplified, type Token, takes, tokens } from './routeText';

interface Candidate {
	readonly tried: number;
	readonly full: string;
	readonly pattern: readonly Token[];
	/** A regex without an end anchor: it would match whatever follows. */
	readonly endless: boolean;
	/** An include that did not match: what it holds was never tried. */
	readonly unentered: boolean;
}

/** A path or pattern longer than this is not worth comparing. */
const longest = 500;

/** At most `limit`, nearest first; empty where nothing is near. `path` begins with `/`, as `request.path_info`. */
export function nearestPatterns(path: string, tried: readonly TriedPattern[], limit = 5): readonly NearPattern[] {
	const bare = path.replace(/^\//, '');
	const ranked: { near: NearPattern; rank: number }[] = [];
	for (const candidate of bare.length > longest ? [] : candidates(tried)) {
		const found = candidate.unentered ? nearBeginning(bare, candidate) : nearness(bare, candidate);
		if (found)
			ranked.push({
				near: { tried: candidate.tried, full: shown(candidate), why: found.why, close: found.rank < far },
				rank: found.rank,
			});
	}
	return ranked
		.sort((a, b) => a.rank - b.rank || a.near.tried - b.near.tried)
		.slice(0, limit)
		.map(({ near }) => near);
}

function* candidates(tried: readonly TriedPattern[]): Generator<Candidate> {
	const open: TriedPattern[] = [];
	for (const [at, entry] of tried.entries()) {
		open.length = Math.min(open.length, Math.max(0, Math.floor(entry.depth)));
		const chain = [...open, entry];
		const unentered = entry.include === true && entry.outcome === 'no match';
		if (entry.include === true) open[open.length] = entry;
		if (entry.include === true && !unentered) continue;
		const full = chain.map((part) => (part.kind === 'regex' ? simplified(part.pattern) : part.pattern)).join('');
		if (full.length > longest) continue;
		yield {
			tried: at,
			full,
			pattern: chain.flatMap((part) => tokens(part.pattern, part.kind === 'regex')),
			endless: entry.kind === 'regex' && !/(?:\$|\\Z)$/.test(entry.pattern),
			unentered,
		};
	}
}

const shown = ({ full, unentered }: Candidate) => (unentered ? `${full}…` : full);

/** From this rank on a pattern has a beginning in common with the path, and no more. */
const far = 6;

interface Nearness {
	readonly rank: number;
	readonly why: string;
}

function nearness(path: string, { pattern, full, endless }: Candidate): Nearness | undefined {
	const lower = pattern.map((token) => ('literal' in token ? { literal: token.literal.toLowerCase() } : token));
	if (!endless && matches(pattern, path)) return { rank: 2.5, why: mismatch(full, path) };
	if (matches(pattern, `${path}/`)) return { rank: 1, why: 'only the slash at the end is missing' };
	if (path.endsWith('/') && matches(pattern, path.slice(0, -1))) return { rank: 1, why: 'the slash at the end is too much' };
	if (matches(lower, path.toLowerCase()) || matches(lower, `${path.toLowerCase()}/`)) {
		return { rank: 2, why: 'differs in upper and lower case' };
	}
	if (matches(pattern, path, true) || matches(pattern, `${path}/`, true)) return { rank: 3, why: mismatch(full, path) };
	return bySegments(full, path);
}

/** The same for an include, which sees but the path's beginning; how the rest would have fared isn't known. */
function nearBeginning(path: string, { pattern, full }: Candidate): Nearness | undefined {
	const count = full.split('/').length - 1;
	if (count === 0 || !full.endsWith('/')) return undefined;
	if (matches(pattern, `${path}/`)) return { rank: 1, why: 'only the slash at the end is missing' };
	const segments = path.split('/');
	if (segments.length <= count) return undefined;
	const beginning = `${segments.slice(0, count).join('/')}/`;
	if (matches(pattern, beginning, true)) return { rank: 3.4, why: mismatch(full, beginning) };
	const lower = pattern.map((token) => ('literal' in token ? { literal: token.literal.toLowerCase() } : token));
	if (matches(lower, beginning.toLowerCase())) return { rank: 2.4, why: 'differs in upper and lower case' };
	const similar = bySegments(full, beginning);
	return similar && similar.rank < far ? { ...similar, rank: similar.rank + 0.4 } : undefined;
}

/** Which converter refused which text, the pattern and the path having the same segments. */
function mismatch(full: string, path: string): string {
	const parts = path.split('/');
	for (const [at, segment] of full.split('/').entries()) {
		const slot = /<([^:>]+):[^>]+>/.exec(segment);
		const part = parts[at] ?? '';
		if (slot && !takes(slot[1] ?? 'str', part)) return `\`${slot[0]}\` does not take \`${part}\``;
	}
	// One of the project's own: only it knows why.
	const own = full.split('/').findIndex((segment) => !isKnown(/<([^:>]+):/.exec(segment)?.[1] ?? 'str'));
	const part = own < 0 ? undefined : parts[own];
	if (part !== undefined) return `\`${full.split('/')[own]}\` did not take \`${part}\``;
	return 'the path has this shape, and yet it did not match';
}

function bySegments(full: string, path: string): Nearness | undefined {
	const wanted = full.replace(/\$$/, '').split('/').filter(Boolean);
	const given = path.split('/').filter(Boolean);
	if (wanted.length === 0 || given.length === 0) return undefined;
	let same = 0;
	while (same < wanted.length && same < given.length && fits(wanted[same] ?? '', given[same] ?? '')) same++;
	const [asked = '', got = ''] = [wanted[same], given[same]];
	if (wanted.length === given.length && close(asked, got)) {
		const rest = wanted.slice(same + 1).every((part, at) => fits(part, given[same + 1 + at] ?? ''));
		if (rest) return { rank: 4 + distance(asked, got) / 10, why: `\`${got}\` where it has \`${asked}\`` };
	}
	if (same === 0) return undefined;
	const beginning = `begins the same as far as \`${given.slice(0, same).join('/')}/\``;
	return { rank: far + (Math.max(wanted.length, given.length) - same) / same, why: beginning };
}

const fits = (wanted: string, given: string) => wanted === given || /^<.*>$/.test(wanted);
const close = (a: string, b: string) =>
	!a.includes('<') && a.length < 60 && b.length < 60 && distance(a, b) <= Math.max(1, Math.floor(a.length / 3));

/** The optimal string alignment distance, over short texts: two letters that changed places count as one. */
function distance(a: string, b: string): number {
	let before: readonly number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			const least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change);
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			next.push(swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least);
		}
		before = row;
		row = next;
	}
	return row[b.length] ?? 0;
}
