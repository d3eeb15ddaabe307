import assert from 'node:assert/strict';
import { defaultLimits, OutOfBudget } from '../../../../src/python/runtime/budget';
import { evaluate } from './evaluate';

const limits = { ...defaultLimits, loop: 5_000, steps: 100_000 };
/** The names that a text binds, and what was said of it. */
const bounded = (text: string) => evaluate(text, {}, { limits });
const unknown = "import os\nfile = os.open('x', 0)\n";

describe('loops without an end', () => {
	it('are left, which is said at their line, and what follows runs', () => {
		assert.deepEqual(bounded('n = 0\nwhile True:\n    n = 1\nafter = 2\n'), {
			n: '1',
			after: '2',
			'problem 1': 'This loop was left: it takes too many steps (/main.py:2)',
		});
	});

	it('are left in generators', () => {
		const found = bounded('def g():\n    while True:\n        if False: yield 1\nlast = list(g())\nafter = 2\n');
		assert.equal(found['after'], '2');
		assert.match(found['problem 1'] ?? '', /^This loop was left.*main\.py:2/);
	});

	it('end where what ends them is unknown', () => {
		const found = bounded(
			`${unknown}rows = []\nwhile 1:\n    line = file.readline()\n    if not line:\n        break\n    rows.append(line)\nafter = 2\n`,
		);
		assert.equal(found['rows'], '[]');
		assert.equal(found['after'], '2');
		assert.match(found['problem 1'] ?? '', /^Taken as the end of the loop: a file descriptor \(\/main\.py:6\)/);
	});

	it('end where what stops an iterator is unknown', () => {
		const found = bounded(
			`${unknown}class Tokens:\n    def __iter__(self): return self\n    def __next__(self):\n        token = file.read(1)\n        if token == '':\n            raise StopIteration\n        return token\nread = list(Tokens())\n`,
		);
		assert.equal(found['read'], '[]');
		assert.match(found['problem 1'] ?? '', /^Taken as the end of the loop/);
	});

	it('are left where an unknown steers each round, and sooner the next time', () => {
		const found = evaluate(
			`${unknown}n = 0\ndef read():\n    global n\n    while True:\n        n += 1\n        if file.read(1):\n            if n < 0: break\nread()\nfirst = n\nread()\nagain = n - first\n`,
		);
		assert.equal(found['first'], '10000');
		assert.equal(found['again'], '100');
		assert.match(found['problem 2'] ?? '', /^This loop was left: it goes on and on with what is unknown \(\/main\.py:6\)/);
	});

	it('in recursion raise RecursionError', () => {
		const found = bounded('def f(n): return f(n + 1)\ntry:\n    f(0)\nexcept RecursionError:\n    caught = True\n');
		assert.equal(found['caught'], 'True');
	});
});

describe('a statement of the project that takes too much', () => {
	const inProject = (text: string) => evaluate(text, {}, { limits, projectRoots: ['/'] });

	it('costs itself, and what follows runs', () => {
		const found = inProject('a = 1\nb = list(range(10**9))\nc = 3\n');
		assert.equal(found['c'], '3');
		assert.match(found['problem 1'] ?? '', /^Stopped: a collection of .*main\.py:2/);
	});

	it('costs itself when it runs and runs', () => {
		const found = inProject('def f(n):\n    if n: f(n - 1); f(n - 1)\nf(60)\nc = 3\n');
		assert.equal(found['c'], '3');
		assert.match(found['problem 1'] ?? '', /^Stopped: too many steps/);
	});

	it('leaves room for what is written down after many such statements', () => {
		const found = inProject(`${'for n in range(10**12): pass\n'.repeat(40)}after = 1\n`);
		assert.equal(found['after'], '1');
	});

	it('ends the evaluation when that goes on', () => {
		const body = 'def f(n):\n    if n: f(n - 1); f(n - 1)\n';
		assert.throws(
			() => inProject(`${body}${'f(60)\n'.repeat(900)}`),
			(error) => error instanceof OutOfBudget,
		);
	});
});

describe('files and folders that the code makes', () => {
	it('are there for it afterwards, with what was written, and not on disk', () => {
		const found = evaluate(
			`import os\nos.makedirs('/lib/data/keys', exist_ok=True)\nfolders = os.path.isdir('/lib/data'), os.path.isdir('/lib/data/keys'), os.path.exists('/lib/other')\nwith open('/lib/data/key', 'w') as out: out.write('abc')\nread = open('/lib/data/key').read(), os.path.isfile('/lib/data/key')\nwith open('/lib/data/secret', 'wb') as out: out.write(os.urandom(8))\nsecret = open('/lib/data/secret', 'rb').read()\nos.close(os.open('/lib/data/touched', os.O_CREAT))\ntouched = open('/lib/data/touched').read()\nos.remove('/lib/data/touched')\ngone = os.path.exists('/lib/data/touched')\n`,
			{ 'there.py': '' },
		);
		assert.equal(found['folders'], '(True, True, False)');
		assert.equal(found['read'], "('abc', True)");
		assert.match(found['secret'] ?? '', /unknown: random bytes/);
		assert.equal(found['touched'], "''");
		assert.equal(found['gone'], 'False');
	});

	it('links are told from what is none', () => {
		const found = evaluate(
			"import os\ntry:\n    os.readlink('/lib/there.py')\nexcept OSError as error:\n    told = error.errno\ntry:\n    os.utime('/lib/missing')\nexcept FileNotFoundError as error:\n    missing = error.errno\n",
			{ 'there.py': '' },
		);
		assert.equal(found['told'], '22');
		assert.equal(found['missing'], '2');
	});
});

describe('a dict that a loop over an unknown would have filled', () => {
	it('has unknown values for the keys it lacks', () => {
		const found = bounded(
			`${unknown}table = {'a': 1}\nfor line in file:\n    key, value = line\n    if key: table[key] = value\na = table['a']\nb = table['b']\n`,
		);
		assert.equal(found['a'], '1');
		assert.match(found['b'] ?? '', /unknown/);
		assert.equal(found['raised'], undefined);
	});

	it('may come of a comprehension, of exec() or of update()', () => {
		const found = bounded(
			`${unknown}made = {key: int(value) for key, value in file.items()}\nran = {}\nexec(file.read(), ran)\nfilled = {}\nfilled.update(file)\na = made['a']\nb = ran['b']\nc = filled['c']\n`,
		);
		for (const name of ['a', 'b', 'c']) assert.match(found[name] ?? '', /unknown/, name);
	});

	it('gives unknown where a call has not enough in it', () => {
		const found = bounded(
			`${unknown}parts = {key: int(value) for key, value in file.items()}\ndef day(year, month): return year\ndef named(**given): return sorted(given)\nfirst = day(**parts)\nsecond = named(a=1, **parts)\n`,
		);
		assert.match(found['first'] ?? '', /unknown/);
		assert.equal(found['second'], "['a']");
	});

	it('may be made in the loop itself', () => {
		assert.equal(bounded(`${unknown}for line in file:\n    late = {}\n    late[line] = 1\nafter = 2\n`)['after'], '2');
	});
});

describe('what is written natively', () => {
	const inProject = (text: string) => evaluate(text, {}, { projectRoots: ['/'], limits: { ...defaultLimits, steps: 300_000 } });

	for (const [what, text, reason] of [
		['an iterator without an end', 'from itertools import count\nr = sum(count())\n', /without an end|too many steps/],
		[
			'one that yields nothing',
			'from itertools import repeat\nr = next(filter(None, repeat(0)))\n',
			/without an end|too many steps/,
		],
		['a loop that does nothing', 'for i in range(10**12): pass\n', /too many steps/],
		['a dict of keys without an end', 'r = dict.fromkeys(range(10**12))\n', /too many steps/],
		['a list of a long range', 'r = list(range(10**12))\n', /a collection of/],
		['a list that is doubled', '_r = [1]\nfor i in range(99): _r = [*_r, *_r]\n', /a collection of|too many steps/],
		['a text that is doubled', "r = 'a'\nfor i in range(99): r = f'{r}{r}'\n", /a text of/],
		['a text that is replaced', "r = ('a' * 10**6).replace('a', 'b' * 10**6)\n", /a text of/],
		['tabs as wide as that', "r = '\\t'.expandtabs(10**10)\n", /a text of/],
		['a number of as many digits', "r = '%.1000000000d' % 15\n", /a text of/],
		['a power', 'r = 10**10**10\n', /an integer of/],
		['a factorial', 'from math import factorial\nr = factorial(10**7)\n', /an integer of|too many steps/],
	] as const) {
		it(`${what} costs its statement`, () => {
			const found = inProject(`${text}after = 1\n`);
			assert.equal(found['after'], '1');
			assert.match(found['problem 1'] ?? '', reason);
		});
	}

	it('counts roots and divisors of large integers as CPython does', () => {
		const text =
			'from math import comb, gcd, isqrt, perm\nr = isqrt(10**100 + 1), gcd(10**60, 6**50) == 2**50, comb(50, 25), comb(3, 5), perm(5, 2), perm(4)\n';
		assert.equal(inProject(text)['r'], `(1${'0'.repeat(50)}, True, 126410606437752, 0, 20, 24)`);
	});
});

describe('a loop that makes more and more', () => {
	const inProject = (text: string) => evaluate(text, {}, { projectRoots: ['/'] });

	for (const [what, text] of [
		['a list that is filled while it is gone through', '_r = [1]\nfor x in _r: _r.append(x)\n'],
		['a dict that is filled while it is gone through', '_r = {1: 1}\nfor x in _r: _r[x + 1] = 1\n'],
		['a list that is extended by itself', '_r = [1]\nfor i in range(99): _r += _r\n'],
		['a text that grows', "_r = ''\nfor i in range(10**7): _r += 'x' * 100\n"],
		['a list that holds itself twice, shown', '_r = []\nfor i in range(99): _r = [_r, _r]\nlen(repr(_r))\n'],
		['a tuple that holds itself twice, hashed', '_r = ()\nfor i in range(99): _r = (_r, _r)\nhash(_r)\n'],
		['one group without an end', 'from itertools import groupby, repeat\n_r = list(groupby(repeat(0)))\n'],
		['a packed text of many bytes', "import struct\n_r = struct.pack('10000000000s', b'')\n"],
	] as const) {
		it(`${what} is stopped`, () => {
			const found = inProject(`${text}after = 1\n`);
			assert.equal(found['after'], '1');
			assert.match(found['problem 1'] ?? '', /^Stopped: /);
		});
	}

	it('is given up when the same is stopped in each round, one statement more is not', () => {
		const found = inProject(
			"n = 0\nfor i in range(5):\n    n += 1\n    'a' * 10**9\nfor i in range(10**6):\n    n += 1\n    'a' * 10**9\n",
		);
		assert.equal(found['n'], '102');
	});
});
