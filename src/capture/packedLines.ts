/**
 * The lines of a packed capture: since packing 4 each distinct value is told once, and stands elsewhere by its number,
 * and the lines of a frame stand in columns.
 */
import { integer, isObject, list, object, text, tuple } from './shape';

type Fields = Readonly<Record<string, unknown>>;

const numbers = list(integer);
const packedFrame = object({ lines: tuple(numbers, numbers, numbers, list(text), numbers) });

/** The document with its frames as they were before packing 4; a text says what is wrong with them. */
export function linesWrittenOut(value: Fields): Fields | string {
	const { values: told, frames, ...rest } = value;
	if (frames === undefined) return rest;
	const wrong = list(packedFrame)(frames) ?? list(object({}))(told)?.replace(/^/, ' has values which');
	if (wrong !== undefined) return `frames${wrong}`;
	const values = new Values(told as readonly Fields[]);
	const shown = (frames as readonly Fields[]).map((frame) => ({
		...frame,
		lines: linesOf(frame['lines'] as Columns, values),
		...(frame['returned'] === undefined ? {} : { returned: values.at(frame['returned']) }),
	}));
	return values.missing === undefined ? { ...rest, frames: shown } : `value ${values.missing} of the lines is missing`;
}

/** Of lines their number and the time since the one before; of the values they left their line's place, name and number. */
type Columns = readonly [
	line: readonly number[],
	since: readonly number[],
	place: readonly number[],
	name: readonly string[],
	value: readonly number[],
];

function linesOf([line, since, place, name, value]: Columns, values: Values): readonly Fields[] {
	const left = new Map<number, [string, unknown][]>();
	for (const [index, at] of place.entries()) {
		const named: [string, unknown] = [name[index] ?? '', values.at(value[index])];
		const others = left.get(at);
		if (others) others.push(named);
		else left.set(at, [named]);
	}
	let at = 0;
	return line.map((number, index) => {
		at += since[index] ?? 0;
		const shown = left.get(index);
		return { line: number, atNs: Math.max(0, at), ...(shown ? { values: Object.fromEntries(shown) } : {}) };
	});
}

/** The values by their numbers, those inside them in their places. */
class Values {
	private readonly whole: Fields[] = [];
	/** Those that name others: these may stand in no other, so that what is written out stays in bounds. */
	private readonly naming = new Set<number>();
	/** The first number that stands for nothing. */
	missing: string | undefined;

	constructor(told: readonly Fields[]) {
		for (const [number, value] of told.entries()) this.whole.push(this.written(number, value));
	}

	at(number: unknown): Fields | undefined {
		const value = typeof number === 'number' ? this.whole[number] : undefined;
		if (value === undefined) this.missing ??= String(number);
		return value;
	}

	private written(number: number, value: Fields): Fields {
		const { children } = value;
		if (!Array.isArray(children)) return value;
		const shown = children.map((child: unknown): unknown => {
			if (!isObject(child) || typeof child['value'] !== 'number') return child;
			const inner = child['value'];
			this.naming.add(number);
			return { ...child, value: this.at(this.naming.has(inner) ? `${inner} inside of another` : inner) };
		});
		return { ...value, children: shown };
	}
}
