/**
 * The lines of a packed capture: since packing 4 all of them stand in columns, and each distinct value is told once and
 * stands elsewhere by its number.
 */
import { integer, isObject, list, object, text } from './shape';

type Fields = Readonly<Record<string, unknown>>;

const numbers = list(integer);
const columns = { lines: numbers, since: numbers, places: numbers, names: list(text), left: numbers };
const packedFrames = object({ calls: numbers, more: list(() => undefined), ...columns, values: list(object({})) });

/** As the check lets them through. */
interface PackedFrames {
	/** Of each call its number, its parent's or 0, its stage's, its location's entry, how many lines and values are its own, what it returned or -1. */
	readonly calls: readonly number[];
	/** Places of calls, and what else is to be said of them. */
	readonly more: readonly unknown[];
	readonly lines: readonly number[];
	/** Nanoseconds since the line before, of the first since the request's start. */
	readonly since: readonly number[];
	/** Of each value that a line left the line's place within its call, its name and its number. */
	readonly places: readonly number[];
	readonly names: readonly string[];
	readonly left: readonly number[];
	readonly values: readonly Fields[];
}

const WIDTH = 7;

/** The document with its frames as they were before packing 4; a text says what is wrong with them. */
export function linesWrittenOut(document: Fields): Fields | string {
	const { frames } = document;
	if (frames === undefined) return document;
	const wrong = packedFrames(frames);
	if (wrong !== undefined) return `frames${wrong}`;
	const packed = frames as unknown as PackedFrames;
	const values = new Values(packed.values);
	const shown = framesOf(packed, values);
	return values.missing === undefined ? { ...document, frames: shown } : `value ${values.missing} of the lines is missing`;
}

function framesOf(packed: PackedFrames, values: Values): readonly Fields[] {
	const more = new Map(packed.more.flatMap((at, index) => (index % 2 ? [] : [[at, packed.more[index + 1]] as const])));
	const frames: Fields[] = [];
	let line = 0;
	let value = 0;
	let at = 0;
	for (let start = 0; start < packed.calls.length; start += WIDTH) {
		const [id, parent, stage, location, ran = 0, changed = 0, returned = -1] = packed.calls.slice(start, start + WIDTH);
		const left = new Map<number, [string, unknown][]>();
		for (const end = value + changed; value < end && value < packed.left.length; value++) {
			const place = packed.places[value] ?? 0;
			const named: [string, unknown] = [packed.names[value] ?? '', values.at(packed.left[value])];
			left.set(place, [...(left.get(place) ?? []), named]);
		}
		const lines: Fields[] = [];
		for (const end = line + ran; line < end && line < packed.lines.length; line++) {
			at += packed.since[line] ?? 0;
			const shown = left.get(lines.length);
			const own = shown ? { values: Object.fromEntries(shown) } : {};
			lines.push({ line: packed.lines[line], atNs: Math.max(0, at), ...own });
		}
		const rest = more.get(frames.length);
		frames.push({
			...{ id, stage, location, lines },
			...(parent ? { parent } : {}),
			...(returned < 0 ? {} : { returned: values.at(returned) }),
			...(isObject(rest) ? rest : {}),
		});
	}
	return frames;
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
