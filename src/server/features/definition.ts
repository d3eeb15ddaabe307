import type { Location } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ModelIndex } from '../modelIndex';
import { locationOf } from '../uri';
import { dottedPaths, urlNamesOf } from '../urlNames';

/**
 * From a URL name (`{% url %}`, `reverse()`, `redirect()`, …) to the `path()` lines of that name, and from a dotted path
 * in a Python string (`include("shop.urls")`, an entry of `MIDDLEWARE`) to what it names.
 */
export function definition(document: TextDocument, offset: number, indexes: readonly ModelIndex[]): Location[] {
	const text = document.getText();
	const use = urlNamesOf(document.languageId, text).find((one) => one.start <= offset && offset <= one.end);
	if (use) return distinct(indexes.flatMap((index) => routePlaces(index, use.name)).map(locationOf));
	if (document.languageId !== 'python') return [];
	const path = dottedPaths(text).find((one) => one.start <= offset && offset <= one.end);
	if (!path) return [];
	return distinct(indexes.flatMap((index) => index.byDottedPath.get(path.value) ?? []).map(locationOf));
}

function routePlaces(index: ModelIndex, name: string) {
	return (index.byName.get(name) ?? []).flatMap((route) => route.registered ?? route.site ?? route.projectSite ?? []);
}

function distinct(locations: readonly Location[]): Location[] {
	return [...new Map(locations.map((location) => [`${location.uri}#${location.range.start.line}`, location])).values()];
}
