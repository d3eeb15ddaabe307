import type { Interpreter } from '../runtime/interpreter';
import { defineType, method, staticMethod } from '../runtime/native';
import {
	hashKey,
	notImplemented,
	PyBytes,
	PyClass,
	PyInstance,
	PyIterator,
	PySlice,
	PyTuple,
	PyUnknown,
	strType,
	textOf,
	type Value,
} from '../values';
import { index, integerOf, position, sliced, sliceRange, text, typeName } from './arguments';
import { decode, encode } from './codecs';
import { pointLength, pointsOf } from './codepoints';
import { formatText } from './format-spec';
import { formatString } from './format-string';
import { hashNumber } from './hash-number';
import { percentFormat } from './percent';
import { caseMethods, makeTranslation } from './str-case';
import { searchMethods } from './str-search';
import { textRepr } from './string-repr';

/** Characters of a text at a subscript. */
function item(py: Interpreter, value: string, key: Value): string {
	const points = pointsOf(value);
	if (key instanceof PySlice) {
		if (points) return sliced(py, points, key).join('');
		const { start, stop, step, count } = sliceRange(py, key, value.length);
		if (step === 1) return value.slice(start, Math.max(start, stop));
		return Array.from({ length: count }, (_, i) => value[start + i * step] ?? '').join('');
	}
	const at = position(py, key, points?.length ?? value.length, 'string');
	return (points ? points[at] : value[at]) ?? '';
}

/** Order by code points, which differs from that of UTF-16 units where there are surrogates. */
export function compareTexts(a: string, b: string): number {
	if (a === b) return 0;
	const [pointsA, pointsB] = [pointsOf(a), pointsOf(b)];
	if (!pointsA && !pointsB) return a < b ? -1 : 1;
	const [left, right] = [pointsA ?? Array.from(a), pointsB ?? Array.from(b)];
	for (let i = 0; i < Math.min(left.length, right.length); i++) {
		const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
		if (difference !== 0) return difference;
	}
	return left.length - right.length;
}

function comparison(name: string, holds: (order: number) => boolean) {
	return method(name, 'self, other, /', (py, [self, other]) => {
		const right = textOf(other);
		return right === undefined ? notImplemented : holds(compareTexts(text(py, self), right));
	});
}

function repeat(py: Interpreter, self: Value, times: Value): Value {
	const count = integerOf(times);
	if (count === undefined && py.special(times, '__index__') === undefined) return notImplemented;
	const value = text(py, self);
	const rounds = Math.max(0, index(py, times));
	py.budget.writes(value.length * rounds);
	return value.repeat(rounds);
}

defineType(strType, [
	...searchMethods,
	...caseMethods,
	staticMethod('__new__', 'cls, object?, encoding?, errors?', (py, [cls, object, encoding, errors]) => {
		let value: Value = '';
		if (object !== undefined && (encoding !== undefined || errors !== undefined)) {
			if (!(object instanceof PyBytes))
				return py.raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(py, object)} found`);
			value = decode(py, object.value, textOf(encoding ?? null) ?? 'utf-8', textOf(errors ?? null) ?? 'strict');
		} else if (object !== undefined) {
			if (cls === strType) return typeof object === 'string' ? object : py.str(object);
			value = py.str(object);
		}
		return cls === strType || !(cls instanceof PyClass) ? value : new PyInstance(cls, value);
	}),
	staticMethod('maketrans', 'x, y?, z?, /', (py, [x, y, z]) => makeTranslation(py, x, y, z)),
	method('__repr__', 'self, /', (py, [self]) => textRepr(text(py, self))),
	method('__str__', 'self, /', (py, [self]) => text(py, self)),
	method('__hash__', 'self, /', (py, [self]) => hashNumber(hashKey(py, text(py, self)))),
	method('__len__', 'self, /', (py, [self]) => pointLength(text(py, self))),
	method('__iter__', 'self, /', (py, [self]) => new PyIterator(text(py, self)[Symbol.iterator](), 'str_iterator')),
	method('__getitem__', 'self, key, /', (py, [self, key]) => item(py, text(py, self), key)),
	method('__contains__', 'self, key, /', (py, [self, key]) => {
		const needle = textOf(key);
		if (needle === undefined)
			return py.raise('TypeError', `'in <string>' requires string as left operand, not ${typeName(py, key)}`);
		return text(py, self).includes(needle);
	}),
	method('__add__', 'self, other, /', (py, [self, other]) => {
		const right = textOf(other);
		if (right === undefined) return py.raise('TypeError', `can only concatenate str (not "${typeName(py, other)}") to str`);
		const value = text(py, self) + right;
		py.budget.text(value.length);
		return value;
	}),
	method('__mul__', 'self, value, /', (py, [self, times]) => repeat(py, self, times)),
	method('__rmul__', 'self, value, /', (py, [self, times]) => repeat(py, self, times)),
	method('__mod__', 'self, value, /', (py, [self, args]) => percentFormat(py, text(py, self), args)),
	method('__rmod__', 'self, value, /', (py, [self, format]) => {
		const value = textOf(format);
		return value === undefined ? notImplemented : percentFormat(py, value, self);
	}),
	comparison('__eq__', (order) => order === 0),
	comparison('__ne__', (order) => order !== 0),
	comparison('__lt__', (order) => order < 0),
	comparison('__le__', (order) => order <= 0),
	comparison('__gt__', (order) => order > 0),
	comparison('__ge__', (order) => order >= 0),
	method('__format__', 'self, format_spec, /', (py, [self, spec]) => formatText(py, text(py, self), text(py, spec))),
	method('__getnewargs__', 'self, /', (py, [self]) => new PyTuple([text(py, self)])),
	method(
		'format',
		'self, /, *args, **kwargs',
		(py, [self, args, kwargs]) => {
			if (self instanceof PyUnknown) return self;
			return formatString(py, text(py, self), args.items, (name) => {
				const found = kwargs.getStr(name);
				return found === undefined ? py.raise('KeyError', name) : found;
			});
		},
		{ acceptsUnknown: true },
	),
	method('format_map', 'self, mapping, /', (py, [self, mapping]) =>
		formatString(py, text(py, self), [], (name) => py.getItem(mapping, name)),
	),
	method(
		'encode',
		"self, encoding='utf-8', errors='strict'",
		(py, [self, encoding, errors]) => new PyBytes(encode(py, text(py, self), text(py, encoding), text(py, errors))),
	),
]);
