import * as assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationTarget, commands, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { activated, eventually } from '../extension';

/** By the name that the panel's tests use: VS Code's own id of the theme. */
const ids = {
	dark: 'Dark Modern',
	light: 'Light Modern',
	'dark-2026': 'Dark 2026',
	'light-2026': 'Light 2026',
	'hc-dark': 'Default High Contrast',
	'hc-light': 'Default High Contrast Light',
} as const;

interface Theme {
	readonly id: string;
	readonly body: readonly string[];
	readonly variables: Readonly<Record<string, string>>;
}

/** Tells of every custom property that VS Code gives a page. */
const page = `<!DOCTYPE html><html><body><script>
const api = acquireVsCodeApi();
window.addEventListener('message', () => {
	const { style } = document.documentElement;
	const names = [...style].filter((name) => name.startsWith('--vscode-'));
	api.postMessage({
		id: document.body.dataset.vscodeThemeId,
		body: [...document.body.classList].filter((name) => name.startsWith('vscode-')),
		variables: Object.fromEntries(names.map((name) => [name.slice(9), style.getPropertyValue(name)])),
	});
});
</script></body></html>`;

describe('the theme', () => {
	let panel: WebviewPanel;
	let told: Theme | undefined;

	before(() => {
		panel = window.createWebviewPanel('requestCycle.themes', 'Themes', ViewColumn.Active, { enableScripts: true });
		panel.webview.onDidReceiveMessage((theme: Theme) => {
			told = theme;
		});
		panel.webview.html = page;
	});

	after(async () => {
		panel.dispose();
		await workspace.getConfiguration('workbench').update('colorTheme', undefined, ConfigurationTarget.Global);
		await commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('gives the panel every colour that it has no other for, under each kind', async function () {
		this.timeout(120_000);
		const root = (await activated()).extension.extensionPath;
		const folder = join(root, 'src/webview');
		const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(?:css|ts)$/.test(file));
		const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
		const used = new Set(texts.flatMap((text) => [...text.matchAll(/--vscode-([\w-]+)/g)].map((match) => match[1] ?? '')));
		const needed = new Set(
			texts.flatMap((text) => [...text.matchAll(/var\(--vscode-([\w-]+)\)/g)].map((match) => match[1] ?? '')),
		);
		// High contrast has borders where the others have shades.
		const shades = /(?:hoverBackground|Background)$/i;
		const found: Record<string, { body: readonly string[]; variables: Record<string, string> }> = {};
		for (const [name, id] of Object.entries(ids)) {
			await workspace.getConfiguration('workbench').update('colorTheme', id, ConfigurationTarget.Global);
			const theme = await eventually(`${id} is there`, async () => {
				await panel.webview.postMessage('tell');
				return told?.id === id && Object.keys(told.variables).length > 0 ? told : undefined;
			}).catch(() => undefined);
			// The newest themes are not in every VS Code that is supported.
			if (!theme && name.endsWith('2026')) continue;
			assert.ok(theme, `${id} can be chosen`);
			const absent = [...needed].filter((one) => !theme.variables[one] && !(name.startsWith('hc') && shades.test(one)));
			assert.deepEqual(absent, [], id);
			const variables = Object.fromEntries(
				[...used].sort().flatMap((one) => (theme.variables[one] ? [[one, theme.variables[one]]] : [])),
			);
			found[name] = { body: theme.body, variables };
		}
		assert.ok(['dark', 'light', 'hc-dark', 'hc-light'].every((name) => found[name]));
		// What the panel's own tests and pictures are dressed in: test/panel/themes.json is a copy of this.
		await mkdir(join(root, 'out'), { recursive: true });
		await writeFile(join(root, 'out/themes.json'), `${JSON.stringify(found, undefined, '\t')}\n`);
	});
});
