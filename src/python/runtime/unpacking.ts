import { PyDict, PyUnknown, textOf, type Value } from '../values';
import type { Machine } from './machine';

/** `{**mapping}`, `dict.update(mapping)`. */
export function mergeInto(py: Machine, dict: PyDict, mapping: Value): void {
	if (mapping instanceof PyUnknown) py.dropped(mapping);
	else if (mapping instanceof PyDict && (mapping.cls.immutable || py.findAttr(mapping, 'keys') === undefined)) {
		for (const { key, value } of mapping.entries()) dict.set(py, key, value);
	} else {
		for (const key of py.iterate(py.callMethod(mapping, 'keys'))) dict.set(py, key, py.getItem(mapping, key));
	}
}

/** `f(**mapping)`; `twice` raises for a name that is there already. */
export function mergeKeywords(py: Machine, keywords: Map<string, Value>, mapping: Value, twice?: (name: string) => never): void {
	if (mapping instanceof PyUnknown) {
		py.dropped(mapping);
		return;
	}
	const dict = new PyDict();
	mergeInto(py, dict, mapping);
	for (const { key, value } of dict.entries()) {
		const name = textOf(key);
		if (name === undefined) py.raise('TypeError', 'keywords must be strings');
		else if (twice && keywords.has(name)) twice(name);
		else keywords.set(name, value);
	}
}
