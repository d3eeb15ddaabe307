// The variables that VS Code gives a webview, for its kinds of theme: VS Code's own, as test/suite/main/themes.test.ts reads
// them from one that runs (out/themes.json); here only the fonts are those that this machine has.
import { readFileSync } from 'node:fs';

const fonts = {
	'font-family': 'system-ui, "Segoe UI", Ubuntu, "DejaVu Sans", sans-serif',
	'font-size': '13px',
	'editor-font-family': '"Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace',
	'editor-font-size': '14px',
};

/** By name: the classes that VS Code gives the page's body, and the variables by theirs. */
export const themes = Object.fromEntries(
	Object.entries(JSON.parse(readFileSync(new URL('./themes.json', import.meta.url), 'utf8'))).map(
		([name, { body, variables }]) => [name, { body, variables: { ...variables, ...fonts } }],
	),
);
