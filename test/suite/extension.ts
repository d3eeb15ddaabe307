import * as assert from 'node:assert/strict';
import { extensions, Uri, type WorkspaceFolder, workspace } from 'vscode';
import type { Api } from '../../src/extension';

/** The extension as it runs in this VS Code. */
export async function activated(): Promise<Api> {
	const extension = extensions.getExtension<Api>('request-cycle.django-request-cycle');
	assert.ok(extension, 'the extension is there');
	return extension.activate();
}

export function projectFolder(): WorkspaceFolder {
	const [folder] = workspace.workspaceFolders ?? [];
	assert.ok(folder, 'a folder is open');
	return folder;
}

/** Path of a file of the opened project. */
export function projectFile(...parts: readonly string[]): string {
	return Uri.joinPath(projectFolder().uri, ...parts).fsPath;
}

/** Waits until `look` gives something, and fails with `what` after `seconds`. */
export async function eventually<T>(
	what: string,
	look: () => T | undefined | false | Promise<T | undefined | false>,
	seconds = 20,
): Promise<T> {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const found = await look();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > end) throw new Error(`It did not happen within ${seconds} s: ${what}`);
		await new Promise((done) => setTimeout(done, 50));
	}
}

/** The line (from 1) of the first one that holds `text`. */
export async function lineOf(file: string, text: string): Promise<number> {
	const document = await workspace.openTextDocument(Uri.file(file));
	const at = document.getText().indexOf(text);
	assert.ok(at >= 0, `${text} stands in ${file}`);
	return document.positionAt(at).line + 1;
}
