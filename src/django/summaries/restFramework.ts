import { intercept, native, type Summary } from '../../python/runtime/native';
import { PyClass, PyList, PyTuple, textOf, WaitingAttributes } from '../../python/values';

/** Django REST framework is read from its source, this apart. */
export const restFrameworkSummaries: readonly Summary[] = [
	intercept(
		'rest_framework.viewsets',
		'getmembers',
		'A viewset is searched for its extra actions, which are functions: what still waits in it (its serializer, its queryset) is none.',
		(_py, original) =>
			native('getmembers', 'object, predicate=None', (py, [object, predicate]) => {
				if (!(object instanceof PyClass)) return py.call(original, [object, predicate]);
				const found: PyTuple[] = [];
				for (const one of py.iterate(py.call(py.builtin('dir'), [object]))) {
					const name = textOf(one) ?? '';
					const owner = object.mro.find((cls) => cls.dict.has(name));
					if (owner?.dict instanceof WaitingAttributes && owner.dict.isWaiting(name)) continue;
					const value = py.findAttr(object, name);
					if (value === undefined || (predicate !== null && !py.truth(py.call(predicate, [value])))) continue;
					found.push(new PyTuple([name, value]));
				}
				return new PyList(found);
			}),
	),
];
