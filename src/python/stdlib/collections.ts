import { text } from '../builtins/arguments';
import { native, nativeModule } from '../runtime/native';
import { textOf } from '../values';
import { dequeType } from './deque';
import { namedTuple } from './namedtuple';
import { defaultDict, orderedDict } from './ordered-dict';

const countElements = native('_count_elements', 'mapping, iterable', (py, [mapping, iterable]) => {
	for (const item of py.iterate(iterable)) py.setItem(mapping, item, py.binary('+', py.callMethod(mapping, 'get', item, 0), 1));
	return null;
});

/** Native: `_collections` is written in C. `Counter`, `ChainMap`, `UserDict`, `UserList` and `UserString` come from the source. */
export const collections = nativeModule(
	'collections',
	[
		['OrderedDict', orderedDict],
		['defaultdict', defaultDict],
		['deque', dequeType],
		native(
			'namedtuple',
			'typename, field_names, *, rename=False, defaults=None, module=None',
			(py, [name, fields, rename, defaults, module]) => {
				const calling = py.stack()[0]?.module.name;
				return namedTuple(py, text(py, name), textOf(fields) ?? fields, py.truth(rename), defaults, textOf(module) ?? calling);
			},
		),
		countElements,
	],
	{ partial: true, package: true, lazy: { abc: (py) => py.importModule('collections.abc') } },
);

/** What the source of `collections` imports from C. */
export const privateCollections = nativeModule('_collections', [
	['OrderedDict', orderedDict],
	['defaultdict', defaultDict],
	['deque', dequeType],
	countElements,
]);
