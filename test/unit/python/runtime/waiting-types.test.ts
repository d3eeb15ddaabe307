import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

const typing = [
	'import log',
	'class _Form:',
	'    def __init__(self, name): self.name = name',
	'    def __getitem__(self, item):',
	'        log.seen.append(self.name)',
	'        return (self.name, item)',
	'Union = _Form("Union")',
	'class TypeVar:',
	'    def __init__(self, name): log.seen.append(name); self.name = name',
	'class _Made(type):',
	'    def __new__(meta, name, bases, names, total=True):',
	'        log.seen.append((name, total))',
	'        return type.__new__(meta, name, (), names)',
	'class _Typed:',
	'    def __mro_entries__(self, bases): return (_TypedDict,)',
	'TypedDict = _Typed()',
	'_TypedDict = type.__new__(_Made, "TypedDict", (), {})',
	'TypeAlias = _Form("TypeAlias")',
].join('\n');
const files = {
	'log.py': 'seen = []\n',
	'typing_extensions.py': typing,
	'site-packages/library.py': [
		'import typing_extensions as t',
		'from typing_extensions import TypeVar, Union',
		'T = TypeVar("T")',
		'Text = Union[str, bytes]',
		'Number = t.Union[int, float]',
		'Both = Union[Text, Number]',
		'kind = int',
		'Early = Union[kind]',
		'kind = str',
		'def both(): return Both',
	].join('\n'),
	'site-packages/hiding.py': [
		'from typing_extensions import Union',
		'Kind = Union[type]',
		'class Box:',
		'    kind = type',
		'def type(x): return x',
	].join('\n'),
	'site-packages/schemas.py': [
		'import sys',
		'if sys.version_info > (3,):',
		'    from typing_extensions import TypeAlias, TypedDict',
		'class Point(TypedDict, total=False):',
		'    # Of a plane.',
		'    x: int',
		'class Named(TypedDict):',
		'    name: str',
		'if sys.version_info > (3,):',
		'    Shape: TypeAlias = Point | Named',
		'else:',
		'    Shape: TypeAlias = Point',
	].join('\n'),
	'shop.py': 'from typing_extensions import Union\nText = Union[str, bytes]\n',
};
const run = (text: string) => {
	const { r, ...rest } = evaluate(`import log\n${text}\ndel log`, files, {
		sysPath: ['/lib', '/lib/site-packages'],
		projectRoots: ['/lib'],
	});
	assert.deepEqual(rest, {});
	return r;
};

describe('names of types in a library', () => {
	it('wait, but for one whose parts change later', () => {
		assert.equal(run('import library\nlibrary.kind\nr = log.seen\ndel library'), "['Union']");
	});

	it('are made when they are asked for, once, each after those that it is made of', () => {
		assert.equal(
			run('import library\nr = [library.both(), library.Both is library.both(), library.T.name, log.seen]\ndel library'),
			"[('Union', (('Union', (<class 'str'>, <class 'bytes'>)), ('Union', (<class 'int'>, <class 'float'>)))), True, 'T', ['Union', 'Union', 'Union', 'Union', 'T']]",
		);
	});

	it('mean builtins by names that the module gives to something else later', () => {
		assert.equal(
			run('import hiding\nr = [hiding.Kind[1] is type, hiding.Box.kind is type, hiding.type(3)]\ndel hiding'),
			'[True, True, 3]',
		);
	});

	it('are those of dictionaries, too, with the keywords of theirs, and stand inside of an if', () => {
		assert.equal(run('import schemas\nr = list(log.seen)\ndel schemas'), '[]');
		assert.equal(
			run('import schemas\nr = [schemas.Point.__name__, list(log.seen)]\ndel schemas'),
			"['Point', [('Point', False)]]",
		);
	});

	it('are made in their place in the project', () => {
		assert.equal(run('import shop\nr = log.seen\ndel shop'), "['Union']");
	});
});
