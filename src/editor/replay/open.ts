import { Range, Selection, type TextEditor, TextEditorRevealType, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Location } from '../../shared/capture';
import type { Place } from '../../shared/model';
import type { Sources } from './sources';

export interface OpenOptions {
	readonly preserveFocus?: boolean;
	/** Beside the panel rather than over it. */
	readonly beside?: boolean;
}

/** Opens a place in an editor, its line in the middle. Rejects when the file can't be opened. */
export async function openPlace(place: Pick<Place, 'file' | 'line' | 'column'>, options: OpenOptions = {}): Promise<TextEditor> {
	const document = await workspace.openTextDocument(Uri.file(place.file));
	const line = Math.min(Math.max(0, place.line - 1), document.lineCount - 1);
	const at = new Range(line, place.column ?? 0, line, place.column ?? 0);
	const editor = await window.showTextDocument(document, {
		preserveFocus: options.preserveFocus ?? false,
		preview: true,
		viewColumn: columnFor(options),
		selection: new Selection(at.start, at.start),
	});
	editor.revealRange(at, TextEditorRevealType.InCenterIfOutsideViewport);
	return editor;
}

/**
 * Opens a recorded place where it is now. Where that can't be told for certain the file opens at the definition around it, or
 * as it was left, and it is said why: never at a line that may be another. Rejects with the reason when there is no file.
 */
export async function openLocation(sources: Sources, location: Location, options: OpenOptions = {}): Promise<TextEditor> {
	const found = await sources.anchor(location);
	if (!('missing' in found)) return openPlace(found, options);
	const file = sources.fileOf(location.file);
	if (file === undefined) throw new Error(found.missing);
	const line = await sources.around(location);
	const shown = line === undefined ? `It was line ${location.line}.` : `Shown is where ${location.symbol} begins.`;
	// Following the walk passes many lines: only who asked for this one is told so that it can't be overlooked.
	const message = `${found.missing}. ${shown}`;
	if (options.preserveFocus) void window.setStatusBarMessage(`$(warning) ${message}`, 8000);
	else void window.showWarningMessage(message);
	return line === undefined ? openFile(file, options) : openPlace({ file, line }, options);
}

/** Opens a file where the user left it. */
async function openFile(file: string, options: OpenOptions): Promise<TextEditor> {
	const document = await workspace.openTextDocument(Uri.file(file));
	return window.showTextDocument(document, {
		preserveFocus: options.preserveFocus ?? false,
		preview: true,
		viewColumn: columnFor(options),
	});
}

/** A column with a text editor in it, so that the panel stays visible. */
function columnFor({ beside }: OpenOptions): ViewColumn {
	const panel = window.tabGroups.activeTabGroup;
	const text = window.visibleTextEditors.find(
		(editor) => editor.viewColumn !== undefined && editor.document.uri.scheme === 'file',
	);
	if (!beside) return ViewColumn.Active;
	if (text?.viewColumn !== undefined && text.viewColumn !== panel.viewColumn) return text.viewColumn;
	const other = window.tabGroups.all.find((group) => group.viewColumn !== panel.viewColumn);
	return other?.viewColumn ?? ViewColumn.Beside;
}
