/**
 * Python counts a str in code points, JavaScript in UTF-16 units. They differ only where there are surrogates, so every
 * function here asks for that first.
 */

const surrogate = /[\ud800-\udfff]/;

/** Loops over a long text ask for it at every character: the answer for the last long one is kept. */
let lastTested = '';
let lastAnswer = false;

/** Whether the text has surrogates, so that its units aren't its characters. */
function hasSurrogates(text: string): boolean {
	if (text.length < 64) return surrogate.test(text);
	if (text !== lastTested) {
		lastTested = text;
		lastAnswer = surrogate.test(text);
	}
	return lastAnswer;
}

let lastText = '';
let lastPoints: readonly string[] = [];

/** The characters of a text with surrogates; undefined for a text whose units are its characters. */
export function pointsOf(text: string): readonly string[] | undefined {
	if (!hasSurrogates(text)) return undefined;
	if (text !== lastText) {
		lastText = text;
		lastPoints = Array.from(text);
	}
	return lastPoints;
}

/** `len(text)`. */
export function pointLength(text: string): number {
	return pointsOf(text)?.length ?? text.length;
}

/** A count of UTF-16 units from the start as one of code points. */
export function unitsToPoints(text: string, units: number): number {
	return hasSurrogates(text) ? pointLength(text.slice(0, units)) : units;
}

/** A count of code points from the start as one of UTF-16 units; past the end it stays past it. */
export function pointsToUnits(text: string, points: number): number {
	const all = pointsOf(text);
	if (!all) return points;
	if (points >= all.length) return text.length + (points - all.length);
	return all.slice(0, points).join('').length;
}
