import type { Maker } from './pieces';

/** Statements: what binds, catches, leaves and repeats. */
export const flows: readonly Maker[] = [
	(r) => ({
		lines: `from dataclasses import dataclass
@dataclass
class Point:
    x: int
    y: int = 0
class Old:
    __match_args__ = ('a',)
    def __init__(self, a): self.a = a
def told(v):
    match v:
        case Point(0, y=yy): return 'axis', yy
        case Point(x=px) if px > ${r.number()}: return 'big', px
        case Point(): return 'point'
        case Old([first, *_] as whole): return first, whole
        case {'kind': ('a' | 'b') as k, **rest}: return k, rest
        case {'n': int() | float() as n}: return 'n', n
        case [1, [2, *mid], *_, 9]: return mid
        case (str(a), b) | [b, str(a)]: return a, b
        case str() if v.isdigit(): return int(v)
        case ${r.of('-1', 'None', 'True', "b'x'", '1.5')}: return 'literal'
        case _: return 'none'`,
		result: `[told(v) for v in (Point(0, 3), Point(${r.number(20)}), Old([1, 2]), Old(3), {'kind': 'b', 'z': 1}, {'n': True}, [1, [2, 3, 4], 5, 9], ('s', 1), [1, 's'], '42', -1, None, True, b'x', 1.5, {}, [])]`,
	}),
	(r) => ({
		lines: `out = []
data = ${r.of('[1, 5, 0, 3]', "['a', '', 'b']", '[]', 'range(4)')}
if (n := len(data)) > ${r.number(4)}: out.append(n)
while (item := next(it, None)) is not None if 'it' in globals() else False: out.append(item)
out.append([y := 1, y ** 2, (z := y + ${r.number()})])
out.append([last := x for x in data])
out.append({k: v for k, v in zip('abc', data) if (w := v)})
out.append((lambda: (q := 5) + q)())
out.append(f'{(m := ${r.number()})}{m!r:>3}{m=}')`,
		result: "out, y, z, last if data else None, globals().get('w')",
	}),
	(r) => ({
		lines: `def averager():
    total, count = 0, 0
    try:
        while True:
            try:
                got = yield (total / count if count else None)
            except ${r.of('ValueError', 'KeyError', 'Exception')} as e:
                total = 0; got = len(e.args)
            if got is None: ${r.of("return 'end', total", 'continue', 'break')}
            total += got; count += 1
    finally:
        log.append(('closed', total))
log = []
def outer(): 
    r = yield from averager()
    log.append(r)
    return r
g = ${r.of('averager()', 'outer()')}
out = [next(g)]
for step in (${r.some(5, '1', '2', "'t'", "'e'", '10', 'None', "'c'")},):
    try:
        if step == 't': out.append(g.throw(ValueError('v', 1)))
        elif step == 'e': out.append(g.throw(KeyError))
        elif step == 'c': out.append(g.close())
        else: out.append(g.send(step))
    except BaseException as e: out.append((type(e).__name__, e.args))`,
		result: 'out, log, g.gi_frame is None',
	}),
	(r) => ({
		lines: `from contextlib import contextmanager, ExitStack, suppress, nullcontext, closing, redirect_stdout, ContextDecorator
log = []
@contextmanager
def opened(name, ${r.of('quiet=False', 'quiet=True')}):
    log.append('in ' + name)
    try: yield name.upper()
    except ValueError as e:
        log.append(('caught', str(e)))
        if not quiet: raise
    finally: log.append('out ' + name)
class Deco(ContextDecorator):
    def __enter__(self): log.append('enter'); return self
    def __exit__(self, *exc): log.append(('exit', exc[0] and exc[0].__name__)); return ${r.of('True', 'False', 'None')}
@Deco()
def work(x):
    if x > 1: raise LookupError(x)
    return x
try:
    with ExitStack() as stack, suppress(${r.of('KeyError', 'LookupError', 'ZeroDivisionError')}):
        names = [stack.enter_context(opened(n)) for n in 'ab']
        stack.callback(log.append, 'callback')
        log.append((names, work(${r.number(3)})))
        with nullcontext(5) as five, opened('c') as c: log.append((five, c))
        ${r.of('raise ValueError("boom")', '1 / 0', 'pass', "{}['k']")}
except Exception as e: log.append(('outside', type(e).__name__))`,
		result: 'log',
	}),
	(r) => ({
		lines: `def risky(kind):
    try:
        if kind == 0: raise ValueError('a') from KeyError('b')
        if kind == 1: raise ExceptionGroup('g', [ValueError(1), TypeError(2), ExceptionGroup('in', [ValueError(3)])])
        if kind == 2: return [][0]
        e = RuntimeError('noted'); e.add_note('n1'); raise e
    finally:
        log.append(kind)
log = []
def handled(kind):
    try: return risky(kind)
    except* ValueError as eg: log.append(('vals', [str(x) for x in eg.exceptions]))
    except* ${r.of('TypeError', 'LookupError', 'RuntimeError')} as eg: log.append(('other', len(eg.exceptions), getattr(eg.exceptions[0], '__notes__', None)))
out = []
for k in range(4):
    try: handled(k)
    except BaseException as e: out.append((type(e).__name__, str(e), type(e.__cause__).__name__, type(e.__context__).__name__))`,
		result: 'out, log',
	}),
	(r) => ({
		lines: `first, *middle, last = ${r.of("'hello'", 'range(5)', '[1, 2]', "{'a': 1, 'b': 2, 'c': 3}")}
(a, b), *c = [(1, 2), ${r.value()}, ${r.value()}]
d = {**{'x': 1}, 'x': 2, **dict(y=${r.value()})}
def f(a, /, b=2, *args, c, d=${r.value()}, **kw): return a, b, args, c, d, kw
x = y = [*range(2), *'ab']
x += [1]
i = 0
i, x[i] = 1, 'moved'
del x[-1], d['x']
for k, (v, *w) in enumerate([(1, 2, 3), 'xy']): pass`,
		result: `first, middle, last, a, b, c, d, f(1, c=3, ${r.of('e=4', '**{"z": 5}', 'd=1')}), f(*[1, 2, 3], c=0), x is y, x, k, v, w`,
	}),
];
