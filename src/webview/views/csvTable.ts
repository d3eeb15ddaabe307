/** CSV (RFC 4180) as a table. */
import { clipped, h } from '../dom';
import { note } from './parts';

const mostRows = 500;
const mostColumns = 60;

export function csvTable(text: string): HTMLElement {
	const rows = parse(text, separatorOf(text));
	const [head = [], ...rest] = rows;
	const shown = rest.slice(0, mostRows);
	return h(
		'div',
		{ class: 'table-frame', tabIndex: 0, role: 'region', aria: { label: 'Table' } },
		h(
			'table',
			'csv',
			h(
				'thead',
				'',
				h(
					'tr',
					'',
					head.slice(0, mostColumns).map((cell) => h('th', { attrs: { scope: 'col' } }, clipped(cell, 500))),
				),
			),
			h(
				'tbody',
				'',
				shown.map((row) =>
					h(
						'tr',
						'',
						row.slice(0, mostColumns).map((cell) => h('td', /^-?[\d.,]+$/.test(cell) ? 'number' : '', clipped(cell, 500))),
					),
				),
			),
		),
		rows.length > mostRows ? note(`Only the first ${mostRows} rows are shown.`) : undefined,
	);
}

function separatorOf(text: string): string {
	const line = text.slice(0, 2000).split('\n')[0] ?? '';
	const counts = [',', ';', '\t'].map((mark) => [mark, line.split(mark).length] as const);
	return counts.sort((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}

function parse(text: string, separator: string): readonly (readonly string[])[] {
	const rows: string[][] = [];
	let row: string[] = [];
	let cell = '';
	let quoted = false;
	for (let at = 0; at < text.length && rows.length <= mostRows + 1; at++) {
		const c = text[at] ?? '';
		if (quoted) {
			if (c !== '"') cell += c;
			else if (text[at + 1] === '"') cell += text[at++] ?? '';
			else quoted = false;
		} else if (c === '"') quoted = true;
		else if (c === separator) {
			row.push(cell);
			cell = '';
		} else if (c === '\n') {
			rows.push([...row, cell.replace(/\r$/, '')]);
			row = [];
			cell = '';
		} else cell += c;
	}
	if (cell !== '' || row.length > 0) rows.push([...row, cell]);
	return rows;
}
