import assert from 'node:assert/strict';
import { pythonStrings } from '../../../src/server/pythonStrings';
import { pythonUrlNames, templateUrlNames } from '../../../src/server/urlNames';
import { processorSince } from '../processor';

describe('strings of a Python text', () => {
	const cases: [string, string, object][] = [
		['a call', 'reverse("a")', { callee: 'reverse', argument: 0, plain: true }],
		['an attribute', 'urls.reverse("a")', { callee: 'reverse', argument: 0 }],
		['a later argument', 'f(1, (2, 3), "a")', { callee: 'f', argument: 2 }],
		['a keyword', 'f(x, viewname = "a")', { callee: 'f', argument: 'viewname', plain: true }],
		['a comparison is no keyword', 'f(x == "a")', { callee: 'f', argument: 0, plain: false }],
		['a list inside', 'f(["a"])', { plain: true }],
		['an f-string', 'f(f"a")', { plain: false }],
		['a sum', 'f("a" + b)', { plain: false }],
		['a method call on it', 'f("a".lower())', { plain: false }],
		['after a comment with a quote', "# it's\nf('a')", { callee: 'f', value: 'a' }],
		['triple quotes', 'f("""a\n"b" """)', { value: 'a\n"b" ' }],
		['an open string', 'reverse("a\nx = 1', { value: 'a', closed: false }],
		['an escape', String.raw`f('it\'s')`, { value: String.raw`it\'s`, plain: false }],
	];
	for (const [name, text, expected] of cases) {
		it(name, () => {
			const [found] = pythonStrings(text);
			assert.ok(found);
			assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, Reflect.get(found, key)])), expected);
		});
	}

	it('is quick on a large file', () => {
		const text = 'x = reverse("a:b", args=[1, "two"])  # comment\n'.repeat(20_000);
		const before = process.cpuUsage();
		assert.equal(pythonStrings(text).length, 40_000);
		assert.ok(processorSince(before) < 2000);
	});
});

describe('URL names', () => {
	const names = (uses: readonly { name: string; certain: boolean }[]) =>
		uses.map(({ name, certain }) => `${name}${certain ? '' : '?'}`);

	it('stand in reverse, reverse_lazy, redirect and resolve_url', () => {
		const text = 'reverse("a"); reverse_lazy(viewname="b"); redirect("c"); redirect("/path/"); resolve_url("d"); other("e")';
		assert.deepEqual(names(pythonUrlNames(text)), ['a', 'b', 'c', 'd']);
	});

	it('are uncertain when computed or half typed', () => {
		assert.deepEqual(names(pythonUrlNames('reverse("a" + b); reverse(f"{c}"); reverse("d')), ['a?', '{c}?', 'd?']);
	});

	it('stand in {% url %} of templates, comments aside', () => {
		const text = `{% url 'a' x=1 %}{%- url "b:c" as d %}{# {% url 'no' %} #}{% comment %}{% url 'no' %}{% endcomment %}{% url name %}{% url 'half`;
		assert.deepEqual(names(templateUrlNames(text)), ['a', 'b:c', 'half?']);
	});

	it('are where they are said to be', () => {
		const text = `<a href="{% url 'shop:detail' pk=1 %}">`;
		const [use] = templateUrlNames(text);
		assert.equal(text.slice(use?.start, use?.end), 'shop:detail');
	});
});
