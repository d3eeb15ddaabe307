import type { Interpreter } from '../runtime/interpreter';
import { classMethod, defineType, method, staticMethod } from '../runtime/native';
import {
	bytearrayType,
	bytesType,
	hashKey,
	notImplemented,
	type PyBuiltin,
	PyBytes,
	PyClass,
	PyIterator,
	PyList,
	PySlice,
	PyTuple,
	PyUnknown,
	strType,
	textOf,
	type Value,
} from '../values';
import { index, integerOf, position, sliceRange, text, typeName } from './arguments';
import { decode, encode } from './codecs';
import { hashNumber } from './hash-number';
import { percentFormat } from './percent';
import { bytesRepr } from './string-repr';

/**
 * bytes and bytearray. Methods that str has, too, run on the bytes as latin-1 text and turn the result back.
 */

function own(py: Interpreter, self: Value): PyBytes {
	return self instanceof PyBytes ? self : py.raise('TypeError', `a bytes-like object is required, not '${typeName(py, self)}'`);
}

/**
 * Bytes as text for the methods of str to work on. Those beyond ASCII become characters of the private use area, which have no
 * case and are neither letters nor white space, as Python's bytes methods see them.
 */
const asText = (bytes: Uint8Array): string => {
	let result = '';
	for (let at = 0; at < bytes.length; at += 8192)
		result += String.fromCharCode(...Array.from(bytes.subarray(at, at + 8192), (byte) => (byte < 0x80 ? byte : 0xe000 | byte)));
	return result;
};
const asBytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);

/** A result of the same kind as `self`. */
function like(self: PyBytes, bytes: Uint8Array): PyBytes {
	return new PyBytes(bytes, self.mutable ? bytearrayType : bytesType);
}

/** What `bytes(x)` is made of. */
function content(py: Interpreter, source: Value | undefined, encoding: Value | undefined, errors: Value | undefined): Uint8Array {
	if (source === undefined) return new Uint8Array();
	const literal = textOf(source);
	if (literal !== undefined) {
		if (encoding === undefined) return py.raise('TypeError', 'string argument without an encoding');
		return encode(py, literal, text(py, encoding), textOf(errors ?? null) ?? 'strict');
	}
	if (source instanceof PyBytes) return source.value.slice();
	const convert = py.special(source, '__bytes__');
	if (convert !== undefined) return own(py, py.call(convert)).value;
	const count = integerOf(source);
	if (count !== undefined) {
		if (count < 0) return py.raise('ValueError', 'negative count');
		py.budget.writes(Number(count));
		return new Uint8Array(Number(count));
	}
	const size = py.special(source, '__iter__') === undefined ? py.special(source, '__index__') : undefined;
	if (size !== undefined) return content(py, py.call(size), undefined, undefined);
	return Uint8Array.from(py.list(source), (item) => oneByte(py, item));
}

function oneByte(py: Interpreter, value: Value): number {
	const byte = index(py, value);
	return byte < 0 || byte > 255 ? py.raise('ValueError', 'bytes must be in range(0, 256)') : byte;
}

/** Arguments of a str method: bytes as latin-1 text. */
function translated(py: Interpreter, value: Value): Value {
	if (value instanceof PyBytes) return asText(value.value);
	if (value instanceof PyTuple) return new PyTuple(value.items.map((item) => translated(py, item)));
	if (textOf(value) !== undefined) return py.raise('TypeError', "a bytes-like object is required, not 'str'");
	return value;
}

function back(self: PyBytes, value: Value): Value {
	if (typeof value === 'string') return like(self, asBytes(value));
	if (value instanceof PyList) return new PyList(value.items.map((item) => back(self, item)));
	if (value instanceof PyTuple) return new PyTuple(value.items.map((item) => back(self, item)));
	return value;
}

const borrowed = [
	'startswith',
	'endswith',
	'strip',
	'lstrip',
	'rstrip',
	'split',
	'rsplit',
	'splitlines',
	'partition',
	'rpartition',
	'replace',
	'lower',
	'upper',
	'title',
	'capitalize',
	'swapcase',
	'isalpha',
	'isalnum',
	'isdigit',
	'isspace',
	'isupper',
	'islower',
	'istitle',
	'isascii',
	'center',
	'ljust',
	'rjust',
	'zfill',
	'expandtabs',
	'removeprefix',
	'removesuffix',
];

function borrow(name: string): PyBuiltin {
	return method(name, 'self, /, *args, **kwargs', (py, [self, args, kwargs]) => {
		const bytes = own(py, self);
		const implementation = strType.dict.get(name) ?? null;
		const keywords = new Map([...kwargs.entries()].map(({ key, value }) => [String(key), translated(py, value)]));
		const given = args.items.map((item) => translated(py, item));
		return back(bytes, py.call(implementation, [asText(bytes.value), ...given], keywords));
	});
}

/** A search for bytes or for one byte's number. */
function search(name: string): PyBuiltin {
	return method(name, 'self, sub, start=None, end=None, /', (py, [self, sub, start, end]) => {
		const needle = integerOf(sub) === undefined ? translated(py, sub) : asText(Uint8Array.of(oneByte(py, sub)));
		return py.call(strType.dict.get(name) ?? null, [asText(own(py, self).value), needle, start, end]);
	});
}

function compare(a: Uint8Array, b: Uint8Array): number {
	for (let at = 0; at < Math.min(a.length, b.length); at++) {
		const difference = (a[at] ?? 0) - (b[at] ?? 0);
		if (difference !== 0) return difference;
	}
	return a.length - b.length;
}

function comparison(name: string, holds: (order: number) => boolean): PyBuiltin {
	return method(name, 'self, value, /', (py, [self, other]) =>
		other instanceof PyBytes ? holds(compare(own(py, self).value, other.value)) : notImplemented,
	);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

const shared = [
	...borrowed.map(borrow),
	...['find', 'rfind', 'index', 'rindex', 'count'].map(search),
	comparison('__eq__', (order) => order === 0),
	comparison('__ne__', (order) => order !== 0),
	comparison('__lt__', (order) => order < 0),
	comparison('__le__', (order) => order <= 0),
	comparison('__gt__', (order) => order > 0),
	comparison('__ge__', (order) => order >= 0),
	method('decode', "self, encoding='utf-8', errors='strict'", (py, [self, encoding, errors]) =>
		decode(py, own(py, self).value, text(py, encoding), text(py, errors)),
	),
	method('hex', 'self, sep?, bytes_per_sep=1', (py, [self, separator]) =>
		Array.from(own(py, self).value, (byte) => byte.toString(16).padStart(2, '0')).join(textOf(separator ?? '') ?? ''),
	),
	method('join', 'self, iterable, /', (py, [self, iterable]) => {
		const separator = own(py, self);
		const parts: Uint8Array[] = [];
		for (const item of py.iterate(iterable)) {
			if (item instanceof PyUnknown) return item;
			if (parts.length > 0) parts.push(separator.value);
			parts.push(own(py, item).value);
		}
		return like(separator, joined(parts));
	}),
	method('__len__', 'self, /', (py, [self]) => own(py, self).value.length),
	method('__iter__', 'self, /', (py, [self]) => new PyIterator(own(py, self).value.values(), 'bytes_iterator')),
	method('__contains__', 'self, key, /', (py, [self, key]) => {
		const needle = integerOf(key) === undefined ? asText(own(py, key).value) : asText(Uint8Array.of(oneByte(py, key)));
		return asText(own(py, self).value).includes(needle);
	}),
	method('__getitem__', 'self, key, /', (py, [self, key]) => {
		const bytes = own(py, self);
		if (key instanceof PySlice) {
			const { start, stop, step, count } = sliceRange(py, key, bytes.value.length);
			if (step === 1) return like(bytes, bytes.value.slice(start, Math.max(start, stop)));
			return like(
				bytes,
				Uint8Array.from({ length: count }, (_, i) => bytes.value[start + i * step] ?? 0),
			);
		}
		return bytes.value[position(py, key, bytes.value.length, bytes.mutable ? 'bytearray' : 'byte')] ?? 0;
	}),
	method('__add__', 'self, value, /', (py, [self, other]) => {
		if (!(other instanceof PyBytes)) return py.raise('TypeError', `can't concat ${typeName(py, other)} to bytes`);
		return like(own(py, self), joined([own(py, self).value, other.value]));
	}),
	...['__mul__', '__rmul__'].map((name) =>
		method(name, 'self, value, /', (py, [self, times]) => {
			const count = Math.max(0, index(py, times));
			const { value } = own(py, self);
			py.budget.writes(value.length * count);
			return like(own(py, self), joined(new Array<Uint8Array>(count).fill(value)));
		}),
	),
	method('__mod__', 'self, value, /', (py, [self, args]) => {
		const result = percentFormat(py, asText(own(py, self).value), translatedForFormat(args));
		return typeof result === 'string' ? like(own(py, self), asBytes(result)) : result;
	}),
	method('__repr__', 'self, /', (py, [self]) => {
		const bytes = own(py, self);
		return bytes.mutable ? `bytearray(${bytesRepr(bytes.value)})` : bytesRepr(bytes.value);
	}),
	method('translate', 'self, table, /, delete=None', (py, [self, table, gone]) => {
		const drop = new Set(gone instanceof PyBytes ? gone.value : []);
		const kept = own(py, self).value.filter((byte) => !drop.has(byte));
		return like(own(py, self), table instanceof PyBytes ? kept.map((byte) => table.value[byte] ?? byte) : kept);
	}),
	classMethod('fromhex', 'cls, string, /', (py, [cls, hex]) => {
		const digits = text(py, hex).replace(/\s/g, '');
		if (!/^(?:[0-9a-fA-F]{2})*$/.test(digits)) py.raise('ValueError', 'non-hexadecimal number found in fromhex() arg');
		const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
		return new PyBytes(bytes, cls instanceof PyClass ? cls : bytesType);
	}),
	staticMethod('maketrans', 'frm, to, /', (py, [from, to]) => {
		const table = Uint8Array.from({ length: 256 }, (_, at) => at);
		own(py, from).value.forEach((byte, at) => {
			table[byte] = own(py, to).value[at] ?? byte;
		});
		return new PyBytes(table);
	}),
];

function translatedForFormat(args: Value): Value {
	const one = (value: Value): Value => (value instanceof PyBytes ? asText(value.value) : value);
	return args instanceof PyTuple ? new PyTuple(args.items.map(one)) : one(args);
}

defineType(bytesType, [
	...shared,
	staticMethod(
		'__new__',
		'cls, source?, encoding?, errors?',
		(py, [cls, source, encoding, errors]) =>
			new PyBytes(content(py, source, encoding, errors), cls instanceof PyClass ? cls : bytesType),
	),
	method('__hash__', 'self, /', (py, [self]) => hashNumber(hashKey(py, new PyBytes(own(py, self).value)))),
	method('__bytes__', 'self, /', (_, [self]) => self),
]);

defineType(bytearrayType, [
	...shared,
	staticMethod(
		'__new__',
		'cls, /, *args, **kwargs',
		(_, [cls]) => new PyBytes(new Uint8Array(), cls instanceof PyClass ? cls : bytearrayType),
	),
	method('__init__', 'self, source?, encoding?, errors?', (py, [self, source, encoding, errors]) => {
		own(py, self).value = content(py, source, encoding, errors);
		return null;
	}),
	method('copy', 'self', (py, [self]) => new PyBytes(own(py, self).value.slice(), bytearrayType)),
	method('append', 'self, item, /', (py, [self, item]) => {
		const bytes = own(py, self);
		bytes.value = joined([bytes.value, Uint8Array.of(oneByte(py, item))]);
		return null;
	}),
	...['extend', '__iadd__'].map((name) =>
		method(name, 'self, iterable, /', (py, [self, iterable]) => {
			const bytes = own(py, self);
			bytes.value = joined([bytes.value, content(py, iterable, undefined, undefined)]);
			return name === 'extend' ? null : self;
		}),
	),
	method('__setitem__', 'self, key, value, /', (py, [self, key, value]) => {
		const bytes = own(py, self);
		if (key instanceof PySlice) {
			const { start, stop } = sliceRange(py, key, bytes.value.length);
			bytes.value = joined([
				bytes.value.slice(0, start),
				content(py, value, undefined, undefined),
				bytes.value.slice(Math.max(start, stop)),
			]);
		} else bytes.value[position(py, key, bytes.value.length, 'bytearray')] = oneByte(py, value);
		return null;
	}),
	['__hash__', null],
]);
