import type { Interpreter } from '../runtime/interpreter';
import { defineType, getter, type Member, method, staticMethod } from '../runtime/native';
import { baseExceptionType, exceptionType, PyClass, PyException, PyList, PyTuple, type Value } from '../values';
import { typeName } from './arguments';

/** The members of the built-in exception classes: what CPython's Objects/exceptions.c defines. */

function own(py: Interpreter, self: Value): PyException {
	return self instanceof PyException ? self : py.raise('TypeError', `expected an exception, got '${typeName(py, self)}'`);
}

/** The text of an exception: its only argument, or all of them. */
function message(py: Interpreter, { args }: PyException): string {
	if (args.items.length === 0) return '';
	return args.items.length === 1 ? py.str(args.items[0] ?? null) : py.repr(args);
}

/** Attributes that the arguments give unless they are set: kept in `__dict__` once written. */
function fromArguments(name: string, value: (error: PyException) => Value): Member {
	const key = `\0${name}`;
	return getter(
		name,
		(py, self) => {
			const error = own(py, self);
			const set = error.attrs?.get(key);
			return set === undefined ? value(error) : set;
		},
		(py, self, given) => {
			const error = own(py, self);
			error.attrs ??= new Map();
			hidden(error).set(key, given);
		},
	);
}

function hidden(error: PyException): Map<string, Value> {
	error.attrs ??= new Map();
	return error.attrs;
}

const accepts = { acceptsUnknown: true };

defineType(baseExceptionType, [
	staticMethod(
		'__new__',
		'cls, /, *args, **kwargs',
		(_, [cls, args]) => {
			const error = new PyException(cls instanceof PyClass ? cls : baseExceptionType);
			error.args = args;
			return error;
		},
		accepts,
	),
	method(
		'__init__',
		'self, /, *args',
		(py, [self, args]) => {
			own(py, self).args = args;
			return null;
		},
		accepts,
	),
	getter(
		'args',
		(py, self) => own(py, self).args,
		(py, self, value) => {
			own(py, self).args = new PyTuple(py.list(value));
		},
	),
	getter(
		'__cause__',
		(py, self) => own(py, self).cause,
		(py, self, value) => {
			own(py, self).cause = value;
		},
	),
	getter(
		'__context__',
		(py, self) => own(py, self).context,
		(py, self, value) => {
			own(py, self).context = value;
		},
	),
	getter(
		'__suppress_context__',
		(py, self) => own(py, self).cause !== null,
		() => {},
	),
	getter(
		'__traceback__',
		() => null,
		() => {},
	),
	method('with_traceback', 'self, tb, /', (_, [self]) => self),
	method('add_note', 'self, note, /', (py, [self, note]) => {
		const error = own(py, self);
		const notes = hidden(error).get('__notes__');
		if (notes instanceof PyList) notes.items.push(note);
		else hidden(error).set('__notes__', new PyList([note]));
		return null;
	}),
	method('__str__', 'self, /', (py, [self]) => message(py, own(py, self))),
	method('__repr__', 'self, /', (py, [self]) => {
		const { cls, args } = own(py, self);
		return `${cls.name}(${args.items.map((arg) => py.repr(arg)).join(', ')})`;
	}),
	method('__reduce__', 'self, /', (py, [self]) => new PyTuple([own(py, self).cls, own(py, self).args])),
]);

const argument = (at: number) => (error: PyException) => error.args.items[at] ?? null;

defineType(exceptionType('KeyError'), [
	method('__str__', 'self, /', (py, [self]) => {
		const error = own(py, self);
		return error.args.items.length === 1 ? py.repr(error.args.items[0] ?? null) : message(py, error);
	}),
]);
defineType(exceptionType('StopIteration'), [fromArguments('value', argument(0))]);
defineType(exceptionType('SystemExit'), [fromArguments('code', argument(0))]);

/** Keyword arguments of `ImportError(name=…)`, `AttributeError(obj=…)` become attributes. */
function keywordInit(...names: readonly string[]): Member {
	return method(
		'__init__',
		'self, /, *args, **kwargs',
		(py, [self, args, kwargs]) => {
			const error = own(py, self);
			error.args = args;
			for (const { key, value } of kwargs.entries()) {
				if (typeof key === 'string' && names.includes(key)) hidden(error).set(`\0${key}`, value);
				else py.raise('TypeError', `'${String(key)}' is an invalid keyword argument for ${error.cls.name}`);
			}
			return null;
		},
		accepts,
	);
}

const absent = (): Value => null;
defineType(exceptionType('ImportError'), [
	keywordInit('name', 'path', 'name_from'),
	fromArguments('msg', argument(0)),
	fromArguments('name', absent),
	fromArguments('path', absent),
]);
defineType(exceptionType('AttributeError'), [
	keywordInit('name', 'obj'),
	fromArguments('name', absent),
	fromArguments('obj', absent),
]);
defineType(exceptionType('NameError'), [keywordInit('name'), fromArguments('name', absent)]);

const several = (at: number) => (error: PyException) => (error.args.items.length > 1 ? (error.args.items[at] ?? null) : null);
defineType(exceptionType('OSError'), [
	fromArguments('errno', several(0)),
	fromArguments('strerror', several(1)),
	fromArguments('filename', several(2)),
	fromArguments('filename2', several(4)),
	method('__str__', 'self, /', (py, [self]) => {
		const error = own(py, self);
		const [number, text, file] = error.args.items;
		if (number === undefined || text === undefined) return message(py, error);
		return `[Errno ${py.str(number)}] ${py.str(text)}${file === undefined || file === null ? '' : `: ${py.repr(file)}`}`;
	}),
]);

const detail = (at: number) => (error: PyException) => {
	const details = error.args.items[1];
	return details instanceof PyTuple ? (details.items[at] ?? null) : null;
};
defineType(exceptionType('SyntaxError'), [
	fromArguments('msg', argument(0)),
	fromArguments('filename', detail(0)),
	fromArguments('lineno', detail(1)),
	fromArguments('offset', detail(2)),
	fromArguments('text', detail(3)),
	fromArguments('end_lineno', detail(4)),
	fromArguments('end_offset', detail(5)),
	method('__str__', 'self, /', (py, [self]) => py.str(own(py, self).args.items[0] ?? null)),
]);

for (const name of ['UnicodeDecodeError', 'UnicodeEncodeError'])
	defineType(exceptionType(name), [
		fromArguments('encoding', argument(0)),
		fromArguments('object', argument(1)),
		fromArguments('start', argument(2)),
		fromArguments('end', argument(3)),
		fromArguments('reason', argument(4)),
		method('__str__', 'self, /', (py, [self]) => {
			const [encoding, , start, , reason] = own(py, self).args.items;
			const verb = name === 'UnicodeDecodeError' ? 'decode byte' : 'encode character';
			return `'${py.str(encoding ?? null)}' codec can't ${verb} in position ${py.str(start ?? null)}: ${py.str(reason ?? null)}`;
		}),
	]);

defineType(exceptionType('BaseExceptionGroup'), [
	fromArguments('message', argument(0)),
	getter('exceptions', (py, self) => new PyTuple(py.list(own(py, self).args.items[1] ?? new PyTuple([])))),
	method('__str__', 'self, /', (py, [self]) => {
		const [message = null, members = new PyTuple([])] = own(py, self).args.items;
		const count = py.length(members);
		return `${py.str(message)} (${count} sub-exception${count === 1 ? '' : 's'})`;
	}),
]);
