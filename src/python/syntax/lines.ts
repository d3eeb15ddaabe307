/** Offsets to lines and columns. */

export interface LineTable {
	readonly lineCount: number;
	/** 1-based. */
	lineAt(offset: number): number;
	/** 0-based, in UTF-16 units, as the LSP counts. */
	columnAt(offset: number): number;
	/** 0-based, in UTF-8 bytes, as CPython's `ast` counts. */
	byteColumnAt(offset: number): number;
	/** Offset of the first character of a 1-based line; the text's length for one past the last. */
	lineStart(line: number): number;
}

/** Lines end with `\n`, `\r\n` or a lone `\r`, as in CPython. */
export function lineTable(text: string): LineTable {
	const starts = lineStarts(text);
	const indexAt = (offset: number): number => {
		let low = 0;
		let high = starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((starts[middle] as number) <= offset) low = middle;
			else high = middle - 1;
		}
		return low;
	};
	return {
		lineCount: starts.length,
		lineAt: (offset) => indexAt(offset) + 1,
		columnAt: (offset) => offset - (starts[indexAt(offset)] as number),
		byteColumnAt: (offset) => byteLength(text, starts[indexAt(offset)] as number, offset),
		lineStart: (line) => starts[line - 1] ?? (line < 1 ? 0 : text.length),
	};
}

/** The line breaks of the text before `end`, from `start` on. */
export function lineBreaks(text: string, end = text.length, start = 0): number {
	let count = 0;
	if (text.includes('\r')) {
		for (let at = start; at < end; at++) {
			const code = text.charCodeAt(at);
			if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) count++;
		}
		return count;
	}
	for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
	return count;
}

/** Offsets at which the lines begin. */
export function lineStarts(text: string): number[] {
	const starts = [0];
	if (!text.includes('\r')) {
		for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
		return starts;
	}
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
	}
	return starts;
}

function byteLength(text: string, from: number, to: number): number {
	let bytes = 0;
	for (let at = from; at < to; at++) {
		const code = text.charCodeAt(at);
		// Each half of a surrogate pair counts two of its four bytes.
		bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
	}
	return bytes;
}
