import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

/** Small texts and the names that CPython binds by them (as reprs; names of functions and classes left out). */
const table: readonly (readonly [what: string, text: string, names: Record<string, string>])[] = [
	[
		'closures and nonlocal',
		'def f():\n n = 0\n def g():\n  nonlocal n\n  n += 1\n  return n\n return g\ng = f()\na = [g(), g()]\ndel f, g',
		{ a: '[1, 2]' },
	],
	[
		'a loop variable is shared by lambdas, a default is not',
		'a = [f() for f in [lambda: i for i in range(3)]]\nb = [f() for f in [lambda i=i: i for i in range(3)]]',
		{ a: '[2, 2, 2]', b: '[0, 1, 2]' },
	],
	[
		'comprehensions have names of their own',
		'x = 1\na = [x for x in range(3)]\nb = {k: v for k, v in [(1, 2)]}\nc = {i % 2 for i in range(5)}\nd = [i * j for i in range(3) if i for j in range(i)]',
		{ x: '1', a: '[0, 1, 2]', b: '{1: 2}', c: '{0, 1}', d: '[0, 0, 2]' },
	],
	['a walrus in a comprehension binds outside', 'a = [y := n for n in range(3)]', { a: '[0, 1, 2]', y: '2' }],
	[
		'every kind of parameter',
		'def f(a, /, b, *c, d=4, **e): return (a, b, c, d, e)\nx = f(1, 2, 3, d=5, g=6)\ny = f(*[1, 2], **{"b2": 3})\ndel f',
		{ x: "(1, 2, (3,), 5, {'g': 6})", y: "(1, 2, (), 4, {'b2': 3})" },
	],
	[
		'generators suspend, receive and delegate',
		'def g():\n x = yield 1\n yield x\n return 3\ndef h():\n r = yield from g()\n yield r\ni = h()\na = [next(i), i.send(2), next(i), list(i)]\ndel g, h, i',
		{ a: '[1, 2, 3, []]' },
	],
	[
		'a generator meets an exception where it waits',
		'log = []\ndef g():\n try:\n  yield 1\n except ValueError as e:\n  log.append(str(e))\n  yield 2\n finally:\n  log.append("end")\ni = g()\na = [next(i), i.throw(ValueError("x")), list(i)]\ndel g, i',
		{ log: "['x', 'end']", a: '[1, 2, []]' },
	],
	[
		'try, else, finally and return',
		'def f(n):\n try:\n  if n: raise KeyError(n)\n  return "body"\n except KeyError as e:\n  return e.args\n finally:\n  log.append(n)\nlog = []\na = [f(0), f(1)]\ndel f',
		{ log: '[0, 1]', a: "['body', (1,)]" },
	],
	[
		'exceptions chain',
		'try:\n try:\n  1/0\n except ZeroDivisionError as e:\n  raise ValueError("x") from e\nexcept ValueError as e:\n a = repr(e.__cause__)\ntry:\n try:\n  {}["k"]\n except KeyError:\n  unbound\nexcept NameError as e:\n b = repr(e.__context__)',
		{ a: `"ZeroDivisionError('division by zero')"`, b: `"KeyError('k')"` },
	],
	[
		'with enters and leaves, and may swallow',
		'log = []\nclass C:\n def __enter__(self): log.append("in"); return 1\n def __exit__(self, t, v, tb): log.append(t and t.__name__); return True\nwith C() as x:\n raise ValueError\nwith C(): pass\ndel C',
		{ log: "['in', 'ValueError', 'in', None]", x: '1' },
	],
	[
		'super, properties, class and static methods',
		'class A:\n def f(self): return ["A"]\n @classmethod\n def c(cls): return cls.__name__\n @staticmethod\n def s(): return 1\n @property\n def p(self): return self.f()\nclass B(A):\n def f(self): return super().f() + ["B"]\nclass C(A):\n def f(self): return super().f() + ["C"]\nclass D(B, C): pass\na = [D().f(), D.c(), D.s(), D().p, [c.__name__ for c in D.__mro__]]\ndel A, B, C, D',
		{ a: "[['A', 'C', 'B'], 'D', 1, ['A', 'C', 'B'], ['D', 'B', 'C', 'A', 'object']]" },
	],
	[
		'a metaclass sees name, bases, namespace and keywords',
		'log = []\nclass M(type):\n @classmethod\n def __prepare__(m, name, bases, **k): return {"prepared": 1}\n def __new__(m, name, bases, ns, **k):\n  log.append((name, sorted(n for n in ns if not n.startswith("__")), k))\n  return super().__new__(m, name, bases, ns)\n def __init__(c, name, bases, ns, **k): c.done = True\n def __call__(c, *a): return ("called", super().__call__().x)\nclass A(metaclass=M, z=1): x = 2\na = [A(), A.done, type(A).__name__]\ndel M, A',
		{ log: "[('A', ['prepared', 'x'], {'z': 1})]", a: "[('called', 2), True, 'M']" },
	],
	[
		'__init_subclass__ and __set_name__ run in order',
		'log = []\nclass D:\n def __set_name__(self, owner, name): log.append(name)\nclass A:\n def __init_subclass__(cls, **k): log.append((cls.__name__, k))\nclass B(A, tag=1): d = D()\ndel A, B, D',
		{ log: "['d', ('B', {'tag': 1})]" },
	],
	[
		'data descriptors come before the instance, others after',
		'class N:\n def __get__(self, o, c): return "n"\nclass S(N):\n def __set__(self, o, v): o.__dict__["s"] = v\nclass A:\n n = N(); s = S()\nx = A()\nx.__dict__["n"] = 1\nx.s = 2\na = [x.n, x.s, x.__dict__]\ndel N, S, A, x',
		{ a: "[1, 'n', {'n': 1, 's': 2}]" },
	],
	[
		'__getattr__ is asked last, __slots__ keep the rest out',
		'class A:\n __slots__ = ("x",)\n def __getattr__(self, n): return n.upper()\no = A()\no.x = 1\na = [o.x, o.y]\ndel A, o',
		{ a: "[1, 'Y']" },
	],
	[
		'match: sequences, mappings, classes, captures, guards',
		'class P:\n __match_args__ = ("x", "y")\n def __init__(s, x, y): s.x, s.y = x, y\ndef f(v):\n match v:\n  case [1, *rest]: return rest\n  case {"k": k, **others}: return (k, others)\n  case P(x, y=2): return x\n  case str() as s if s: return s\n  case None | 0: return "none"\n  case _: return "else"\na = [f([1, 2]), f({"k": 1, "l": 2}), f(P(7, 2)), f("s"), f(0), f(3.5)]\ndel P, f',
		{ a: "[[2], (1, {'l': 2}), 7, 's', 'none', 'else']" },
	],
	[
		'async functions run when awaited',
		'async def f(): return 1\nasync def g(): return await f() + 1\ntry: g().send(None)\nexcept StopIteration as e: a = e.value\ndel f, g',
		{ a: '2' },
	],
	[
		'global and class scopes',
		'x = 1\ndef f():\n global x\n x = 2\nclass A:\n x = 3\n def g(self): return x\n y = [x for _ in [0]]\nf()\na = [A().g(), A.y]\ndel f, A',
		{ x: '2', a: '[2, [1]]' },
	],
	[
		'private names are mangled',
		'class A:\n __x = 1\n def f(self): return self.__x\na = [A().f(), hasattr(A, "_A__x")]\ndel A',
		{ a: '[1, True]' },
	],
	[
		'globals(), locals() and exec write through',
		'globals()["a"] = 1\nexec("b = a + 1")\nns = {}\nexec("c = 3", ns)\nd = ns["c"]\ndel ns\ne = eval("a + b")',
		{ a: '1', b: '2', d: '3', e: '3' },
	],
	[
		'a builtin of another type in the place of __getattribute__',
		'class A(dict):\n __getattribute__ = dict.__getitem__\n __missing__ = object.__getattribute__\nx = A(y=1)\na = [x.y, x.get("y")]\ntry: x.z\nexcept AttributeError as e: b = str(e)\ndel A, x',
		{ a: '[1, 1]', b: `"'A' object has no attribute 'z'"` },
	],
	[
		'a slot of a private name',
		'class A:\n __slots__ = ("__x",)\n def __init__(self): self.__x = 1\n def x(self): return self.__x\na = [A().x(), "_A__x" in vars(A), "__x" in vars(A)]\ndel A',
		{ a: '[1, True, False]' },
	],
	[
		'a base that is no class makes the class',
		'class Maker:\n def __init__(self, name, bases=(), own={}): self.it = name, len(bases), "x" in own\nbase = Maker("base")\nclass A(base): x = 1\na = [type(A).__name__, A.it]\ndel Maker, base, A',
		{ a: `['Maker', ('A', 1, True)]` },
	],
	[
		"a metaclass's property in the place of __module__",
		'class M(type):\n @property\n def __module__(cls): return "m." + cls.__name__\nclass A(metaclass=M): pass\na = [A.__module__, isinstance(vars(A)["__module__"], str)]\ndel M, A',
		{ a: "['m.A', True]" },
	],
	[
		'a module has one namespace',
		'import sys\na = [globals() is locals(), sys._getframe(0).f_locals is sys._getframe(0).f_globals, (lambda: 0).__globals__ is globals()]\ndel sys',
		{ a: '[True, True, True]' },
	],
	[
		'a class of the standard library that is given an attribute',
		'import abc, threading\nthreading.Thread.label = lambda self: "a thread"\nabc.ABC.mark = 1\nclass A(abc.ABC): __hash__ = None\na = [threading.Thread().label(), A.mark, A().mark, "mark" in vars(abc.ABC), "mark" in vars(A), vars(A)["__hash__"]]\ndel abc, threading, A',
		{ a: "['a thread', 1, 1, True, False, None]" },
	],
	[
		'a property or class method of a class with its own __get__',
		'class P(property):\n def __get__(self, obj, owner): return self.fget.__get__(None, owner)()\nclass M(classmethod):\n def __get__(self, obj, owner=None): return "own", super().__get__(obj, owner)()\nclass A:\n @P\n @classmethod\n def p(cls): return cls.__name__\n @M\n def m(cls): return cls.__name__\na = [A.p, A().p, A.m, A().m]\ndel P, M, A',
		{ a: "['A', 'A', ('own', 'A'), ('own', 'A')]" },
	],
	[
		'unpacking with a star',
		'a, *b, c = range(5)\n(d, e), f = (1, 2), 3',
		{ a: '0', b: '[1, 2, 3]', c: '4', d: '1', e: '2', f: '3' },
	],
	[
		'an attribute that is None is there',
		'class A: x = None\na = [getattr(A, "x", 1), hasattr(A, "x"), getattr(A, "y", None)]\ndel A',
		{ a: '[None, True, None]' },
	],
	[
		'f-strings',
		'x = 3.14159\na = f"{x:.2f}|{x!r:>8}|{x=:.1f}|{{}}"',
		{ x: '3.14159', a: "'3.14|3.14159 |x=3.1|{}'".replace('3.14159 ', ' 3.14159') },
	],
];

describe('the evaluator and the language', () => {
	for (const [what, text, names] of table) it(what, () => assert.deepEqual(evaluate(text), names));

	it('names the place of an exception', () => {
		assert.deepEqual(evaluate('def f():\n return missing\nf()'), {
			f: '<function f>',
			raised: "NameError: name 'missing' is not defined (/main.py:2)",
		});
	});
	it('ends an endless recursion as Python does', () => {
		assert.equal(evaluate('def f(): return f()\ntry: f()\nexcept RecursionError: a = 1\ndel f')['a'], '1');
	});
});

describe('imports', () => {
	it('runs packages, relative and star imports, and submodules become attributes', () => {
		const files = {
			'p/__init__.py': 'from . import b\nfrom .a import *\n',
			'p/a.py': '__all__ = ["x"]\nx = 1\ny = 2\n',
			'p/b.py': 'from .a import y as z\nfrom . import a\nw = a.x\n',
		};
		assert.deepEqual(evaluate('import p\nr = [p.x, p.b.z, p.b.w, p.a.y, hasattr(p, "y")]\ndel p', files), {
			r: '[1, 2, 1, 2, False]',
		});
	});
	it('a missing module is an ImportError, half-made ones show in a cycle', () => {
		const files = { 'a.py': 'import b\nx = 1\n', 'b.py': 'try:\n from a import x\nexcept ImportError as e:\n r = str(e)[:60]\n' };
		const text = 'try: import nowhere\nexcept ModuleNotFoundError as e: m = (str(e), e.name)\nimport a\nr = a.b.r\ndel a';
		assert.deepEqual(evaluate(text, files), {
			m: `("No module named 'nowhere'", 'nowhere')`,
			r: `"cannot import name 'x' from partially initialized module 'a'"`,
		});
	});
	it('namespace packages and __getattr__ of modules', () => {
		const files = { 'n/a.py': 'def __getattr__(name): return name * 2\n' };
		assert.deepEqual(evaluate('from n.a import xy\nimport n.a\nr = n.a.q\ndel n', files), { xy: "'xyxy'", r: "'qq'" });
	});
	it('without an environment what is missing is unknown, and what is dropped is said', () => {
		assert.deepEqual(
			evaluate('from lib import things\nx = [1, 2]\nx += things\nif things: y = 1', {}, { environmentKnown: false }),
			{
				things: '<unknown: lib is not installed in a known environment>',
				x: '[1, 2]',
				'problem 1': 'Left out: lib is not installed in a known environment (/main.py:3)',
				'problem 2': 'Taken as false: lib is not installed in a known environment (/main.py:4)',
			},
		);
	});
	it('what a project statement raises costs it alone, where a handler around it names other exceptions', () => {
		const files = { 'lib.py': 'import forms\nname = forms.name', 'forms.py': "resolver = {}['missing']\nname = 'kept'" };
		const found = evaluate('try:\n    import lib\n    name = lib.name\nexcept AttributeError:\n    name = None\n', files, {
			projectRoots: ['/lib/forms.py'],
		});
		assert.equal(found['name'], "'kept'");
		const caught = evaluate(
			'try:\n    import forms\n    name = forms.name\nexcept (TypeError, LookupError):\n    name = None\n',
			files,
			{
				projectRoots: ['/lib/forms.py'],
			},
		);
		assert.equal(caught['name'], 'None');
	});

	it('what a project statement raises costs it alone, where a handler around it names other exceptions of the program', () => {
		const files = { 'forms.py': "resolver = {}['missing']\nname = 'kept'" };
		const own = 'class NoMatch(Exception): ...\nclass Missing(KeyError): ...\n';
		const within = (handled: string) =>
			evaluate(`${own}try:\n    import forms\n    name = forms.name\nexcept ${handled}:\n    name = None\n`, files, {
				projectRoots: ['/lib/forms.py'],
			})['name'];
		assert.equal(within('NoMatch'), "'kept'");
		assert.equal(within('(NoMatch, Missing, TypeError)'), "'kept'");
		assert.equal(within('(NoMatch, KeyError)'), 'None');
		// A handler that can't be asked may take it.
		assert.notEqual(within('nowhere'), "'kept'");
		assert.equal(within('(NoMatch if False else KeyError)'), 'None');
	});

	it('what a project statement raises costs it alone within a lock, not within what may swallow it', () => {
		const files = { 'forms.py': "resolver = {}['missing']\nname = 'kept'" };
		const swallowing = 'class Manager:\n    def __enter__(self): return self\n    def __exit__(self, *raised): return True\n';
		const project = { projectRoots: ['/lib/forms.py'] };
		const locked = evaluate(
			'import threading\nwith threading.RLock():\n    import forms\n    name = forms.name\ndel forms',
			files,
			project,
		);
		assert.equal(locked['name'], "'kept'");
		const swallowed = evaluate(
			`${swallowing}name = 'none'\nwith Manager():\n    import forms\n    name = forms.name\n`,
			files,
			project,
		);
		assert.equal(swallowed['name'], "'none'");
	});

	it('int() of what has an unknown __int__ is unknown', () => {
		const text = "import os\nclass Address:\n    def __int__(self): return os.open('x', 0)\nnumber = int(Address())";
		assert.match(evaluate(text)['number'] ?? '', /unknown/);
	});

	it('a check for None of what is unknown counts as passed where it would raise', () => {
		const text = [
			'from lib import thing',
			'def given(kind, more=None):',
			'    if more is None:',
			'        more = kind',
			'    elif kind is not None:',
			"        raise ValueError('both')",
			'    return more',
			"r = given(thing, 'text')",
			"s = given(None, 'text')",
			'try:',
			"    given(1, 'text')",
			'except ValueError as error:',
			'    t = str(error)',
			'del thing, given',
		].join('\n');
		assert.deepEqual(evaluate(text, {}, { environmentKnown: false }), {
			r: "'text'",
			s: "'text'",
			t: "'both'",
			'problem 1': 'Taken as fine: lib is not installed in a known environment (/main.py:5)',
		});
	});
});
