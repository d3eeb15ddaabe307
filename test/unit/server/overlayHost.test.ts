import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHost } from '../../../src/server/nodeHost';
import { OverlayHost } from '../../../src/server/overlayHost';

describe('open documents over their files', () => {
	let folder = '';
	let host: OverlayHost;
	let path = '';

	before(() => {
		folder = mkdtempSync(join(tmpdir(), 'overlay-'));
		path = join(folder, 'urls.py');
	});
	after(() => rmSync(folder, { recursive: true, force: true }));
	beforeEach(() => {
		writeFileSync(path, 'a = 1\n');
		const disk = nodeHost();
		host = new OverlayHost(disk, disk.environment);
	});

	for (const text of ['a = 2\n', 'name = "é"\n', 'a = "😀"\n', '', '\ufeffa = 1\n', 'a = "\ud83d"\n'])
		it(`are read as their bytes say: ${JSON.stringify(text)}`, () => {
			host.change({ path, text });
			const bytes = host.readFile(path);
			assert.deepEqual(bytes, new TextEncoder().encode(text));
			assert.equal(host.stat(path)?.size, bytes?.length);
			const decoded = new TextDecoder().decode(bytes);
			assert.equal(host.readText(path) ?? decoded, decoded);
		});

	it('give their text itself where nothing is lost in its bytes', () => {
		host.change({ path, text: 'a = "😀"\n' });
		assert.equal(host.readText(path), 'a = "😀"\n');
		host.change({ path, text: 'a = "\ud83d"\n' });
		assert.equal(host.readText(path), undefined);
	});

	it('are no change where they are what is on the disk', () => {
		host.change({ path, text: 'a = 2\n' });
		assert.equal(host.changes, 1);
		host.change({ path, text: 'a = 1\n' });
		assert.equal(host.changes, 0);
		assert.equal(host.readText(path), undefined);
	});
});
