import type { Location } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Place } from '../../shared/model';
import type { ModelIndex } from '../modelIndex';
import { locationOf } from '../uri';

/** From the line of a view's `def` or `class` to the `path()` lines of the routes that reach it. */
export function references(document: TextDocument, path: string, offset: number, indexes: readonly ModelIndex[]): Location[] {
	const line = document.positionAt(offset).line + 1;
	const reaches = (place: Place | undefined) => place?.file === path && place.line === line;
	const places = indexes.flatMap((index) =>
		index.routes
			.filter((route) => reaches(route.place) || route.methods?.some((method) => reaches(method.place)))
			.flatMap((route) => route.registered ?? route.site ?? route.projectSite ?? []),
	);
	return [...new Map(places.map((place) => [`${place.file}:${place.line}`, place])).values()].map(locationOf);
}
