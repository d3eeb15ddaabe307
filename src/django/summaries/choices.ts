import { intercept, native, type Summary } from '../../python/runtime/native';
import { listType, PyList, PyObject, PyTuple, tupleType, type Value } from '../../python/values';

/**
 * Every field and widget normalizes its choices (Django 5.0 and later, utils/choices.py), by asking the abstract classes of
 * `collections.abc` about each label. Lists and tuples of pairs of plain values come out as there; all else is asked as there.
 */
export const choicesSummaries: readonly Summary[] = [
	intercept('django.utils.choices', 'normalize_choices', 'Called for each choice of each field.', (_py, original) =>
		native('normalize_choices', 'value, *, depth=0', (py, [value, depth]) => {
			const plain = typeof depth === 'number' ? normalized(value, depth) : undefined;
			return plain === undefined ? py.call(original, [value], new Map([['depth', depth]])) : plain;
		}),
	),
];

/** Undefined where it isn't plain. */
function normalized(value: Value, depth: number): Value | undefined {
	if (isLabel(value) || value === null || typeof value === 'number' || typeof value === 'boolean') return value;
	const items = itemsOf(value);
	if (!items) return undefined;
	if (depth >= 2 || items.some(isLabel)) return value;
	const pairs: Value[] = [];
	for (const item of items) {
		const [key, label, ...others] = itemsOf(item) ?? [];
		const inner = label === undefined || others.length > 0 ? undefined : normalized(label, depth + 1);
		if (key === undefined || inner === undefined) return undefined;
		pairs.push(new PyTuple([key, inner]));
	}
	return new PyList(pairs);
}

function itemsOf(value: Value): readonly Value[] | undefined {
	const plain = (value instanceof PyList && value.cls === listType) || (value instanceof PyTuple && value.cls === tupleType);
	return plain ? value.items : undefined;
}

/** A text, or one that is yet to be translated. */
const isLabel = (value: Value): boolean =>
	typeof value === 'string' ||
	(value instanceof PyObject && value.cls.mro.some(({ fullName }) => fullName === 'django.utils.functional.Promise'));
