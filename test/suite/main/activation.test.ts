import * as assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { Command } from '../../../src/ids';
import { activated } from '../extension';

describe('activation', () => {
	it('registers every command', async () => {
		await activated();
		const known = new Set(await commands.getCommands(true));
		for (const id of Object.values(Command)) assert.ok(known.has(id), id);
	});

	it('returns before any work: within 100 ms', async () => {
		const extension = extensions.getExtension('request-cycle.django-request-cycle');
		assert.ok(extension);
		const before = Date.now();
		await extension.activate();
		assert.ok(Date.now() - before < 100);
	});
});
