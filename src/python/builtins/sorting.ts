import type { Interpreter } from '../runtime/interpreter';
import type { Value } from '../values';
import { compareTexts } from './str';

/** `sorted(items, key=…, reverse=…)`: stable, compares with `<` only. */
export function sorted(py: Interpreter, items: readonly Value[], key: Value, reverse: boolean): Value[] {
	const rows = items.map((item) => ({ item, by: key === null ? item : py.call(key, [item]) }));
	if (reverse) rows.reverse();
	rows.sort(order(py, rows));
	if (reverse) rows.reverse();
	return rows.map((row) => row.item);
}

type Row = { readonly item: Value; readonly by: Value };

function order(py: Interpreter, rows: readonly Row[]): (a: Row, b: Row) => number {
	if (rows.every((row) => typeof row.by === 'string')) return (a, b) => compareTexts(String(a.by), String(b.by));
	if (rows.every((row) => typeof row.by === 'number')) return (a, b) => Number(a.by) - Number(b.by);
	return (a, b) => (py.less(a.by, b.by) ? -1 : py.less(b.by, a.by) ? 1 : 0);
}
