import type { Source } from '../values';

/** A text with its line table, which is made when a line is first asked for. */
export function makeSource(path: string, text: string): Source {
	let starts: number[] | undefined;
	return {
		path,
		text,
		lineOf(offset) {
			starts ??= lineStarts(text);
			let low = 0;
			let high = starts.length - 1;
			while (low < high) {
				const middle = (low + high + 1) >> 1;
				if ((starts[middle] ?? 0) <= offset) low = middle;
				else high = middle - 1;
			}
			return low + 1;
		},
	};
}

/** Python's lines end with \n, \r\n or \r. */
function lineStarts(text: string): number[] {
	const starts = [0];
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
	}
	return starts;
}
