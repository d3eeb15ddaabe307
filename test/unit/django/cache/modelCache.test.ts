import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedAnswer } from '../../../../src/django/cache/modelCache';
import { diskCache } from '../../../../src/server/diskCache';
import { nodeHost } from '../../../../src/server/nodeHost';
import type { FactCache, Host } from '../../../../src/shared/host';

describe('model cache', () => {
	let folder: string;
	let environment: Record<string, string>;
	let cache: FactCache;
	let computed: number;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'cache-'));
		mkdirSync(join(folder, 'app'));
		mkdirSync(join(folder, 'media'));
		writeFileSync(join(folder, 'app/urls.py'), 'a');
		writeFileSync(join(folder, 'data.json'), '{}');
		environment = { DEBUG: '1' };
		cache = diskCache(join(folder, 'kept'));
		computed = 0;
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const compute = (host: Host): { text: string } => {
		computed++;
		const read = host.readFile(join(folder, 'app/urls.py'));
		const local = host.stat(join(folder, 'app/local.py')) ? 'local' : '';
		const names = host.readDir(join(folder, 'app'))?.filter(({ type }) => type === 'file').length;
		host.stat(join(folder, 'media'));
		host.readFile(join(folder, 'data.json'));
		return { text: `${read?.length} ${local} ${host.environment['DEBUG']} ${host.environment['ABSENT']} ${names}` };
	};
	const isText = (value: unknown): value is { text: string } => typeof (value as { text?: unknown } | null)?.text === 'string';
	const ask = () =>
		cachedAnswer({ host: nodeHost({ cwd: folder, environment }), cache, question: 'q', compute, restore: isText });

	it('answers from the cache while nothing changed', () => {
		const first = ask();
		assert.deepEqual(ask(), first);
		assert.equal(computed, 1);
	});

	const changes: Record<string, () => void> = {
		'a file that was read': () => writeFileSync(join(folder, 'app/urls.py'), 'ab'),
		'a modification time alone': () => utimesSync(join(folder, 'app/urls.py'), 1, 1),
		'a file that was looked for and now exists': () => writeFileSync(join(folder, 'app/local.py'), ''),
		'a file that is gone': () => rmSync(join(folder, 'app/urls.py')),
		'a folder that is gone': () => rmSync(join(folder, 'app'), { recursive: true }),
		'a variable that was read': () => Object.assign(environment, { DEBUG: '0' }),
		'a variable that was absent': () => Object.assign(environment, { ABSENT: 'x' }),
	};
	for (const [name, change] of Object.entries(changes)) {
		it(`computes anew after a change of ${name}`, () => {
			ask();
			change();
			ask();
			assert.equal(computed, 2);
		});
	}

	it('does not mind a variable that nobody read', () => {
		ask();
		environment['OTHER'] = 'x';
		ask();
		assert.equal(computed, 1);
	});

	const harmless: Record<string, () => void> = {
		'a file beside those that were looked for, gone again': () => {
			writeFileSync(join(folder, 'app/db.sqlite3-journal'), '');
			rmSync(join(folder, 'app/db.sqlite3-journal'));
		},
		'a data file that was written anew': () => {
			writeFileSync(join(folder, 'data.json'), '{}');
			utimesSync(join(folder, 'data.json'), 1, 1);
		},
		"Python's bytecode": () => mkdirSync(join(folder, 'app/__pycache__')),
		'what is put into a folder of which only the presence was asked': () => writeFileSync(join(folder, 'media/upload'), ''),
	};
	for (const [name, change] of Object.entries(harmless)) {
		it(`does not mind ${name}`, () => {
			ask();
			utimesSync(join(folder, 'app'), 1, 1);
			utimesSync(join(folder, 'media'), 1, 1);
			change();
			ask();
			assert.equal(computed, 1);
		});
	}

	const asked: Record<string, { ask: (host: Host) => unknown; change: () => void }> = {
		"a folder's time": {
			ask: (host) => host.stat(join(folder, 'app'))?.mtimeMs,
			change: () => utimesSync(join(folder, 'app'), 1, 1),
		},
		"a data file's content": {
			ask: (host) => host.readFile(join(folder, 'app/plugins.json'))?.length,
			change: () => writeFileSync(join(folder, 'app/plugins.json'), '[2]'),
		},
		"a data file's time": {
			ask: (host) => [host.readFile(join(folder, 'app/plugins.json')), host.stat(join(folder, 'app/plugins.json'))?.mtimeMs],
			change: () => utimesSync(join(folder, 'app/plugins.json'), 1, 1),
		},
		'the size of a file that was not read': {
			ask: (host) => host.stat(join(folder, 'app/urls.py'))?.size,
			change: () => writeFileSync(join(folder, 'app/urls.py'), 'longer'),
		},
		'where a link leads': {
			ask: (host) => host.stat(join(folder, 'app/link.py'))?.type,
			change: () => {
				rmSync(join(folder, 'app/link.py'));
				symlinkSync(join(folder, 'elsewhere'), join(folder, 'app/link.py'));
			},
		},
		'the presence of a folder': {
			ask: (host) => host.stat(join(folder, 'app'))?.type,
			change: () => rmSync(join(folder, 'app'), { recursive: true }),
		},
	};
	for (const [name, { ask: question, change }] of Object.entries(asked)) {
		it(`computes anew after a change of ${name}, where it was asked for`, () => {
			symlinkSync(join(folder, 'app/urls.py'), join(folder, 'app/link.py'));
			writeFileSync(join(folder, 'app/plugins.json'), '[1]');
			const host = nodeHost({ cwd: folder, environment });
			const compute = (recording: Host) => {
				computed++;
				return { text: String(question(recording)) };
			};
			const again = () => cachedAnswer({ host, cache, question: name, compute, restore: isText });
			again();
			again();
			assert.equal(computed, 1);
			change();
			again();
			assert.equal(computed, 2);
		});
	}

	it('does not mind, of an environment that was copied, what an editor or a shell changes at every start', () => {
		const copy = (host: Host) => {
			computed++;
			return { text: JSON.stringify({ ...host.environment }) };
		};
		const again = () =>
			cachedAnswer({ host: nodeHost({ cwd: folder, environment }), cache, question: 'copy', compute: copy, restore: isText });
		Object.assign(environment, { VSCODE_IPC_HOOK_CLI: '/tmp/1.sock', OLDPWD: '/a', SSH_AUTH_SOCK: '/tmp/2' });
		again();
		Object.assign(environment, { VSCODE_IPC_HOOK_CLI: '/tmp/3.sock', OLDPWD: '/b', SSH_AUTH_SOCK: '/tmp/4' });
		again();
		assert.equal(computed, 1);
		Object.assign(environment, { DEBUG: '0' });
		again();
		assert.equal(computed, 2);
	});

	for (const [name, text] of Object.entries({
		truncated: '{"version":"1","sour',
		foreign: '{"answer":42}',
		'another version': '{"version":"0"}',
		'not text': '\u0000\u0001',
	})) {
		it(`rebuilds an entry that is ${name}`, () => {
			const first = ask();
			cache.set('q', text);
			assert.deepEqual(ask(), first);
			assert.equal(computed, 2);
			ask();
			assert.equal(computed, 2);
		});
	}

	it('works without a place to keep anything', () => {
		cache = diskCache(join(folder, 'app/urls.py/below-a-file'));
		assert.deepEqual(ask(), ask());
		assert.equal(computed, 2);
	});
});
