import type { Interpreter } from '../runtime/interpreter';
import { PyBytes, PyFloat, PyTuple, PyUnknown, textOf, type Value } from '../values';
import { index, integerOf, typeName } from './arguments';
import { floatBody } from './format-spec';
import { asFloat } from './integer';
import { asciiRepr } from './string-repr';

const conversion = /%(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S])?/g;

/** `format % args` for str; `bytes` formats give latin-1 text. An unknown among the arguments makes it unknown. */
export function percentFormat(py: Interpreter, format: string, args: Value): string | PyUnknown {
	const positional = args instanceof PyTuple ? args.items : [args];
	const isMapping = !(args instanceof PyTuple) && textOf(args) === undefined && py.special(args, '__getitem__') !== undefined;
	let next = 0;
	let unknown: PyUnknown | undefined;
	let written = 0;
	let usedMapping = false;
	const take = (): Value => {
		if (next >= positional.length) return py.raise('TypeError', 'not enough arguments for format string');
		return positional[next++] ?? null;
	};
	const result = format.replace(
		conversion,
		(
			_,
			key: string | undefined,
			flags: string,
			width: string | undefined,
			precision: string | undefined,
			type: string | undefined,
		) => {
			if (type === undefined) return py.raise('ValueError', 'incomplete format');
			if (type === '%') return '%';
			let source: Value | undefined;
			if (key !== undefined) {
				if (!isMapping) py.raise('TypeError', 'format requires a mapping');
				usedMapping = true;
				source = py.getItem(args, key);
			}
			let left = flags.includes('-');
			let size = width === '*' ? index(py, take(), '* wants int') : Number(width ?? 0);
			if (size < 0) {
				left = true;
				size = -size;
			}
			const digits =
				precision === undefined ? undefined : precision === '*' ? index(py, take(), '* wants int') : Number(precision || 0);
			const value = source ?? take();
			if (value instanceof PyUnknown) {
				unknown ??= value;
				return '';
			}
			py.budget.writes(size + (digits ?? 0));
			const [prefix, body] = convert(py, type, flags, digits, value);
			written += prefix.length + body.length;
			py.budget.text(written);
			if (size === 0) return prefix + body;
			const missing = size - prefix.length - Array.from(body).length;
			if (missing <= 0) return prefix + body;
			if (left) return prefix + body + ' '.repeat(missing);
			if (flags.includes('0') && /[diouxXeEfFgG]/.test(type)) return prefix + '0'.repeat(missing) + body;
			return ' '.repeat(missing) + prefix + body;
		},
	);
	if (unknown) return unknown;
	if (!usedMapping && !isMapping && next < positional.length)
		py.raise('TypeError', 'not all arguments converted during string formatting');
	return result;
}

/** The sign or base mark, and the rest. */
function convert(py: Interpreter, type: string, flags: string, precision: number | undefined, value: Value): [string, string] {
	const plus = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
	const cut = (text: string): [string, string] => [
		'',
		precision === undefined ? text : Array.from(text).slice(0, precision).join(''),
	];
	switch (type) {
		case 's':
			return cut(value instanceof PyBytes ? py.str(value) : py.str(value));
		case 'r':
			return cut(py.repr(value));
		case 'a':
			return cut(asciiRepr(py.repr(value)));
		case 'b':
			return cut(value instanceof PyBytes ? String.fromCharCode(...value.value) : py.str(value));
		case 'c': {
			const char = textOf(value);
			if (char !== undefined) {
				if (Array.from(char).length !== 1) py.raise('TypeError', '%c requires int or char');
				return ['', char];
			}
			const code = index(py, value, '%c requires int or char');
			if (code < 0 || code > 0x10ffff) return py.raise('OverflowError', '%c arg not in range(0x110000)');
			return ['', String.fromCodePoint(code)];
		}
		case 'd':
		case 'i':
		case 'u':
		case 'o':
		case 'x':
		case 'X': {
			const number = wholeNumber(py, value, type);
			const size = number < 0 ? -number : number;
			const radix = type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10;
			let digits = size.toString(radix).padStart(precision ?? 0, '0');
			if (type === 'X') digits = digits.toUpperCase();
			const mark = flags.includes('#') && radix !== 10 ? `0${type}` : '';
			return [(number < 0 ? '-' : plus) + mark, digits];
		}
		case 'e':
		case 'E':
		case 'f':
		case 'F':
		case 'g':
		case 'G': {
			const number = realNumber(py, value);
			const negative = number < 0 || Object.is(number, -0);
			return [negative ? '-' : plus, floatBody(number, type, precision ?? 6, flags.includes('#'))];
		}
		default:
			return py.raise('ValueError', `unsupported format character '${type}' (0x${type.charCodeAt(0).toString(16)}) at index 0`);
	}
}

function wholeNumber(py: Interpreter, value: Value, type: string): number | bigint {
	const direct = integerOf(value);
	if (direct !== undefined) return direct;
	if (value instanceof PyFloat && !/[oxX]/.test(type)) return BigInt(Math.trunc(value.value));
	const convert = py.special(value, /[oxX]/.test(type) ? '__index__' : '__int__') ?? py.special(value, '__index__');
	const result = convert === undefined ? undefined : integerOf(py.call(convert));
	if (result !== undefined) return result;
	return py.raise(
		'TypeError',
		`%${type} format: a${/[oxX]/.test(type) ? 'n integer' : ' real number'} is required, not ${typeName(py, value)}`,
	);
}

function realNumber(py: Interpreter, value: Value): number {
	if (value instanceof PyFloat) return value.value;
	const direct = integerOf(value);
	if (direct !== undefined) return asFloat(py, direct);
	const convert = py.special(value, '__float__');
	const result = convert === undefined ? undefined : py.call(convert);
	if (result instanceof PyFloat) return result.value;
	return py.raise('TypeError', `must be real number, not ${typeName(py, value)}`);
}
