import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
	Command,
	ContextKey,
	CustomEditor,
	DebugType,
	RowWord,
	rowCommands,
	Setting,
	section,
	View,
	Walkthrough,
} from '../../../src/ids';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { contributes } = manifest;
const sorted = (values: readonly string[]) => [...values].sort();
const ids = (list: readonly { readonly command: string }[]) => list.map((entry) => entry.command);

describe('ids', () => {
	it('are the commands that package.json contributes', () => {
		assert.deepEqual(sorted(ids(contributes.commands)), sorted(Object.values(Command)));
	});

	it('are the settings that package.json contributes', () => {
		const settings = Object.values(Setting).map((name) => `${section}.${name}`);
		assert.deepEqual(sorted(Object.keys(contributes.configuration.properties)), sorted(settings));
	});

	it('are the views, the custom editor, the debugger and the walkthrough', () => {
		assert.deepEqual(
			contributes.views[View.container].map((view: { id: string }) => view.id),
			[View.cycle, View.requests],
		);
		assert.deepEqual(contributes.customEditors[0].viewType, CustomEditor);
		assert.deepEqual(contributes.debuggers[0].type, DebugType);
		assert.deepEqual(contributes.walkthroughs[0].id, Walkthrough);
	});

	it('are what menus name: commands that exist, context keys and row words that are set', () => {
		const keys = new Set<string>(Object.values(ContextKey));
		const words = new Set<string>(Object.values(RowWord));
		for (const [menu, entries] of Object.entries<{ command: string; when?: string }[]>(contributes.menus)) {
			for (const { command, when = '' } of entries) {
				assert.ok(ids(contributes.commands).includes(command), `${menu}: ${command}`);
				for (const [key] of when.matchAll(/requestCycle\.[A-Za-z]+/g)) {
					assert.ok(keys.has(key) || key === View.cycle || key === View.requests, `${menu}, ${command}: ${key}`);
				}
				for (const [, word] of when.matchAll(/viewItem =~ \/\\b(\w+)\\b\//g))
					assert.ok(words.has(word ?? ''), `${command}: ${word}`);
			}
		}
	});

	it('are commands that a welcome text or a walkthrough links to', () => {
		const texts = [
			...contributes.viewsWelcome.map((one: { contents: string }) => one.contents),
			...contributes.walkthroughs[0].steps.map((one: { description: string }) => one.description),
		].join('\n');
		const focus = [View.cycle, View.requests].map((view) => `${view}.focus`);
		const known = new Set<string>([...Object.values(Command), ...focus]);
		for (const [, id] of texts.matchAll(/command:(requestCycle\.[\w.]+)/g)) assert.ok(known.has(id ?? ''), id);
	});

	it('keep commands of rows out of the palette', () => {
		const hidden = contributes.menus.commandPalette.filter((entry: { when: string }) => entry.when === 'false');
		for (const command of rowCommands) assert.ok(ids(hidden).includes(command), command);
	});
});
