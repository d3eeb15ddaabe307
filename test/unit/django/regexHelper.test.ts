import assert from 'node:assert/strict';
import { simpleForm } from '../../../src/django/summaries/regexHelper';

describe('the form of a pattern that reverse() fills', () => {
	it('is its text with the names of its groups', () => {
		const forms: readonly (readonly [string, string, readonly string[]])[] = [
			['', '', []],
			['^$', '', []],
			['^shop/(?P<pk>[0-9]+)/edit/\\Z', 'shop/%(pk)s/edit/', ['pk']],
			['(?P<a>[^/]+)\\.(?P<b>\\w{2}\\))', '%(a)s.%(b)s', ['a', 'b']],
			['^a\\-b\\/100%$', 'a-b/100%', []],
		];
		for (const [expression, text, names] of forms) assert.deepEqual(simpleForm(expression), { text, names }, expression);
	});

	it('is left to Django where there may be several, or something is skipped', () => {
		const others = [
			'a|b',
			'(a)',
			'(?:a)?',
			'a+',
			'[ab]',
			'.',
			'\\d',
			'\\w',
			'(?P<a>(b))',
			'(?P<a>b)?',
			'^a$b',
			'a^b',
			'\\A',
			'a{2}',
			'(?P=a)',
			'(?P<a>[(])',
			'a)',
		];
		for (const expression of others) assert.equal(simpleForm(expression), undefined, expression);
	});
});
