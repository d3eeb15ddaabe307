import { getter, method, newType, staticMethod } from '../runtime/native';
import { type PyClass, PyObject, type Value } from '../values';
import { PyUnion } from './generic-alias';

/** `sentinel('NAME')` (PEP 661, Python 3.15): a value that is nothing but itself. */
class PySentinel extends PyObject {
	constructor(
		readonly name: string,
		readonly shown: Value,
		readonly moduleName: Value,
	) {
		super(sentinelType);
	}
}

const own = (self: Value): PySentinel | undefined => (self instanceof PySentinel ? self : undefined);
const itself = (name: string, signature: 'self, /' | 'self, memo, /') => method(name, signature, (_, [self]) => self);

export const sentinelType: PyClass = newType('sentinel', 'builtins', [
	staticMethod('__new__', 'cls, name, /, *, repr=None', (py, [, name, shown]) => {
		if (typeof name !== 'string') return py.raise('TypeError', `sentinel() argument 1 must be str, not ${py.typeOf(name).name}`);
		return new PySentinel(name, shown, py.stack()[0]?.module.name ?? null);
	}),
	method('__init__', 'self, *args, **kwargs', () => null),
	getter('__name__', (_, self) => own(self)?.name ?? null),
	getter('__module__', (_, self) => own(self)?.moduleName ?? null),
	method('__repr__', 'self, /', (py, [self]) => py.str(own(self)?.shown ?? own(self)?.name ?? '')),
	method('__or__', 'self, other, /', (_, [self, other]) => new PyUnion([self, other])),
	method('__ror__', 'self, other, /', (_, [self, other]) => new PyUnion([other, self])),
	itself('__copy__', 'self, /'),
	itself('__deepcopy__', 'self, memo, /'),
]);
