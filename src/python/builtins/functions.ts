import type { Interpreter } from '../runtime/interpreter';
import { native, newType, staticMethod } from '../runtime/native';
import { notImplemented, PyBytes, PyList, type PyTuple, PyUnknown, textOf, type Value } from '../values';
import { index, integer, text, typeName } from './arguments';
import { pointLength } from './codepoints';
import { sorted } from './sorting';
import { asciiRepr } from './string-repr';

/** Built-in functions over numbers, sequences and text. Those about objects and their attributes are in `model/`. */

/** `min` and `max`: the first of equals. */
function extreme(py: Interpreter, name: 'min' | 'max', args: PyTuple, key: Value, fallback: Value | undefined): Value {
	const [only] = args.items;
	if (only === undefined) return py.raise('TypeError', `${name} expected at least 1 argument, got 0`);
	let best: Value | undefined;
	let bestBy: Value = null;
	for (const item of args.items.length === 1 ? py.iterate(only) : args.items) {
		const by = key === null ? item : py.call(key, [item]);
		if (best === undefined || (name === 'min' ? py.less(by, bestBy) : py.less(bestBy, by))) {
			best = item;
			bestBy = by;
		}
	}
	if (best !== undefined) return best;
	if (fallback !== undefined) return fallback;
	return args.items.length === 1 && only instanceof PyUnknown
		? only
		: py.raise('ValueError', `${name}() iterable argument is empty`);
}

function sum(py: Interpreter, iterable: Value, start: Value): Value {
	if (textOf(start) !== undefined) return py.raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
	let total = start;
	if (total instanceof PyList) total = new PyList(total.items.slice());
	for (const item of py.iterate(iterable)) {
		if (item instanceof PyUnknown) return item;
		if (start instanceof PyList && total instanceof PyList && item instanceof PyList) total.items.push(...item.items);
		else total = py.binary('+', total, item);
	}
	return total;
}

function viaSpecial(py: Interpreter, value: Value, name: string, message: string, args: readonly Value[] = []): Value {
	const special = py.special(value, name);
	return special === undefined ? py.raise('TypeError', message) : py.call(special, args);
}

function inBase(name: string, radix: number, mark: string) {
	return native(name, 'number, /', (py, [number]) => {
		const value = integer(py, number);
		return `${value < 0 ? '-' : ''}${mark}${(value < 0 ? -value : value).toString(radix)}`;
	});
}

function divideModulo(py: Interpreter, a: Value, b: Value): Value {
	for (const [self, name, other] of [
		[a, '__divmod__', b],
		[b, '__rdivmod__', a],
	] as const) {
		const special = py.special(self, name);
		const result = special === undefined ? notImplemented : py.call(special, [other]);
		if (result !== notImplemented) return result;
	}
	return py.raise('TypeError', `unsupported operand type(s) for divmod(): '${typeName(py, a)}' and '${typeName(py, b)}'`);
}

/** A view of bytes is taken for the bytes themselves. */
export const memoryViewType = newType('memoryview', 'builtins', [
	staticMethod('__new__', 'cls, object, /', (_, [, object]) => object),
]);

export const functions = [
	native('len', 'obj, /', (py, [obj]) => py.length(obj)),
	native('abs', 'x, /', (py, [x]) => viaSpecial(py, x, '__abs__', `bad operand type for abs(): '${typeName(py, x)}'`)),
	native('all', 'iterable, /', (py, [iterable]) => {
		for (const item of py.iterate(iterable)) if (!py.truth(item)) return false;
		return true;
	}),
	native('any', 'iterable, /', (py, [iterable]) => {
		for (const item of py.iterate(iterable)) if (py.truth(item)) return true;
		return false;
	}),
	native('min', '*args, key=None, default?', (py, [args, key, fallback]) => extreme(py, 'min', args, key, fallback)),
	native('max', '*args, key=None, default?', (py, [args, key, fallback]) => extreme(py, 'max', args, key, fallback)),
	native('sum', 'iterable, /, start=0', (py, [iterable, start]) => sum(py, iterable, start)),
	native(
		'sorted',
		'iterable, /, *, key=None, reverse=False',
		(py, [iterable, key, reverse]) => new PyList(sorted(py, py.list(iterable), key, py.truth(reverse))),
		{ acceptsUnknown: true },
	),
	native('round', 'number, ndigits=None', (py, [number, digits]) => {
		const args = digits === null ? [] : [digits];
		return viaSpecial(py, number, '__round__', `type ${typeName(py, number)} doesn't define __round__ method`, args);
	}),
	native('divmod', 'a, b, /', (py, [a, b]) => divideModulo(py, a, b)),
	native('pow', 'base, exp, mod=None', (py, [base, exponent, modulus]) =>
		modulus === null
			? py.binary('**', base, exponent)
			: viaSpecial(py, base, '__pow__', 'unsupported operand type(s) for pow()', [exponent, modulus]),
	),
	native('chr', 'i, /', (py, [value]) => {
		const code = index(py, value);
		return code < 0 || code > 0x10ffff ? py.raise('ValueError', 'chr() arg not in range(0x110000)') : String.fromCodePoint(code);
	}),
	native('ord', 'c, /', (py, [value]) => {
		const char = textOf(value) ?? (value instanceof PyBytes ? String.fromCharCode(...value.value) : undefined);
		if (char === undefined) return py.raise('TypeError', `ord() expected string of length 1, but ${typeName(py, value)} found`);
		if (pointLength(char) !== 1)
			return py.raise('TypeError', `ord() expected a character, but string of length ${pointLength(char)} found`);
		return char.codePointAt(0) ?? 0;
	}),
	inBase('bin', 2, '0b'),
	inBase('oct', 8, '0o'),
	inBase('hex', 16, '0x'),
	native('ascii', 'obj, /', (py, [value]) => asciiRepr(py.repr(value))),
	native('format', "value, format_spec='', /", (py, [value, spec]) => py.format(value, text(py, spec))),
	native('print', '*args, **kwargs', () => null, { acceptsUnknown: true }),
	native('input', "prompt='', /", (py) => py.unknown('what the user types')),
	native('breakpoint', '*args, **kwargs', () => null),
	...['exit', 'quit'].map((name) => native(name, 'code=None', (py, [code]) => py.raise('SystemExit', code))),
];
