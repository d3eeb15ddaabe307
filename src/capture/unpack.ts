/**
 * From a packed capture (`packed.schema.json`), as recorders write it, to the capture: what many requests of a process
 * have alike is taken from the process's table, and what follows from the rest is worked out.
 */
import { linesWrittenOut } from './packedLines';
import { writtenOut } from './repeats';
import { type Check, integer, isObject, list, number, object, text, tuple } from './shape';

/** The newest version of packing that is read; so are those before it. */
export const PACKED_FORMAT = 4;

type Fields = Readonly<Record<string, unknown>>;

const row: Check = (value) => {
	if (!Array.isArray(value) || value.length < 3 || value.length > 5) return ' is not a list of 3 to 5';
	for (const at of value.slice(0, 4)) if (!Number.isSafeInteger(at)) return ' holds what is not a whole number';
	return value.length < 5 || isObject(value[4]) ? undefined : '[4] is not an object';
};
const numbers = list(integer);
const columns: Check = (value) => {
	const wrong = tuple(numbers, numbers, numbers, numbers)(value);
	if (wrong !== undefined) return wrong;
	const lengths = new Set((value as readonly (readonly number[])[]).map((column) => column.length));
	return lengths.size === 1 ? undefined : ' has lists of different lengths';
};
const own = tuple(integer, object({}));
const event: Check = (value) => {
	if (!Array.isArray(value)) return isObject(value) ? undefined : ' is not an object';
	if (value.length < 4 || value.length > 5) return ' is not a list of 4 or 5';
	for (const at of [0, 1, 3]) if (!Number.isSafeInteger(value[at])) return ' holds what is not a whole number';
	return value.length < 5 || isObject(value[4]) ? undefined : '[4] is not an object';
};
const head = { table: text, process: integer, id: text, startedAt: text, durationNs: number };
const common = { ...head, request: object({ method: text, path: text }), summary: object({}) };
const optional = {
	response: object({}),
	frames: list(object({ location: integer })),
	sources: list(integer),
	events: list(event),
};
const packedOf: Readonly<Record<number, Check>> = {
	1: object({ ...common, stages: list(row) }, optional),
	2: object({ ...common, stages: columns, own: list(own), encodeNs: integer }, optional),
	// The rest is checked once it is written out.
	3: object(head),
	4: object(head),
};

export function isPacked(value: unknown): value is Fields & { readonly packed: number } {
	return isObject(value) && typeof value['packed'] === 'number';
}

/** What is wrong with a packed capture, in words; undefined when it can be unpacked with its table. */
export const packedProblem: Check = (value) =>
	isPacked(value) ? (packedOf[value.packed] ?? (() => '.packed is no version'))(value) : ' is not packed';

/** Since packing 2 the text of the response's body may stand behind the document, after a line end. */
export function partsOf(data: Uint8Array): { readonly document: Uint8Array; readonly body?: Uint8Array } {
	const end = data.indexOf(0x0a);
	return end < 0 ? { document: data } : { document: data.subarray(0, end), body: data.subarray(end + 1) };
}

/** The document with what stands behind it: its body's text, and what writing it took; undefined where that is cut off. */
export function joined(
	document: Fields & { readonly packed: number },
	body: Uint8Array | undefined,
	behind: Uint8Array,
): (Fields & { readonly packed: number }) | undefined {
	if (behind.length < 8) return undefined;
	const encodeNs = Number(new DataView(behind.buffer, behind.byteOffset, 8).getBigUint64(0));
	if (!body) return { ...document, encodeNs };
	return { ...document, encodeNs, bodyText: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body) };
}

/** The name of the table's file, which stands beside the capture; undefined where it is none that could be a file's. */
export function tableFile(value: Fields): string | undefined {
	const { table } = value;
	return typeof table === 'string' && /^[0-9a-z]+-\d+$/.test(table) ? `${table}.process.jsonl` : undefined;
}

/** The entries of a table, one a line; a last line without its end is still being written. */
export function tableEntries(content: string): readonly unknown[] {
	return content
		.split('\n')
		.slice(0, -1)
		.map((line): unknown => {
			try {
				return JSON.parse(line);
			} catch {
				return undefined;
			}
		});
}

/**
 * The document with everything in its place, to be checked as any other; `value` has no `packedProblem`. A text says
 * which entry the table lacks.
 */
export function unpack(value: Fields, table: readonly unknown[]): Fields | string {
	try {
		const unpacking = new Unpacking(table);
		const packing = Number(value['packed']);
		if (packing < 3) return unpacking.capture(value);
		const lined = packing < 4 ? value : linesWrittenOut(value);
		if (typeof lined === 'string') return lined;
		const whole = writtenOut(lined, (at) => unpacking.entry(at));
		return packedProblem(whole)?.replace(/^/, 'what its numbers stand for is wrong: ') ?? unpacking.capture(whole);
	} catch (error) {
		if (error instanceof Lacking) return error.message;
		throw error;
	}
}

class Lacking extends Error {}

class Unpacking {
	constructor(private readonly table: readonly unknown[]) {}

	capture(value: Fields): Fields {
		const { packed: _packed, table: _table, own: _own, bodyText, ...rest } = value;
		const { id, startedAt, durationNs } = value;
		const request = value['request'] as Fields;
		const { status, contentType } = (value['response'] ?? {}) as Fields;
		const process = this.fields(value['process']);
		return {
			losses: [],
			...rest,
			...(bodyText === undefined ? {} : { response: withBody(value['response'], bodyText) }),
			process,
			stages: this.stages(rowsOf(value)),
			...this.each(value, 'events', (event: unknown) => this.event(event)),
			...this.each(value, 'frames', (frame: Fields) => ({ ...frame, location: this.entry(frame['location']) })),
			...(value['sources'] === undefined ? {} : { sources: this.sources(value['sources'] as readonly number[]) }),
			summary: {
				...{ id, startedAt, durationNs, method: request['method'], path: request['path'] },
				...{ queries: 0, queryNs: 0, static: false, pid: process['pid'] },
				...(status === undefined ? {} : { status }),
				...(contentType === undefined ? {} : { contentType }),
				...(value['summary'] as Fields),
			},
		};
	}

	entry(at: unknown): unknown {
		const entry = typeof at === 'number' ? this.table[at] : undefined;
		if (entry === undefined) throw new Lacking(`entry ${String(at)} of the process's table is missing`);
		return entry;
	}

	private fields(at: unknown): Fields {
		const entry = this.entry(at);
		if (!isObject(entry)) throw new Lacking(`entry ${String(at)} of the process's table is of another kind`);
		return entry;
	}

	private each<Item>(value: Fields, name: string, restore: (item: Item) => Fields): Fields {
		const items = value[name];
		return Array.isArray(items) ? { [name]: items.map((item: Item) => restore(item)) } : {};
	}

	private sources(numbers: readonly number[]): Fields {
		const pairs = numbers.map((at): [string, unknown] => {
			const entry = this.entry(at);
			if (!Array.isArray(entry)) throw new Lacking(`entry ${at} of the process's table is of another kind`);
			const [file, hash] = entry as readonly unknown[];
			return [String(file), hash];
		});
		return Object.fromEntries(pairs);
	}

	private stages(rows: readonly Row[]): readonly Fields[] {
		const isWayOut = (entry: number) => this.fields(entry)['kind'] === 'middleware.response';
		const nested = new Map<number, number>();
		for (const [entry, , took, link = 0] of rows)
			if (link !== 0 && !isWayOut(entry)) nested.set(link, (nested.get(link) ?? 0) + took);
		let start = 0;
		return rows.map(([entry, since, took, link = 0, own = {}], index) => {
			const { detail: usual, ...head } = this.fields(entry);
			start += since;
			const back = isWayOut(entry);
			const startNs = Math.max(0, start);
			const endNs = Math.max(0, start + took);
			const { detail, events, ...more } = own;
			return {
				id: index + 1,
				...(link !== 0 && !back ? { parent: link } : {}),
				...head,
				startNs,
				endNs,
				selfNs: Math.max(0, endNs - startNs - (nested.get(index + 1) ?? 0)),
				outcome: 'passed',
				changes: [],
				...more,
				events: Array.isArray(events) ? events.map((event: unknown) => this.event(event)) : [],
				detail: {
					...(isObject(usual) ? usual : {}),
					...(isObject(detail) ? this.detail(detail) : {}),
					...(link !== 0 && back ? { enteredBy: link } : {}),
				},
			};
		});
	}

	private detail(detail: Fields): Fields {
		const { wrappers, actionLocation, tried, matched, ...rest } = detail;
		return {
			...rest,
			...(wrappers === undefined ? {} : { wrappers: this.entry(wrappers) }),
			...(actionLocation === undefined ? {} : { actionLocation: this.entry(actionLocation) }),
			...(Array.isArray(tried) ? { tried: tried.map((one: unknown) => this.tried(one)) } : {}),
			...(isObject(matched) ? { matched: this.matched(matched) } : {}),
		};
	}

	private repeated([entry, atNs, durationNs, location, own]: EventRow): Fields {
		const { kind, detail } = this.fields(entry);
		return {
			...{ kind, atNs },
			...(durationNs === null ? {} : { durationNs }),
			...(location < 0 ? {} : { location: this.entry(location) }),
			detail: { ...(isObject(detail) ? detail : {}), ...own },
		};
	}

	private tried(one: unknown): unknown {
		if (!Array.isArray(one)) return this.entry(one);
		const [at, rest] = one as readonly unknown[];
		return { ...this.fields(at), rest };
	}

	private matched(matched: Fields): Fields {
		const { viewLocation } = matched;
		return viewLocation === undefined ? matched : { ...matched, viewLocation: this.entry(viewLocation) };
	}

	private event(event: unknown): Fields {
		if (Array.isArray(event)) return this.repeated(event as unknown as EventRow);
		if (!isObject(event)) return {};
		return event['location'] === undefined ? event : { ...event, location: this.entry(event['location']) };
	}
}

/** The text of the response's body stands behind the document in the file. */
function withBody(response: unknown, bodyText: unknown): Fields {
	const shown = isObject(response) ? response : {};
	const body = isObject(shown['body']) ? shown['body'] : {};
	return { ...shown, body: { ...body, text: bodyText } };
}

/** The rows of the stages; packing 2 has them by columns, and apart what is their own. */
function rowsOf(value: Fields): readonly Row[] {
	if (value['packed'] === 1) return value['stages'] as readonly Row[];
	const [entries, since, took, links] = value['stages'] as readonly (readonly number[])[];
	const own = new Map(value['own'] as readonly (readonly [number, Fields])[]);
	return (entries ?? []).map((entry, at) => [entry, since?.[at] ?? 0, took?.[at] ?? 0, links?.[at] ?? 0, own.get(at + 1) ?? {}]);
}

/** An entry of the table, nanoseconds since the request's start and until its end, a location's entry or -1, its own detail. */
type EventRow = readonly [entry: number, atNs: number, durationNs: number | null, location: number, own?: Fields];

/** An entry of the table, nanoseconds since the stage before, nanoseconds it took, what it is linked with, what is its own. */
type Row = readonly [entry: number, since: number, took: number, link?: number, own?: Fields];
