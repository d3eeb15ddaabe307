import { intercept, native, type Summary } from '../../python/runtime/native';
import { PyClass, PyFunction, PyList, PyObject, PyTuple, type Value, WaitingAttributes } from '../../python/values';

/** Django REST framework is read from its source, this apart. */
export const restFrameworkSummaries: readonly Summary[] = [
	intercept(
		'rest_framework.viewsets',
		'getmembers',
		'A viewset is searched for its extra actions, which have a `mapping`: what still waits in it (its serializer, its queryset) has none.',
		(_py, original) =>
			native('getmembers', 'object, predicate=None', (py, [object, predicate]) => {
				if (!(object instanceof PyClass && predicate instanceof PyFunction && predicate.name === '_is_extra_action'))
					return py.call(original, [object, predicate]);
				const found: [string, Value][] = [];
				for (const name of mayHaveMapping(object)) {
					const value = py.findAttr(object, name);
					if (value !== undefined && py.truth(py.call(predicate, [value]))) found.push([name, value]);
				}
				found.sort(([a], [b]) => (a < b ? -1 : 1));
				return new PyList(found.map((pair) => new PyTuple(pair)));
			}),
	),
];

/** The attributes that may have an attribute `mapping`: most are functions, which tell at once. */
function mayHaveMapping(object: PyClass): string[] {
	const seen = new Set<string>();
	const names: string[] = [];
	for (const cls of object.mro) {
		if (cls.pending) cls.pending();
		const { dict } = cls;
		for (const name of dict.keys()) {
			if (seen.has(name)) continue;
			seen.add(name);
			if (dict instanceof WaitingAttributes && dict.isWaiting(name)) continue;
			const value = dict.get(name);
			if (value instanceof PyFunction ? value.attrs?.has('mapping') : value instanceof PyObject) names.push(name);
		}
	}
	return names;
}
