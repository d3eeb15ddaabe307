import { lineBreaks } from '../../python/syntax/lines';
import type { TextEdit } from '../../python/values';
import type { Place, ProjectModel, UrlEntry } from '../../shared/model';

/** Where the lines of an edited file are now: 1-based lines. */
export interface LineMap {
	readonly file: string;
	lineNow(line: number): number;
	/** Where something ends now that ended on this line. */
	endNow(line: number): number;
}

/**
 * The line map of an edit that replaced `from` to `to`; `part` is all in which the texts differ. `ends`: what ended on the first of these lines ends on the second now.
 * Undefined when every line stays where it is.
 */
export function lineMap(
	file: string,
	before: string,
	edit: { readonly from: number; readonly to: number },
	after: string,
	part: TextEdit,
	ends?: readonly [before: number, now: number],
): LineMap | undefined {
	// A line break may be a pair of characters, of which one stood there before.
	const start = Math.max(0, part.from - 1);
	const delta = lineBreaks(after, part.from + part.length, start) - lineBreaks(before, part.to, start);
	if (delta === 0 && (!ends || ends[0] === ends[1])) return undefined;
	const head = before.slice(0, edit.from);
	const begun = head.slice(Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1).trim() !== '';
	// What stands on the line before the edit stays there.
	const stays = lineBreaks(before, edit.from) + (begun ? 1 : 0);
	const last = lineBreaks(before, edit.to) + 1;
	const lineNow = (line: number) => (line <= stays ? line : line >= last ? line + delta : Math.max(stays + 1, line + delta));
	return { file, lineNow, endNow: (line) => (ends && line === ends[0] ? ends[1] : lineNow(line)) };
}

/** The place after the edit; itself when it has not moved. */
function movedPlace<T extends Place | undefined>(place: T, map: LineMap): T {
	if (place === undefined || place.file !== map.file || place.line === 0) return place;
	const line = map.lineNow(place.line);
	const endLine = place.endLine === undefined ? undefined : Math.max(line, map.endNow(place.endLine));
	if (line === place.line && endLine === place.endLine) return place;
	return { ...place, line, ...(endLine === undefined ? {} : { endLine }) };
}

/** A value of the model with every place in it moved; itself when none has. */
export function moved<T>(value: T, map: LineMap): T {
	return movedJson(value, map) as T;
}

function movedJson(value: unknown, map: LineMap): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) {
		let out: unknown[] | undefined;
		for (let at = 0; at < value.length; at++) {
			const item = movedJson(value[at], map);
			if (item !== value[at]) out ??= value.slice();
			if (out) out[at] = item;
		}
		return out ?? value;
	}
	if (isPlace(value)) return movedPlace(value, map);
	let out: Record<string, unknown> | undefined;
	for (const [name, one] of Object.entries(value)) {
		if (typeof one !== 'object' || one === null) continue;
		const item = movedJson(one, map);
		if (item === one) continue;
		out ??= { ...value };
		out[name] = item;
	}
	return out ?? value;
}

const isPlace = (value: object): value is Place => 'file' in value && 'line' in value;

/** An entry's own places, not those of what it includes. */
export function movedEntry(entry: UrlEntry, map: LineMap): UrlEntry {
	if (entry.type === 'unknown') return moved(entry, map);
	const out: Record<string, unknown> = {};
	let changed = false;
	for (const name of placed) {
		const value = (entry as unknown as Readonly<Record<string, unknown>>)[name];
		if (value === undefined) continue;
		const now = movedJson(value, map);
		if (now === value) continue;
		out[name] = now;
		changed = true;
	}
	return changed ? ({ ...entry, ...out } as UrlEntry) : entry;
}

/** An entry's own places, not those of what it includes. */
export function placesOf(entry: UrlEntry): readonly Place[] {
	const found: Place[] = [];
	if (entry.type === 'unknown') collect(entry, found);
	else for (const name of placed) collect((entry as unknown as Readonly<Record<string, unknown>>)[name], found);
	return found;
}

function collect(value: unknown, found: Place[]): void {
	if (typeof value !== 'object' || value === null) return;
	if (!Array.isArray(value) && isPlace(value)) found.push(value);
	else for (const one of Object.values(value)) collect(one, found);
}

const placed = ['place', 'site', 'projectSite', 'registered', 'methods', 'problem'] as const;

/** All of the model but its URL trees. */
export function movedModel(model: ProjectModel, map: LineMap): ProjectModel {
	const { urls: _, otherRoots: __, ...rest } = model;
	return { ...model, ...moved(rest, map) };
}
