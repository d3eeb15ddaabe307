import assert from 'node:assert/strict';
import { type OutlineItem, scanModule } from '../../../../src/python/syntax/scan';

/** One line an item: kind, around, and what is told of it. */
function brief(item: OutlineItem): string {
	const around = item.around.length > 0 ? ` in ${item.around.join('/')}` : '';
	const calls = 'calls' in item && item.calls ? ' calls' : '';
	return `${item.kind}${around} ${told(item)}${calls}`.trim().replaceAll('  ', ' ');
}

function told(item: OutlineItem): string {
	switch (item.kind) {
		case 'Import':
			return item.names.map(({ name, asname }) => (asname ? `${name}=${asname}` : name)).join();
		case 'ImportFrom':
			return `${'.'.repeat(item.level)}${item.module ?? ''} ${item.names.map(({ name, asname }) => (asname ? `${name}=${asname}` : name)).join()}`;
		case 'FunctionDef':
			return [...item.decorators.map((decorator) => `@${decorator}`), item.name].join(' ');
		case 'ClassDef':
			return `${[...item.decorators.map((d) => `@${d}`), item.name].join(' ')}(${[...item.bases, ...item.keywords.map((k) => `${k}=`)].join()})${item.hooks.map((h) => ` ${h}`).join('')}`;
		case 'Assign':
			return item.names.join();
		case 'Store':
			return item.targets.join();
		case 'Block':
			return item.word;
		default:
			return '';
	}
}

const cases: readonly (readonly [string, string, readonly string[]])[] = [
	[
		'imports',
		'import a, b.c as d\nfrom ..e import (f as g,\n  h)\nfrom i import *\n',
		['Import a,b.c=d', 'ImportFrom ..e f=g,h', 'ImportFrom i *'],
	],
	[
		'where they stand',
		'try:\n    import a\nexcept ImportError:\n    a = None\nif x:\n    import b\nelif y: import c\ndef f():\n    with z:\n        import d\nclass C:\n    import e\n    def m(self): from .g import h\n',
		[
			'Block try',
			'Import in try a',
			'Assign in try a',
			'Block if',
			'Import in if b',
			'Block in if if',
			'Import in if/if c',
			'FunctionDef f',
			'Import in function/with d',
			'ClassDef C()',
			'Import in class e',
			'ImportFrom in class/function .g h',
		],
	],
	[
		'definitions',
		'@register("x")\n@a.b\ndef f(x=g()): pass\n@c\nclass D(E, *F, metaclass=G, **H):\n    x = 1\n    @property\n    def y(self): pass\n    def __init_subclass__(cls): pass\n',
		['FunctionDef @register("x") @a.b f', 'ClassDef @c D(E,*F,metaclass=,**=) __init_subclass__'],
	],
	[
		'a class whose body calls',
		'class A(B):\n    x = f()\nclass C:\n    @action()\n    def m(self): pass\n',
		['ClassDef A(B) calls', 'ClassDef C() calls'],
	],
	[
		'statements',
		'"""Doc: import not_this."""\nx = 1\ny, (z, *w) = f(1)\na.b = c[0] = g\nd[e()] += 1\nx: int = h[0]\nregister(x)\nx\nfor i in f(): i.j = 1\ndel x\n',
		[
			'Assign x',
			'Assign y,z,w calls',
			'Store a.b,c[0]',
			'Store d[e()] calls',
			'Assign x',
			'Expr calls',
			'Expr',
			'Block for calls',
			'Store in for i.j',
			'Other calls',
		],
	],
	[
		'what only looks like one',
		'x = """\nimport a\ndef f(): pass\n"""\ny = [\nimport_ ,\n]  # import b\nz = "\\\nimport c"\nw = 1 + \\\n  2\n',
		['Assign x', 'Assign y', 'Assign z', 'Assign w'],
	],
];

describe('scanModule', () => {
	for (const [title, text, expected] of cases)
		it(title, () => {
			const outline = scanModule(text);
			assert.deepEqual(outline.items.map(brief), expected);
			assert.equal(outline.broken, false);
		});

	it('of broken text gives what can be read', () => {
		const outline = scanModule('import a\nx = f(\nimport b\n');
		assert.deepEqual(outline.items.map(brief), ['Import a', 'Assign x calls', 'Import b']);
		assert.equal(outline.broken, true);
	});
});
