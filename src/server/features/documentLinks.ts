import type { DocumentLink } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ModelIndex } from '../modelIndex';
import { uriOf } from '../uri';
import { dottedPaths } from '../urlNames';

/** The dotted paths of `include("…")`, `MIDDLEWARE` and `ROOT_URLCONF` as links to their files. */
export function documentLinks(document: TextDocument, path: string, indexes: readonly ModelIndex[]): DocumentLink[] {
	const settings = indexes.some((index) => index.model.settingsFile === path);
	const urlconf = indexes.some(
		(index) => index.model.rootUrlconf?.file === path || index.includes.some((include) => include.urlconf.file === path),
	);
	if (document.languageId !== 'python' || !(settings || urlconf)) return [];
	return dottedPaths(document.getText()).flatMap((string) => {
		const place = indexes.map((index) => index.byDottedPath.get(string.value)).find((one) => one !== undefined);
		if (!place || !string.value.includes('.')) return [];
		const range = { start: document.positionAt(string.start), end: document.positionAt(string.end) };
		return [{ range, target: `${uriOf(place.file)}#L${place.line}` }];
	});
}
