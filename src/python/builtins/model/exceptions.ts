import { defineType, getter, method, staticMethod } from '../../runtime/native';
import { baseExceptionType, exceptionType, PyClass, PyException, PyTuple, type Value } from '../../values';

defineType(baseExceptionType, [
	staticMethod(
		'__new__',
		'cls, *args, **keywords',
		(_py, [cls, args]) => {
			const exception = new PyException(cls instanceof PyClass ? cls : baseExceptionType);
			exception.args = args;
			return exception;
		},
		{ acceptsUnknown: true },
	),
	method(
		'__init__',
		'self, *args, **keywords',
		(_py, [self, args]) => {
			if (self instanceof PyException) self.args = args;
			return null;
		},
		{ acceptsUnknown: true },
	),
	getter(
		'args',
		(_py, self) => (self instanceof PyException ? self.args : null),
		(py, self, value) => {
			if (self instanceof PyException) self.args = new PyTuple(py.list(value));
		},
	),
	method('__str__', 'self, /', (py, [self]) => {
		if (!(self instanceof PyException)) return '';
		const [first] = self.args.items;
		if (first === undefined) return '';
		if (self.args.items.length > 1) return py.repr(self.args);
		return self.cls.derivesFrom(exceptionType('KeyError')) ? py.repr(first) : py.str(first);
	}),
	method('__repr__', 'self, /', (py, [self]) => (self instanceof PyException ? `${self.cls.name}(${self.args.items.map((item) => py.repr(item)).join(', ')})` : '')),
	method('with_traceback', 'self, traceback, /', (_py, [self]) => self),
	method('add_note', 'self, note, /', () => null),
]);

defineType(exceptionType('ImportError'), [
	method('__init__', 'self, *args, name=None, path=None', (_py, [self, args, name, path]) => {
		if (self instanceof PyException) {
			self.args = args;
			self.attrs = new Map<string, Value>([
				['name', name],
				['path', path],
				['msg', args.items[0] ?? null],
			]);
		}
		return null;
	}),
]);

defineType(exceptionType('StopIteration'), [getter('value', (_py, self) => (self instanceof PyException ? (self.args.items[0] ?? null) : null))]);

defineType(exceptionType('SystemExit'), [getter('code', (_py, self) => (self instanceof PyException ? (self.args.items[0] ?? null) : null))]);

/** OSError(errno, strerror, filename). */
function osErrorPart(name: string, index: number): ReturnType<typeof getter> {
	return getter(name, (_py, self) => (self instanceof PyException && self.args.items.length >= 2 ? (self.args.items[index] ?? null) : null));
}
defineType(exceptionType('OSError'), [osErrorPart('errno', 0), osErrorPart('strerror', 1), osErrorPart('filename', 2)]);
