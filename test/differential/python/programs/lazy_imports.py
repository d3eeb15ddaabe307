# since Python 3.15
lazy import json
lazy from collections import OrderedDict as Ordered, Counter
lazy import os.path
lazy = 'a name as well'
imported = json.dumps({'a': 1}), Ordered([(1, 2)]), Counter('aab'), os.path.basename('a/b'), lazy
rows = [[1, 2], [3], []]
flat = [*row for row in rows], {*row for row in rows}, list((*row for row in rows)), sorted(*row for row in [rows[0]]), [*row for row in rows if row]
merged = {**one for one in ({'a': 1}, {'b': 2}, {'a': 3})}
d = frozendict(a=1, b=[2])
frozen = d, frozendict(), frozendict(d) is d, d == {'a': 1, 'b': [2]}, isinstance(d, dict), d['a'], d.get('z', 0), list(d), len(d), 'a' in d, list(d.items())
joined = d | {'c': 3}, {'z': 1} | d, type({'z': 1} | d).__name__, frozendict.fromkeys('ab', 1), list(reversed(d)), {**d}, dict(d)
keys = {frozendict(a=1, b=2): 'found'}[frozendict(b=2, a=1)], hash(frozendict(a=1)) == hash(frozendict(a=1))
class Sub(frozendict): pass
sub = Sub(a=1), Sub(a=1).copy(), type(Sub(a=1) | {}).__name__, Sub(a=1) == frozendict(a=1)
errors = []
def change(): d['x'] = 1
def remove(): del d['a']
for wrong in (change, remove, lambda: hash(d), lambda: d['q'], lambda: d.update(a=1), lambda: d.pop('a'), lambda: sentinel()):
    try:
        wrong()
    except (TypeError, KeyError, AttributeError) as e:
        errors.append(type(e).__name__)
d |= {'k': 1}
grown = d
match d:
    case {'a': matched}:
        pass
MISSING = sentinel('MISSING')
other = sentinel('MISSING')
lonely = repr(MISSING), MISSING is other, MISSING == MISSING, bool(MISSING), MISSING.__name__, type(MISSING).__name__, repr(sentinel('X', repr='<X>')), (MISSING | None) is not None
import re
prefix = re.prefixmatch('a+', 'aab').group(), re.compile('b').prefixmatch('ab'), re.compile('b').prefixmatch('ab', 1).span()
