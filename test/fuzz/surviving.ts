/** Which lines of routes a damage leaves alone. */

import { lineTable } from '../../src/python/syntax/lines';
import type { UrlEntry } from '../../src/shared/model';
import type { Damage } from './mutate';

export function countRoutes(entries: readonly UrlEntry[]): number {
	return entries.reduce((sum, entry) => sum + (entry.type === 'include' ? countRoutes(entry.children) : 1), 0);
}

/** The lines by file on which an entry is made. */
export function siteLines(entries: readonly UrlEntry[], into = new Map<string, Set<number>>()): Map<string, Set<number>> {
	for (const entry of entries) {
		// What could not be made of a line stands in the tree as well, with the reason.
		const place = entry.type === 'unknown' ? entry.problem.place : entry.site;
		if (place) {
			const lines = into.get(place.file) ?? new Set();
			lines.add(place.line);
			into.set(place.file, lines);
		}
		if (entry.type === 'include') siteLines(entry.children, into);
	}
	return into;
}

/** The lines, as they are numbered after the damage, of the routes that it didn't touch. */
export function survivingLines(original: string, damaged: Damage, sites: ReadonlySet<number>): readonly number[] {
	const table = lineTable(original);
	const first = table.lineAt(damaged.start);
	const last = table.lineAt(damaged.end);
	const touched = original.slice(table.lineStart(first), table.lineStart(last + 1));
	// Without the list's own first line there may be no list; without an import, no name.
	if (/urlpatterns|import/.test(touched)) return [];
	const rows = original.split(/\r\n?|\n/);
	if (enclosing(rows, first).some((outer) => /^\s*(?:from|import)\b/.test(rows[outer - 1] ?? ''))) return [];
	const added = breaks(damaged.text.slice(damaged.start, damaged.start + damaged.inserted)) - (last - first);
	// A list that the damaged call includes is mounted by nothing else: `path('email/', include((email_patterns, 'email')))`.
	const named = new Set(rows.slice(Math.max(0, first - 4), last + 3).flatMap((row) => row.match(/[A-Za-z_]\w*/g) ?? []));
	const listOf = (line: number) => /^\s*(\w+)\s*\+?=\s*[[(]/.exec(rows[(enclosing(rows, line).at(-1) ?? line) - 1] ?? '')?.[1];
	const isNamed = (name: string | undefined) => name !== undefined && name !== 'urlpatterns' && named.has(name);
	// A call of several lines is damaged with any of them, and so it is with what holds it: the list, the function, the class.
	const whole = [...sites].filter(
		(line) =>
			(line < first - 2 || line > last + 2) &&
			!enclosing(rows, line).some((outer) => outer >= first && outer <= last) &&
			!isNamed(listOf(line)),
	);
	return whole.map((line) => (line > last ? line + added : line));
}

/** The lines before `line` that stand further and further to the left: what opens the blocks and brackets around it. */
function enclosing(rows: readonly string[], line: number): readonly number[] {
	const out: number[] = [];
	let indent = indentOf(rows[line - 1] ?? '');
	for (let number = line - 1; number > 0 && indent > 0; number--) {
		const row = rows[number - 1] ?? '';
		if (row.trim() === '' || indentOf(row) >= indent) continue;
		indent = indentOf(row);
		out.push(number);
		// A class or function is what its decorators make of it.
		for (let above = number - 1; /^\s*@/.test(rows[above - 1] ?? ''); above--) out.push(above);
	}
	return out;
}

const indentOf = (row: string): number => row.length - row.trimStart().length;

const breaks = (text: string): number => text.split(/\r\n?|\n/).length - 1;

/** Whether a route's line stands in a block, or in a bracket that is not a list of routes: in a function, class, loop or call. */
export function dependsOn(text: string, line: number): boolean {
	const rows = text.split(/\r\n?|\n/);
	return enclosing(rows, line).some((outer) => !/^\s*urlpatterns\b.*[[(]$/.test(rows[outer - 1] ?? ''));
}
