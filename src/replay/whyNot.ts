/** Why a pattern that was tried did not match: where its text and the path's part ways. */
import type { TriedPattern } from '../shared/capture';
import { isKnown, progress, type Token, tokens } from './routeText';

/** A sentence fragment for each tried pattern, empty for those that matched. `path` begins with `/`. */
export function whyNot(path: string, tried: readonly TriedPattern[]): readonly string[] {
	/** What the includes so far have left over, by depth. */
	const left: string[] = [path.replace(/^\//, '')];
	return tried.map((entry) => {
		const depth = Math.min(Math.max(0, Math.floor(entry.depth)), left.length - 1);
		const text = left[depth] ?? '';
		if (entry.include === true) {
			left.length = depth + 1;
			left.push(entry.rest ?? text);
		}
		if (entry.reason !== undefined) return entry.reason;
		return entry.outcome === 'no match' ? reason(entry, text) : '';
	});
}

function reason(entry: TriedPattern, text: string): string {
	if (entry.pattern.length > 500 || text.length > 500) return '';
	const pattern = tokens(entry.pattern, entry.kind === 'regex');
	const { tokens: count, place } = progress(pattern, text);
	const stuck = pattern[count];
	const here = text.slice(place);
	if (stuck !== undefined) return stuckAt(stuck, here);
	// A regex says more than its simplified text: that this one fits proves nothing.
	if (entry.kind === 'regex') return '';
	if (entry.include === true) return '';
	if (here === '') return byConverter(pattern, text);
	return `${quoted(here)} is left over`;
}

function stuckAt(token: Token, here: string): string {
	if (here === '') return `the path ends before ${quoted('literal' in token ? token.literal : token.slot)}`;
	if ('slot' in token) return `${quoted(token.slot)} does not take ${quoted(here.split('/')[0] || '/')}`;
	return `${quoted(token.literal)} is not ${quoted(here.length > 24 ? `${here.slice(0, 23)}…` : here)}`;
}

/** Everything fits, so a converter of the project's own must have said no; it is named where there is but one. */
function byConverter(pattern: readonly Token[], text: string): string {
	const own = pattern.flatMap((token, at) => ('slot' in token && !isKnown(token.converter) ? [{ token, at }] : []));
	const [only] = own;
	if (!only || own.length > 1) return '';
	const { place } = progress(pattern.slice(0, only.at), text);
	return stuckAt(only.token, text.slice(place));
}

const quoted = (text: string) => `\`${text}\``;
