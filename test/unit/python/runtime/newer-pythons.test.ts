import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

/** What holds since 3.14 and 3.15; against CPython itself in `test/differential`, where one is at hand. */
describe('newer Pythons', () => {
	const since = (version: readonly [number, number, number]) => (text: string) => evaluate(text, {}, { version });
	const on313 = since([3, 13, 0]);
	const on314 = since([3, 14, 0]);
	const on315 = since([3, 15, 0]);

	it('annotations are evaluated when they are asked for (3.14)', () => {
		const text = `
class A:
    x: Later
try:
    A.__annotations__
except NameError as e:
    early = str(e), '__annotations__' in A.__dict__
class Later: pass
class B(A): pass
late = A.__annotations__, B.__annotations__, A.__annotate__(4), A.__annotate__(1) == type.__dict__['__annotations__'].__get__(A)
def f(a: int, *, b: Nowhere = 1) -> str: pass
function = f.__annotate__(4), (lambda: 1).__annotate__
A.__annotations__ = {'a': 1}
f.__annotate__ = lambda format: {'format': format}
written = A.__annotate__, A.__annotations__, f.__annotations__
`;
		const found = on314(text);
		assert.equal(found['early'], `("name 'Later' is not defined", False)`);
		assert.equal(found['late'], "({'x': <class 'main.Later'>}, {}, {'x': 'Later'}, True)");
		assert.equal(found['function'], "({'a': 'int', 'b': 'Nowhere', 'return': 'str'}, None)");
		assert.equal(found['written'], "(None, {'a': 1}, {'format': 1})");
	});

	it('a metaclass finds the function in the namespace (3.14), and the annotations before', () => {
		const text = `
class Meta(type):
    def __new__(meta, name, bases, namespace):
        made = super().__new__(meta, name, bases, namespace)
        made.seen = [key for key in namespace if 'annot' in key]
        return made
class A(metaclass=Meta):
    x: int
seen = A.seen, A.__annotations__
`;
		assert.equal(on314(text)['seen'], "(['__annotate_func__'], {'x': <class 'int'>})");
		assert.equal(on313(text)['seen'], "(['__annotations__'], {'x': <class 'int'>})");
	});

	it('a module has no __annotations__ of its own accord (3.14)', () => {
		const text = 'x: int = 1\na = __annotations__';
		assert.equal(on313(text)['a'], "{'x': <class 'int'>}");
		assert.match(on314(text)['raised'] ?? '', /^NameError: name '__annotations__' is not defined/);
		assert.equal(on314('x: int = 1\na = __annotate__(1)')['a'], "{'x': <class 'int'>}");
	});

	it('template strings (3.14)', () => {
		const found = on314("x = 3\na = t'a{x!r:>{x}}b'\nb = list(t'{x}' + t'c'), t'{ x = }'.strings");
		assert.equal(found['a'], "Template(strings=('a', 'b'), interpolations=(Interpolation(3, 'x', 'r', '>3'),))");
		assert.equal(found['b'], "([Interpolation(3, 'x', None, ''), 'c'], (' x = ', ''))");
	});

	it('a lazy import runs its module when the name is used (3.15)', () => {
		const files = { 'noisy.py': "import log\nlog.seen.append('noisy')\nname = 'n'\n", 'log.py': 'seen = []' };
		const text = `
import log
lazy import noisy
lazy from noisy import name
before = list(log.seen)
a = name, noisy.name, log.seen
`;
		const found = evaluate(text, files, { version: [3, 15, 0] });
		assert.equal(found['before'], '[]');
		assert.equal(found['a'], "('n', 'n', ['noisy'])");
	});

	it('frozendict and sentinel (3.15)', () => {
		const found = on315(`
d = frozendict(a=1)
a = d | {'b': 2}, isinstance(d, dict), {d: 1}[frozendict(a=1)], {**d}
S = sentinel('S')
b = S, S is sentinel('S')
d['a'] = 2
`);
		assert.equal(found['a'], "(frozendict({'a': 1, 'b': 2}), False, 1, {'a': 1})");
		assert.equal(found['b'], '(S, False)');
		assert.match(found['raised'] ?? '', /^TypeError: 'frozendict' object does not support item assignment/);
		assert.match(on314('frozendict()')['raised'] ?? '', /^NameError/);
	});

	it('unpacking in comprehensions (3.15)', () => {
		const found = on315(
			'r = [[1, 2], [3]]\na = [*x for x in r], {*x for x in r}, list(*x for x in r), {**x for x in [{1: 2}, {3: 4}]}',
		);
		assert.equal(found['a'], '([1, 2, 3], {1, 2, 3}, [1, 2, 3], {1: 2, 3: 4})');
	});
});
