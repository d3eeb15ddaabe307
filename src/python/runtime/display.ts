import {
	ellipsis,
	notImplemented,
	PyBuiltin,
	PyClass,
	PyFloat,
	PyFunction,
	PyGenerator,
	PyModule,
	PyObject,
	PyUnknown,
	readName,
	strType,
	textOf,
	unwrap,
	type Value,
} from '../values';
import { hasTooManyDigits, limitsDigits, mostDigits } from '../values/digit-limit';
import type { Machine } from './machine';

/** `repr()` and `str()`: the special method of the type, with short cuts for what it would say anyway. */
export function display(py: Machine, value: Value, method: '__repr__' | '__str__'): string {
	if (method === '__str__') {
		if (typeof value === 'string') return value;
		if (value instanceof PyObject && !value.cls.immutable) {
			const own = value.cls.lookup('__str__');
			const raw = unwrap(value);
			if (typeof raw === 'string' && (own === undefined || own === strType.dict.get('__str__'))) return raw;
		}
	}
	if (value === null) return 'None';
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	if (typeof value === 'number') return String(value);
	if (typeof value === 'bigint') {
		if (hasTooManyDigits(value) && limitsDigits(py.version))
			py.raise(
				'ValueError',
				`Exceeds the limit (${mostDigits} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
			);
		return String(value);
	}
	if (value instanceof PyUnknown) return `<unknown: ${value.reason}>`;
	if (value instanceof PyModule) return `<module '${value.name}'${value.source ? ` from '${value.source.path}'` : ''}>`;
	if (value instanceof PyFunction) return `<function ${readName(value).qualname}>`;
	if (value instanceof PyBuiltin && value.binding === 'function') return `<built-in function ${value.name}>`;
	if (value instanceof PyGenerator) return `<generator object ${value.name}>`;
	if (value === ellipsis) return 'Ellipsis';
	if (value === notImplemented) return 'NotImplemented';
	const special = py.special(value, method) ?? (method === '__str__' ? py.special(value, '__repr__') : undefined);
	if (special !== undefined) {
		const result = py.call(special);
		const text = textOf(result);
		if (text !== undefined) return text;
		if (result instanceof PyUnknown) return display(py, result, '__repr__');
		return py.raise('TypeError', `${method} returned non-string (type ${py.typeOf(result).name})`);
	}
	if (value instanceof PyClass) return `<class '${value.moduleName === 'builtins' ? value.qualname : readName(value).fullName}'>`;
	if (value instanceof PyFloat) return String(value.value);
	return typeof value === 'string'
		? `'${value}'`
		: `<${value.cls.moduleName === 'builtins' ? value.cls.qualname : readName(value.cls).fullName} object>`;
}

/** `format(value, spec)`. */
export function formatted(py: Machine, value: Value, spec: string): string {
	if (typeof value === 'string' && spec === '') return value;
	const method = py.special(value, '__format__');
	if (method === undefined) return py.str(value);
	return textOf(py.call(method, [spec])) ?? py.str(value);
}
