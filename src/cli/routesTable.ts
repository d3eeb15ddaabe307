import type { ProjectModel, UrlEntry } from '../shared/model';
import { relativePath } from '../shared/path';

/** The routes as a table for people: pattern, name, view, place; includes indent, what is unknown stands in its place. */
export function routesTable(model: ProjectModel): string {
	const rows: string[][] = [];
	const shorten = (file: string) => {
		for (const root of [
			model.root,
			...model.environment.sitePackages,
			...(model.environment.stdlib ? [model.environment.stdlib] : []),
		]) {
			const path = relativePath(file, root);
			if (path) return path;
		}
		return file;
	};
	const visit = (entries: readonly UrlEntry[]): void => {
		for (const entry of entries) {
			if (entry.type === 'include') visit(entry.children);
			else if (entry.type === 'unknown')
				rows.push([
					'?',
					'',
					entry.problem.message,
					entry.problem.place ? `${shorten(entry.problem.place.file)}:${entry.problem.place.line}` : '',
				]);
			else
				rows.push([
					entry.fullPath,
					entry.fullName ?? '',
					entry.view ?? entry.problem?.message ?? '?',
					entry.place ? `${shorten(entry.place.file)}:${entry.place.line || '?'}` : '',
				]);
		}
	};
	visit(model.urls);
	const headed = [['Path', 'Name', 'View', 'Place'], ...rows];
	const widths = [0, 1, 2].map((column) => Math.min(60, Math.max(...headed.map((row) => row[column]?.length ?? 0))));
	return headed
		.map((row) =>
			row
				.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
