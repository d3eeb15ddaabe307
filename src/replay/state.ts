/**
 * What request and response were at each moment. The recorder writes what each stage changed; the rest is inferred where
 * that is certain: what a first change found before it was there from the start, and the finished response, with later
 * changes taken back, is the response as it was born.
 */
import type { Capture, Change, Stage, ValuePreview } from '../shared/capture';
import type { StateEntry } from '../shared/story';
import type { Visit } from './order';

export interface StateHistory {
	readonly initial: readonly StateEntry[];
	readonly changes: Readonly<Record<number, readonly Change[]>>;
	readonly final: readonly Change[];
}

/** Headers that the server adds when Django is done. */
const serverHeaders = /^(?:date|server|connection|keep-alive|transfer-encoding)$/i;

/** The capture's changes by stage, what was there before them, and what came after. */
export function historyOf(capture: Capture, order: readonly Visit[]): StateHistory {
	const made = order.filter((visit) => visit.phase !== 'enter' && visit.stage.outcome !== 'skipped').map((visit) => visit.stage);
	const changes: Record<number, readonly Change[]> = {};
	for (const stage of made) if (stage.changes.length > 0) changes[stage.id] = stage.changes;
	const { born, final } = responseHistory(capture, made);
	if (born) changes[born.stage] = [...(changes[born.stage] ?? []), ...born.changes];
	return { initial: initialState(capture, made), changes, final };
}

function initialState(capture: Capture, made: readonly Stage[]): readonly StateEntry[] {
	const { request } = capture;
	const entries = new Map<string, ValuePreview>();
	entries.set('request.method', text(request.method));
	entries.set('request.path', text(request.path));
	if (request.query !== '') entries.set('request.META[QUERY_STRING]', text(request.query));
	if (request.contentType !== undefined) entries.set('request.content_type', text(request.contentType));
	if (request.remoteAddr !== undefined) entries.set('request.META[REMOTE_ADDR]', text(request.remoteAddr));
	for (const [name, value] of request.headers) entries.set(`request.headers[${name}]`, text(value));
	const touched = new Set<string>();
	for (const stage of made) {
		for (const { path, before } of stage.changes) {
			if (!touched.has(path) && before !== undefined && !path.startsWith('response')) entries.set(path, before);
			touched.add(path);
		}
	}
	return [...entries].map(([path, value]) => ({ path, value }));
}

interface Born {
	readonly stage: number;
	readonly changes: readonly Change[];
}

function responseHistory(capture: Capture, made: readonly Stage[]): { born?: Born; final: readonly Change[] } {
	const { response } = capture;
	if (response === undefined) return { final: [] };
	const changed = new Set(made.flatMap((stage) => stage.changes.map((change) => change.path.toLowerCase())));
	const final: Change[] = [];
	const state = new Map<string, { path: string; value: ValuePreview }>();
	state.set('response.status_code', { path: 'response.status_code', value: { type: 'int', repr: String(response.status) } });
	for (const [name, value] of response.headers) {
		const path = /^set-cookie$/i.test(name) ? cookiePath(value) : `response.headers[${name}]`;
		const key = path.toLowerCase();
		if (path.startsWith('response.cookies')) {
			state.set(key, { path, value: text(/^[^=]*=([^;]*)/.exec(value)?.[1] ?? value) });
			continue;
		}
		if (serverHeaders.test(name) && !changed.has(key)) final.push({ path, after: text(value) });
		else state.set(key, { path, value: text(value) });
	}
	const birth = made.findLastIndex(givesBirth);
	const stage = made[birth];
	if (stage === undefined) return { final };
	for (const later of made.slice(birth + 1).reverse()) for (const change of [...later.changes].reverse()) takeBack(state, change);
	const own = new Set(stage.changes.map((change) => change.path.toLowerCase()));
	const inferred = [...state].filter(([key]) => !own.has(key)).map(([, { path, value }]) => ({ path, after: value }));
	return { born: { stage: stage.id, changes: inferred }, final };
}

/** The stage that made the response: a short circuit, a view that returned, a handler of an exception. */
function givesBirth(stage: Stage): boolean {
	if (stage.outcome === 'responded') return true;
	return stage.outcome === 'passed' && (stage.kind === 'view' || stage.kind === 'handler' || stage.kind === 'static');
}

function takeBack(state: Map<string, { path: string; value: ValuePreview }>, { path, before }: Change): void {
	if (!path.startsWith('response')) return;
	if (before === undefined) state.delete(path.toLowerCase());
	else if (state.has(path.toLowerCase())) state.set(path.toLowerCase(), { path, value: before });
}

/** Django keeps cookies apart from the headers: `Set-Cookie: a=1; Path=/` → `response.cookies[a]`. */
const cookiePath = (header: string) => `response.cookies[${/^[^=;]*/.exec(header)?.[0].trim()}]`;

/** As Python's `repr()` of the string, as the recorder's previews have it. */
function text(value: string): ValuePreview {
	const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
	const inner = value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
	return { type: 'str', repr: `${quote}${quote === "'" ? inner.replace(/'/g, "\\'") : inner}${quote}` };
}
