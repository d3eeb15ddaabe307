import type { Hover } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ModelIndex } from '../modelIndex';
import { urlNamesOf } from '../urlNames';

/** Over a URL name: the paths of its routes, the arguments they take, and the view they reach. */
export function hover(document: TextDocument, offset: number, indexes: readonly ModelIndex[]): Hover | undefined {
	const use = urlNamesOf(document.languageId, document.getText()).find((one) => one.start <= offset && offset <= one.end);
	if (!use) return undefined;
	const routes = indexes.flatMap((index) => index.byName.get(use.name) ?? []);
	if (routes.length === 0) return undefined;
	const value = routes
		.slice(0, 10)
		.map((route) => `\`${route.fullPath}\`${route.view ? ` → \`${route.view}\`` : ''}`)
		.join('  \n');
	const range = { start: document.positionAt(use.start), end: document.positionAt(use.end) };
	return { contents: { kind: 'markdown', value }, range };
}
