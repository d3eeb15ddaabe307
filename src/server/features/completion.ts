import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ModelIndex } from '../modelIndex';
import { urlNamesOf } from '../urlNames';

/** URL names inside the strings that take one. A name is replaced as a whole, colons included. */
export function completion(document: TextDocument, offset: number, indexes: readonly ModelIndex[]): CompletionItem[] {
	const use = urlNamesOf(document.languageId, document.getText()).find((one) => one.start <= offset && offset <= one.end);
	if (!use) return [];
	const range = { start: document.positionAt(use.start), end: document.positionAt(use.end) };
	const items = new Map<string, CompletionItem>();
	for (const index of indexes) {
		for (const [name, routes] of index.byName) {
			const first = routes[0];
			if (!first || items.has(name)) continue;
			items.set(name, {
				label: name,
				kind: CompletionItemKind.Reference,
				detail: first.fullPath,
				...(first.view ? { documentation: first.view } : {}),
				filterText: name,
				textEdit: { range, newText: name },
			});
		}
	}
	return [...items.values()];
}
