import { type HashKey, identity, objectType, PyClass, PyDict, PyList, PyObject, PyUnknown, typeType } from '../values';
import type { Machine } from './machine';

/** Keys of objects in dicts and sets. */
export class Hashes {
	/** Objects with an equality of their own, by hash: the first equal one seen stands for them all. */
	private readonly equalObjects = new Map<HashKey, PyObject[]>();

	constructor(private readonly py: Machine) {}

	/** The key of an object whose class defines `__eq__` or `__hash__`, or itself; raises TypeError for the unhashable. */
	of(value: PyObject): HashKey {
		const { py } = this;
		if (value instanceof PyUnknown) return value;
		const hash = value.cls.lookup('__hash__');
		const eq = value.cls.lookup('__eq__');
		if (hash === null || (hash === undefined && eq !== undefined && value.cls.immutable && isUnhashable(value))) {
			return py.raise('TypeError', `unhashable type: '${value.cls.name}'`);
		}
		if (value instanceof PyClass && (value.cls === typeType || eq === objectType.dict.get('__eq__') || eq === undefined))
			return value;
		if (eq === undefined || eq === objectType.dict.get('__eq__') || value.cls.immutable) {
			if (isUnhashable(value) && hash === objectType.dict.get('__hash__'))
				return py.raise('TypeError', `unhashable type: '${value.cls.name}'`);
			if (
				!(
					value.cls.immutable &&
					eq !== undefined &&
					eq !== objectType.dict.get('__eq__') &&
					hash !== objectType.dict.get('__hash__')
				)
			)
				return value;
		}
		if (hash === undefined) return value;
		const key = py.call(py.bindSpecial(hash, value));
		const bucketKey: HashKey = key instanceof PyObject ? identity(key) : typeof key === 'boolean' ? Number(key) : key;
		const bucket = this.equalObjects.get(bucketKey);
		if (!bucket) {
			this.equalObjects.set(bucketKey, [value]);
			return value;
		}
		for (const other of bucket) if (other === value || py.equals(other, value)) return other;
		bucket.push(value);
		return value;
	}
}

function isUnhashable(value: PyObject): boolean {
	return value instanceof PyList || value instanceof PyDict || (value.cls.name === 'set' && value.cls.immutable);
}
