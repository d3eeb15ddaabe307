import type { Interpreter } from '../../runtime/interpreter';
import { getter, method, native, nativeModule, newType, PyNative, staticMethod } from '../../runtime/native';
import { exceptionType, int, intOf, PyBytes, PyFloat, PyTuple, textOf, type Value } from '../../values';

/** `struct`: packed binary values, as catalogues of translations are read with. */

interface Field {
	readonly code: string;
	readonly size: number;
	/** For `s` and `x`: bytes; else always 1. */
	readonly count: number;
}

const sizes: Readonly<Record<string, number>> = {
	x: 1,
	c: 1,
	b: 1,
	B: 1,
	'?': 1,
	h: 2,
	H: 2,
	i: 4,
	I: 4,
	l: 4,
	L: 4,
	q: 8,
	Q: 8,
	f: 4,
	d: 8,
	s: 1,
	n: 8,
	N: 8,
	P: 8,
};
const error = newType('error', 'struct', [], [exceptionType('Exception')]);

interface Format {
	readonly little: boolean;
	readonly fields: readonly Field[];
	readonly size: number;
}

function parse(py: Interpreter, value: Value): Format {
	const text = textOf(value) ?? (value instanceof PyBytes ? new TextDecoder().decode(value.value) : '');
	const order = /^[@=<>!]/.exec(text)?.[0] ?? '@';
	const native = order === '@';
	const fields: Field[] = [];
	let size = 0;
	for (const [, digits, code = ''] of text.slice(/^[@=<>!]/.test(text) ? 1 : 0).matchAll(/\s*(\d*)([a-zA-Z?])/g)) {
		const width = native && (code === 'l' || code === 'L') ? 8 : sizes[code];
		if (width === undefined) return py.raiseValue(py.call(error, ['bad char in struct format']));
		const count = digits === '' ? 1 : Number(digits);
		if (native && code !== 's' && code !== 'x' && size % width !== 0) {
			const padding = width - (size % width);
			fields.push({ code: 'x', size: 1, count: padding });
			size += padding;
		}
		py.budget.writes(size + width * count);
		if (code === 's' || code === 'x') fields.push({ code, size: 1, count });
		else for (let i = 0; i < count; i++) fields.push({ code, size: width, count: 1 });
		size += width * count;
	}
	return { little: order !== '>' && order !== '!', fields, size };
}

function read(view: DataView, at: number, { code, size, count }: Field, little: boolean): Value {
	switch (code) {
		case 's':
		case 'c':
			return new PyBytes(new Uint8Array(view.buffer, view.byteOffset + at, count).slice());
		case '?':
			return view.getUint8(at) !== 0;
		case 'f':
			return new PyFloat(view.getFloat32(at, little));
		case 'd':
			return new PyFloat(view.getFloat64(at, little));
	}
	const signed = code === code.toLowerCase();
	if (size === 1) return signed ? view.getInt8(at) : view.getUint8(at);
	if (size === 2) return signed ? view.getInt16(at, little) : view.getUint16(at, little);
	if (size === 4) return signed ? view.getInt32(at, little) : view.getUint32(at, little);
	return int(signed ? view.getBigInt64(at, little) : view.getBigUint64(at, little));
}

function write(view: DataView, at: number, { code, size, count }: Field, little: boolean, value: Value): void {
	if (code === 's' || code === 'c') {
		const bytes = value instanceof PyBytes ? value.value : new Uint8Array();
		for (let i = 0; i < count; i++) view.setUint8(at + i, bytes[i] ?? 0);
	} else if (code === 'f' || code === 'd') {
		const number = value instanceof PyFloat ? value.value : (intOf(value) ?? 0);
		if (code === 'f') view.setFloat32(at, number, little);
		else view.setFloat64(at, number, little);
	} else {
		const number = typeof value === 'bigint' ? value : BigInt(intOf(value) ?? 0);
		if (size === 8) view.setBigUint64(at, BigInt.asUintN(64, number), little);
		else if (size === 4) view.setUint32(at, Number(BigInt.asUintN(32, number)), little);
		else if (size === 2) view.setUint16(at, Number(BigInt.asUintN(16, number)), little);
		else view.setUint8(at, Number(BigInt.asUintN(8, number)));
	}
}

function unpack(py: Interpreter, format: Format, buffer: Value, offset: number, exact: boolean): Value {
	const bytes = buffer instanceof PyBytes ? buffer.value : new Uint8Array();
	if (exact ? bytes.length !== format.size : bytes.length - offset < format.size) {
		return py.raiseValue(py.call(error, [`unpack requires a buffer of ${format.size} bytes`]));
	}
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const values: Value[] = [];
	let at = offset;
	for (const field of format.fields) {
		if (field.code !== 'x') values.push(read(view, at, field, format.little));
		at += field.size * field.count;
	}
	return new PyTuple(values);
}

function pack(format: Format, values: readonly Value[]): Value {
	const view = new DataView(new ArrayBuffer(format.size));
	let at = 0;
	let next = 0;
	for (const field of format.fields) {
		if (field.code !== 'x') write(view, at, field, format.little, values[next++] ?? null);
		at += field.size * field.count;
	}
	return new PyBytes(new Uint8Array(view.buffer));
}

function formatOf(py: Interpreter, self: Value): Format {
	return self instanceof PyNative ? (self.data as Format) : parse(py, self);
}

const structType = newType('Struct', 'struct', [
	staticMethod('__new__', 'cls, format', (py, [, format]) => new PyNative<Format>(structType, parse(py, format))),
	method('__init__', 'self, format', () => null),
	method('unpack', 'self, buffer', (py, [self, buffer]) => unpack(py, formatOf(py, self), buffer, 0, true)),
	method('unpack_from', 'self, buffer, offset=0', (py, [self, buffer, offset]) =>
		unpack(py, formatOf(py, self), buffer, intOf(offset) ?? 0, false),
	),
	method('pack', 'self, *values', (py, [self, values]) => pack(formatOf(py, self), values.items)),
	getter('size', (py, self) => formatOf(py, self).size),
]);

export const struct = nativeModule('struct', [
	['Struct', structType],
	['error', error],
	native('calcsize', 'format', (py, [format]) => parse(py, format).size),
	native('unpack', 'format, buffer', (py, [format, buffer]) => unpack(py, parse(py, format), buffer, 0, true)),
	native('unpack_from', 'format, buffer, offset=0', (py, [format, buffer, offset]) =>
		unpack(py, parse(py, format), buffer, intOf(offset) ?? 0, false),
	),
	native('pack', 'format, *values', (py, [format, values]) => pack(parse(py, format), values.items)),
]);
