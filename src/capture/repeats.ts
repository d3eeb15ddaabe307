/**
 * What came before, of a packed capture: since packing 3 the number of an entry of the process's table stands for it. So
 * may the request, the response, what stages have of their own and the summary, each as a whole, or else, inside them,
 * headers, changes and details; and the columns of how stages follow one another.
 */
import { isObject } from './shape';

type Fields = Readonly<Record<string, unknown>>;

/** The document of packing 3 as one of packing 2, to be checked as such; `entry` gives what a number stands for. */
export function writtenOut(value: Fields, entry: (at: number) => unknown): Fields {
	const given = (part: unknown): unknown => (typeof part === 'number' ? entry(part) : part);
	const each = (fields: Fields, name: string): Fields => {
		const items = fields[name];
		return Array.isArray(items) ? { [name]: items.map(given) } : {};
	};
	const inside = (part: unknown, how: (fields: Fields) => Fields): unknown => (isObject(part) ? { ...part, ...how(part) } : part);
	const message = (part: unknown): unknown => inside(given(part), (fields) => each(fields, 'headers'));
	const own = (fields: unknown): unknown =>
		inside(fields, (one) => ({ ...each(one, 'changes'), ...('detail' in one ? { detail: given(one['detail']) } : {}) }));
	const { readyNs, sentNs, stageEvents, ...rest } = value;
	const response = message(rest['response']);
	const times = { ...(readyNs === undefined ? {} : { readyNs }), ...(sentNs === undefined ? {} : { sentNs }) };
	return {
		...rest,
		packed: 2,
		request: message(rest['request']),
		...(isObject(response) ? { response: { ...response, ...times } } : {}),
		...each(rest, 'stages'),
		own: withEvents(
			pairs(given(rest['own'])).map(([stage, fields]) => [stage, own(fields)]),
			stageEvents,
		),
		summary: given(rest['summary']),
	};
}

/** Events stand apart since packing 3; before, among what the stage has of its own. */
function withEvents(
	own: readonly (readonly [unknown, unknown])[],
	stageEvents: unknown,
): readonly (readonly [unknown, unknown])[] {
	const found = new Map(own);
	for (const [stage, events] of pairs(stageEvents)) {
		const fields = found.get(stage) ?? {};
		found.set(stage, isObject(fields) ? { ...fields, events } : fields);
	}
	return [...found];
}

/** What is no list of pairs is left as the nearest that is none, for the check to find. */
function pairs(value: unknown): readonly (readonly [unknown, unknown])[] {
	if (!Array.isArray(value)) return value === undefined ? [] : [[value, value]];
	return value.map((pair: unknown): [unknown, unknown] => (Array.isArray(pair) ? [pair[0], pair[1]] : [pair, undefined]));
}
