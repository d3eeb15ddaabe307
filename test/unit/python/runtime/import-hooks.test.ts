import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

const hook = (loader: string) => `
import sys
from importlib.machinery import ModuleSpec, PathFinder

${loader}

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name != 'chosen':
            return None
        spec = PathFinder.find_spec(name, path)
        return ModuleSpec(name, Loader(spec), origin=spec.origin)
`;
const modern = hook(`
class Loader:
    def __init__(self, spec):
        self.spec = spec
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        self.spec.loader.exec_module(module)
        for name, value in vars(module.Chosen).items():
            if name.isupper():
                setattr(module, name, value)`);
const old = hook(`
import importlib.util
class Loader:
    def __init__(self, spec):
        self.spec = spec
    def load_module(self, name):
        module = sys.modules[name] = importlib.util.module_from_spec(self.spec)
        self.spec.loader.exec_module(module)
        module.A = module.Chosen.A * 10
        return module`);
const files = { 'chosen.py': 'B = 2\nclass Chosen:\n    A = 1\n' };

describe('import hooks', () => {
	it('that stand before the path load modules which the path has, too', () => {
		const text =
			'import sys, hook\nsys.meta_path.insert(0, hook.Finder())\nimport chosen\nr = [chosen.A, chosen.B]\ndel chosen, hook, sys';
		assert.deepEqual(evaluate(text, { ...files, 'hook.py': modern }), { r: '[1, 2]' });
	});
	it('of before PEP 451 do it all in load_module', () => {
		const text =
			'import sys, hook\nsys.meta_path.insert(0, hook.Finder())\nimport chosen\nr = [chosen.A, chosen.B]\ndel chosen, hook, sys';
		assert.deepEqual(evaluate(text, { ...files, 'hook.py': old }), { r: '[10, 2]' });
	});
	it('that stand after the path have only what the path has not', () => {
		const text =
			'import sys, hook\nsys.meta_path.append(hook.Finder())\nimport chosen\nr = hasattr(chosen, "A")\ndel chosen, hook, sys';
		assert.deepEqual(evaluate(text, { ...files, 'hook.py': modern }), { r: 'False' });
	});
	it('leave what is no module below the name of one that put it there', () => {
		const outer = "import sys\nclass inner:\n    x = 1\nsys.modules[__name__ + '.inner'] = inner\n";
		const text = 'from outer.inner import x\nimport outer.inner\nr = [x, outer.inner.x]\ndel outer';
		assert.deepEqual(evaluate(text, { 'outer.py': outer }), { x: '1', r: '[1, 1]' });
	});
	it('an accelerator is missing where what catches it stands in a variable', () => {
		const fast = `
def find(needed):
    caught = () if needed else (ImportError,)
    try:
        from pkg import _fast
        return _fast
    except caught:
        return None
r = find(False)
`;
		const { r } = evaluate('from pkg.slow import r', { 'pkg/__init__.py': '', 'pkg/_fast.so': '', 'pkg/slow.py': fast });
		assert.equal(r, 'None');
	});
});

describe('a library that raises while it is imported', () => {
	const lib = { 'site-packages/lib/__init__.py': 'class NotToday(Exception): pass\n' };
	const files = { ...lib, 'site-packages/lib/part.py': 'from lib import NotToday\nraise NotToday("no")\n' };
	const run = (text: string) => evaluate(text, { ...files, ...importlib }, { sysPath: ['/lib/site-packages', '/lib'] });
	const importlib = { 'site-packages/loader.py': 'def load(name): return __import__(name, fromlist=["x"])\n' };

	it('gives its own exception to whoever waits for it, in a generator too', () => {
		const waits = `
from lib import NotToday
from loader import load
def parts():
    for name in ['lib.part', 'lib']:
        try:
            yield load(name).__name__
        except (NotToday, SyntaxError) as e:
            yield repr(e)
r = list(parts())
def one():
    try: return load('lib.part')
    except NotToday: return 'caught'
s = one()
`;
		const { r, s } = run(waits);
		assert.deepEqual([r, s], [`["NotToday('no')", 'lib']`, "'caught'"]);
	});
	it('is unknown where nobody does, and so it is said', () => {
		const found = run('from loader import load\nr = load("lib.part") is None');
		assert.equal(found['problem 1']?.replace(/ \(.*/, ''), 'lib.part could not be evaluated: NotToday: no');
	});
});

describe('a check of what is unknown', () => {
	it('is taken to have passed where it asks for True or False itself', () => {
		const { r } = evaluate(
			`
from outside import ask
def ensure(cond):
    if cond is True:
        return 'passed'
    raise ValueError
r = ensure(ask()), ensure(True)
try: ensure(1)
except ValueError: r += 'failed',
`,
			{},
			{ environmentKnown: false },
		);
		assert.equal(r, "('passed', 'passed', 'failed')");
	});
});
