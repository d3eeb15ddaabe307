import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

const files = {
	'log.py': 'seen = []\n',
	'shop/__init__.py': '',
	'shop/views.py': ['import log', 'log.seen.append("shop")', 'import client', 'def ask(): return client.value'].join('\n'),
	'shop/libraries/django/__init__.py': '',
	'shop/libraries/client.py': 'import log\nlog.seen.append("client")\nvalue = 1',
	'shop/libraries/fast/__init__.py': 'try:\n    from . import compiled\nexcept ImportError:\n    compiled = None',
	'shop/libraries/fast/compiled.py': 'import parts\n',
	'shop/libraries/parts/__init__.py': 'from ._missing import part',
};
const run = (text: string, more: Readonly<Record<string, string>> = {}, settings = 'shop.settings') => {
	const { r, ...rest } = evaluate(
		text,
		{ ...files, ...more },
		{ sysPath: ['/lib', '/lib/shop/libraries'], projectRoots: ['/lib'], environment: { DJANGO_SETTINGS_MODULE: settings } },
	);
	assert.deepEqual(rest, {});
	return r;
};
const asked = 'import django, log, shop.views\nr = [list(log.seen), shop.views.ask(), log.seen]\ndel django, log, shop';

describe('libraries that a project carries with it, beside Django', () => {
	it('wait like installed ones', () => {
		assert.equal(run(asked), "[['shop'], 1, ['shop', 'client']]");
	});

	it('run where somebody is ready for what is missing of them', () => {
		assert.equal(run('import django, fast\nr = fast.compiled\ndel django, fast'), 'None');
	});

	it('are none where the project itself stands beside Django', () => {
		for (const file of ['manage.py', 'own/__init__.py', 'own.py'])
			assert.equal(
				run(asked, { [`shop/libraries/${file}`]: '' }, 'own.settings'),
				"[['shop', 'client'], 1, ['shop', 'client']]",
				file,
			);
	});
});
