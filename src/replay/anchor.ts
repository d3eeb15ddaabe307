/** Recorded places in files that may have changed since: found again where that is certain, withheld where it isn't. */
import type { Location } from '../shared/capture';
import { definitionOf, enclosing } from './outline';
import type { SourceText } from './sourceText';

/** A file as it is now; `sha1` of its bytes, lower-case hex. */
export interface SourceNow {
	readonly text: SourceText;
	readonly sha1: string;
}

/** `moved`: the file has changed and the line was found elsewhere in it, or where it was. */
export type Anchored = { readonly line: number; readonly moved: boolean } | { readonly withheld: string };

/** What else is known of a recorded place. */
export interface Clues {
	/** The place is that of the symbol's own `def` or `class`. */
	readonly definition?: boolean;
	/** The text of the line, as an exception's frames have it. */
	readonly source?: string;
	/** The text the whole file had, where someone still has it: the editor keeps it from when the hash agreed. */
	readonly recorded?: SourceText;
}

/** The line, 1-based, that a recorded place has now; each of the clues may find it again in a changed file. */
export function anchor(location: Location, now: SourceNow | undefined, clues: Clues = {}): Anchored {
	if (now === undefined) return { withheld: 'the file is gone' };
	const { text } = now;
	if (location.sha1 === now.sha1) return { line: location.line, moved: false };
	// Libraries are recorded without a hash, since nobody edits them; a line beyond the end is another version's.
	if (location.sha1 === undefined && location.line <= text.lines.length) return { line: location.line, moved: false };
	if (clues.recorded !== undefined) return byText(location.line, clues.recorded, text);
	if (clues.definition === true && location.symbol !== undefined) return bySymbol(location.symbol, text);
	if (clues.source !== undefined && location.symbol !== undefined) return bySource(location.symbol, clues.source, text);
	return { withheld: 'the file has changed since the recording' };
}

/** The line of the definition that a recorded place stood in, where that is certain: what can be shown of one that is withheld. */
export function definitionAround(location: Location, text: SourceText): number | undefined {
	return location.symbol === undefined ? undefined : definitionOf(location.symbol, text.definitions)?.line;
}

function bySymbol(symbol: string, text: SourceText): Anchored {
	const found = definitionOf(symbol, text.definitions);
	if (found) return { line: found.line, moved: true };
	return { withheld: `the file has changed, and \`${symbol}\` is no longer to be found in it` };
}

/** The one line of that text within the symbol. */
function bySource(symbol: string, source: string, { lines, definitions }: SourceText): Anchored {
	const within = definitionOf(symbol, definitions)?.qualname;
	const same = lines.flatMap((line, at) =>
		line.trim() === source.trim() && enclosing(at + 1, definitions) === within ? [at + 1] : [],
	);
	const [line] = same;
	if (within !== undefined && line !== undefined && same.length === 1) return { line, moved: true };
	return { withheld: 'the line has changed since the recording' };
}

function byText(line: number, old: SourceText, now: SourceText): Anchored {
	const at = line - 1;
	const moved = near(at, old, now, -1) ?? near(at, old, now, 1);
	if (moved === undefined) return { withheld: 'the line has changed since the recording' };
	const [before, after] = [enclosing(line, old.definitions), enclosing(moved + 1, now.definitions)];
	return before === after ? { line: moved + 1, moved: true } : { withheld: 'the line has gone elsewhere since the recording' };
}

/** How far the nearest line may be that stands once in both texts. */
const reach = 60;

/** The line's new place, told by the nearest line above (-1) or below (1) that is unique in both, all between unchanged. */
function near(at: number, old: SourceText, now: SourceText, direction: 1 | -1): number | undefined {
	for (let step = 0; step <= reach; step++) {
		const mark = old.lines[at + direction * step];
		if (mark === undefined) return undefined;
		const place = mark.trim() === '' ? -1 : now.onlyIndex(mark);
		if (place < 0 || old.onlyIndex(mark) < 0) continue;
		const target = place - direction * step;
		for (let between = 0; between <= step; between++) {
			if (old.lines[at + direction * between] !== now.lines[target + direction * between]) return undefined;
		}
		return target;
	}
	return undefined;
}
