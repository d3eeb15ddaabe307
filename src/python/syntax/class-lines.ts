/** What a class's body does as it runs, by the first words of its own lines: for classes whose body is not read. */

import { LogicalLines } from './logical-lines';

/** Statements that do more than define and assign. */
const acts = new Set(
	'and as assert await break continue del elif else except finally for from global if import in is lambda match nonlocal not or raise return try while with yield'.split(
		' ',
	),
);
const first = /([A-Za-z_]\w*)[ \t]*(?:(["'])|(:(?!=))|(=(?!=))|(,)|($|[\r\n#;]))?/my;
const decorator = /@\s*([A-Za-z_]\w*)((?:\.\w+)*)/y;

/**
 * Whether the body from `start` (its first statement) to `end` consists of definitions, assignments to names, and constants. `decorates`
 * is asked of each decorator: the name it begins with, and its last attribute or that name.
 */
export function onlyDefines(
	text: string,
	start: number,
	end: number,
	decorates: (root: string, last: string) => boolean,
): boolean {
	let lineStart = start;
	while (lineStart > 0 && text.charCodeAt(lineStart - 1) !== 10 && text.charCodeAt(lineStart - 1) !== 13) lineStart--;
	const lines = new LogicalLines(text, lineStart, end);
	let column = -1;
	while (lines.next()) {
		if (column < 0) column = lines.column;
		if (lines.column <= column && !definesHere(text, lines.start, decorates)) return false;
		lines.finish();
	}
	return true;
}

function definesHere(text: string, at: number, decorates: (root: string, last: string) => boolean): boolean {
	const code = text.charCodeAt(at);
	if (code === 64) {
		decorator.lastIndex = at;
		const found = decorator.exec(text);
		if (!found?.[1]) return false;
		const attributes = found[2] ?? '';
		return decorates(found[1], attributes === '' ? found[1] : attributes.slice(attributes.lastIndexOf('.') + 1));
	}
	// A docstring, a number, an ellipsis.
	if (code === 34 || code === 39 || code === 46 || (code >= 48 && code <= 57)) return true;
	first.lastIndex = at;
	const found = first.exec(text);
	const word = found?.[1];
	if (!found || word === undefined) return false;
	if (word === 'def' || word === 'class' || word === 'async' || word === 'pass') return true;
	if (acts.has(word)) return false;
	return found[0].length > word.length && found.slice(2).some((part) => part !== undefined);
}
