import type { Interpreter } from '../../runtime/interpreter';
import { native, nativeModule, newType, PyNative } from '../../runtime/native';
import {
	exceptionType,
	identity,
	PyBoundMethod,
	PyBuiltin,
	PyBytes,
	PyClass,
	PyDict,
	PyException,
	PyFunction,
	PyInstance,
	PyList,
	PyModule,
	PyObject,
	PySet,
	PyTuple,
	PyUnknown,
	type Value,
} from '../../values';

/** `copy.copy` and `copy.deepcopy`: `__copy__` and `__deepcopy__` first, else the object's content into a new one of its class. */

type Each = (value: Value) => Value;

/** What is its own copy. */
function isAtomic(value: Value): boolean {
	if (!(value instanceof PyObject)) return true;
	return (
		value instanceof PyFunction ||
		value instanceof PyBuiltin ||
		value instanceof PyClass ||
		value instanceof PyModule ||
		value instanceof PyUnknown
	);
}

/** A new object of the same class with `each` applied to all it holds; undefined for what can't be taken apart. */
function rebuild(py: Interpreter, value: PyObject, each: Each, register: (copy: PyObject) => void): PyObject | undefined {
	let copy: PyObject;
	let fill = (): void => {};
	if (value instanceof PyList) {
		const list = new PyList([], value.cls);
		copy = list;
		fill = () => list.items.push(...value.items.map(each));
	} else if (value instanceof PyDict) {
		// `__new__` gives subclasses with a state of their own (defaultdict) the chance to make it.
		const dict =
			value.cls.immutable && value.cls.lookup('copy') !== undefined && value.cls.name === 'defaultdict'
				? py.callMethod(value, 'copy')
				: new PyDict(value.cls);
		if (!(dict instanceof PyDict)) return undefined;
		copy = dict;
		fill = () => {
			dict.clear();
			for (const { key, value: item } of [...value.entries()]) dict.set(py, each(key), each(item));
		};
	} else if (value instanceof PySet) {
		const set = new PySet(value.cls);
		copy = set;
		fill = () => {
			for (const item of value.values()) set.add(py, each(item));
		};
	} else if (value instanceof PyTuple) {
		const items = value.items.map(each);
		if (!value.attrs && items.every((item, index) => item === value.items[index])) return value;
		copy = new PyTuple(items, value.cls);
	} else if (value instanceof PyBytes) copy = new PyBytes(value.value.slice(), value.cls);
	else if (value instanceof PyException) {
		const exception = new PyException(value.cls);
		exception.args = value.args;
		copy = exception;
	} else if (value instanceof PyBoundMethod) return new PyBoundMethod(value.func, each(value.self));
	else if (value instanceof PyInstance) copy = new PyInstance(value.cls, value.payload);
	else if (value instanceof PyNative) copy = new PyNative(value.cls, value.data);
	else return undefined;
	register(copy);
	fill();
	if (value.attrs) {
		const setState = py.special(copy, '__setstate__');
		const getState = value.cls.lookup('__getstate__');
		if (setState !== undefined && getState instanceof PyFunction) {
			// A state of any form, which the class's own methods understand.
			py.call(setState, [each(py.call(getState, [value]))]);
			return copy;
		}
		const state = stateOf(py, value);
		if (setState !== undefined && state) {
			const dict = new PyDict();
			for (const [name, item] of state) dict.setStr(name, each(item));
			py.call(setState, [dict]);
		} else copy.attrs = new Map([...(state ?? value.attrs)].map(([name, item]) => [name, each(item)]));
	}
	return copy;
}

/** What a class's own `__getstate__` says is to be copied. */
function stateOf(py: Interpreter, value: PyObject): Map<string, Value> | undefined {
	const getState = value.cls.lookup('__getstate__');
	if (!(getState instanceof PyFunction)) return value.attrs;
	const state = py.callMethod(value, '__getstate__');
	if (!(state instanceof PyDict)) return value.attrs;
	return new Map([...state.entries()].flatMap(({ key, value: item }) => (typeof key === 'string' ? [[key, item] as const] : [])));
}

/** `__reduce__`/`__reduce_ex__` written in Python. */
function reduced(py: Interpreter, value: PyObject, each: Each): Value | undefined {
	const own = value.cls.lookup('__reduce_ex__');
	const method = own instanceof PyFunction ? own : value.cls.lookup('__reduce__');
	if (!(method instanceof PyFunction)) return undefined;
	const parts = py.call(method, method === own ? [value, 4] : [value]);
	if (!(parts instanceof PyTuple)) return value;
	const [make, args, state] = parts.items;
	if (make === undefined || args === undefined) return value;
	const copy = py.call(make, py.list(args).map(each));
	if (state instanceof PyDict && copy instanceof PyObject) {
		const setState = py.special(copy, '__setstate__');
		if (setState !== undefined) py.call(setState, [each(state)]);
		else for (const { key, value: item } of state.entries()) if (typeof key === 'string') py.setAttr(copy, key, each(item));
	}
	return copy;
}

function shallow(py: Interpreter, value: Value): Value {
	if (isAtomic(value) || !(value instanceof PyObject)) return value;
	const hook = py.special(value, '__copy__');
	if (hook !== undefined) return py.call(hook);
	const same: Each = (item) => item;
	return reduced(py, value, same) ?? rebuild(py, value, same, () => {}) ?? value;
}

function deep(py: Interpreter, value: Value, memo: PyDict): Value {
	if (isAtomic(value) || !(value instanceof PyObject)) return value;
	const id = identity(value);
	const known = memo.get(py, id);
	if (known !== undefined) return known;
	const hook = py.special(value, '__deepcopy__');
	const each: Each = (item) => deep(py, item, memo);
	const register = (copy: PyObject): void => memo.set(py, id, copy);
	const copy =
		hook !== undefined ? py.call(hook, [memo]) : (reduced(py, value, each) ?? rebuild(py, value, each, register) ?? value);
	memo.set(py, id, copy);
	return copy;
}

const error = newType('Error', 'copy', [], [exceptionType('Exception')]);

export const copy = nativeModule('copy', [
	native('copy', 'x', (py, [x]) => shallow(py, x)),
	native('deepcopy', 'x, memo=None, _nil=None', (py, [x, memo]) => deep(py, x, memo instanceof PyDict ? memo : new PyDict())),
	['Error', error],
	['error', error],
]);
