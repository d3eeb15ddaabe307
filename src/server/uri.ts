import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Location, Range } from 'vscode-languageserver';
import type { Place } from '../shared/model';

/** The path of a `file:` URI; undefined for any other, and for one that names no path. */
export function pathOf(uri: string): string | undefined {
	try {
		return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
	} catch {
		return undefined;
	}
}

/** The `file:` URI of a path. */
export function uriOf(path: string): string {
	return pathToFileURL(path).href;
}

/** A place as an LSP range; without columns it is the start of the line. */
export function rangeOf(place: Place): Range {
	const line = Math.max(0, place.line - 1);
	const character = place.column ?? 0;
	const endLine = place.endColumn === undefined ? line : Math.max(line, (place.endLine ?? place.line) - 1);
	return { start: { line, character }, end: { line: endLine, character: place.endColumn ?? character } };
}

/** The place as the LSP has it. */
export function locationOf(place: Place): Location {
	return { uri: uriOf(place.file), range: rangeOf(place) };
}
