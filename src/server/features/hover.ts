import type { Hover } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { RouteInfo } from '../../shared/model';
import { basename } from '../../shared/path';
import type { ModelIndex } from '../modelIndex';
import { uriOf } from '../uri';
import { urlNamesOf } from '../urlNames';

/** Over a URL name: the paths of its routes, the arguments they take, and the view they reach. */
export function hover(document: TextDocument, offset: number, indexes: readonly ModelIndex[]): Hover | undefined {
	const use = urlNamesOf(document.languageId, document.getText()).find((one) => one.start <= offset && offset <= one.end);
	if (!use) return undefined;
	const routes = indexes.flatMap((index) => index.byName.get(use.name) ?? []);
	if (routes.length === 0) return undefined;
	const value = routes
		.slice(0, 10)
		.map((route) => `\`${route.fullPath}\`${route.view ? ` → \`${route.view}\`` : ''}${registration(route)}`)
		.join('  \n');
	const range = { start: document.positionAt(use.start), end: document.positionAt(use.end) };
	return { contents: { kind: 'markdown', value }, range };
}

/** The router's `register()` call, as a link. */
function registration({ registered }: RouteInfo): string {
	if (!registered) return '';
	return ` · registered in [${basename(registered.file)}:${registered.line}](${uriOf(registered.file)}#L${registered.line})`;
}
