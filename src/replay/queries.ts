/** Queries by shape: what repeats, and the line that makes it repeat. */
import type { Capture, CycleEvent, Location } from '../shared/capture';
import type { EventRef, QueryGroup } from '../shared/story';

/** As many of one shape from one line with different parameters are called N+1. */
const nPlusOneFrom = 3;

interface Query {
	readonly ref: EventRef;
	readonly event: CycleEvent;
}

/** Groups in the order of their first query. */
export function queryGroups(capture: Capture): readonly QueryGroup[] {
	const groups = new Map<string, Query[]>();
	const shapes = new Map<string, string>();
	const shapeOf = (sql: string) => {
		const known = shapes.get(sql) ?? sqlShape(sql);
		shapes.set(sql, known);
		return known;
	};
	for (const query of queriesOf(capture)) {
		const { sql = '', shape = shapeOf(sql), alias = 'default' } = query.event.detail;
		const key = `${alias}\0${shape}`;
		const group = groups.get(key);
		if (group) group.push(query);
		else groups.set(key, [query]);
	}
	return [...groups.values()].map(groupOf);
}

function queriesOf(capture: Capture): readonly Query[] {
	const of = (stage: number, events: readonly CycleEvent[]) =>
		events.flatMap((event, at) => (event.kind === 'sql' ? [{ ref: { stage, event: at }, event }] : []));
	const all = [...capture.stages.flatMap((stage) => of(stage.id, stage.events)), ...of(-1, capture.events ?? [])];
	return all.sort((a, b) => a.event.atNs - b.event.atNs);
}

function groupOf(group: readonly Query[]): QueryGroup {
	const first = group[0]?.event.detail;
	const cause = mostCommon(group);
	const texts = new Set<string>();
	const variants = new Set<string>();
	let fromLocation = 0;
	for (const { event } of group) {
		const text = `${event.detail.sql}\0${event.detail.params}`;
		texts.add(text);
		if (!sameLine(event.location, cause)) continue;
		fromLocation++;
		variants.add(text);
	}
	return {
		shape: first?.shape ?? sqlShape(first?.sql ?? ''),
		queries: group.map(({ ref }) => ref),
		totalNs: group.reduce((sum, { event }) => sum + (event.durationNs ?? 0), 0),
		duplicates: group.length - texts.size,
		...(cause === undefined ? {} : { location: cause }),
		fromLocation,
		nPlusOne: cause !== undefined && variants.size >= nPlusOneFrom && /^\s*(?:select|with)\b/i.test(first?.sql ?? ''),
	};
}

function mostCommon(group: readonly Query[]): Location | undefined {
	const counts = new Map<string, { location: Location; count: number }>();
	for (const { event } of group) {
		if (event.location === undefined) continue;
		const key = `${event.location.file}\0${event.location.line}`;
		const known = counts.get(key);
		if (known) known.count++;
		else counts.set(key, { location: event.location, count: 1 });
	}
	let best: { location: Location; count: number } | undefined;
	for (const entry of counts.values()) if (best === undefined || entry.count > best.count) best = entry;
	return best?.location;
}

const sameLine = (a: Location | undefined, b: Location | undefined) =>
	a !== undefined && b !== undefined && a.file === b.file && a.line === b.line;

/** SQL with its literals and parameters put away: the same text for queries that differ only in those. */
function sqlShape(sql: string): string {
	return sql
		.replace(/'(?:[^']|'')*'/g, '?')
		.replace(/\b\d+(?:\.\d+)?\b/g, '?')
		.replace(/%s|%\(\w+\)s/g, '?')
		.replace(/\(\s*\?(?:\s*,\s*\?)+\s*\)/g, '(?, …)')
		.replace(/\s+/g, ' ')
		.trim();
}
