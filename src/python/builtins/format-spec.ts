import type { Interpreter } from '../runtime/interpreter';
import { pointLength, pointsToUnits } from './codepoints';
import { fixedDigits, floatRepr, significantDigits } from './digits';
import { asFloat } from './integer';

/** The format specification mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
export interface FormatSpec {
	readonly fill: string;
	readonly align: string;
	readonly sign: string;
	readonly alternate: boolean;
	readonly noNegativeZero: boolean;
	readonly width: number;
	readonly grouping: string;
	readonly precision: number | undefined;
	readonly type: string;
}

const shape = /^(?:([\s\S])?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

/** Raises ValueError when the text is no specification. */
function parseFormatSpec(py: Interpreter, spec: string, typeName: string): FormatSpec {
	const found = shape.exec(spec);
	if (!found) return py.raise('ValueError', `Invalid format specifier '${spec}' for object of type '${typeName}'`);
	const [, fill, align, sign, z, alternate, zero, width, grouping, precision, type] = found;
	return {
		fill: fill ?? (zero && align === undefined ? '0' : zero ? '0' : ' '),
		align: align ?? (zero ? '=' : ''),
		sign: sign ?? '-',
		alternate: alternate !== undefined,
		noNegativeZero: z !== undefined,
		width: Number(width ?? 0),
		grouping: grouping ?? '',
		precision: precision === undefined ? undefined : Number(precision),
		type: type ?? '',
	};
}

/** Fills up to the width; `prefix` is the sign and base mark that '=' keeps in front. */
export function pad(py: Interpreter, body: string, prefix: string, spec: FormatSpec, byDefault: '<' | '>'): string {
	const missing = spec.width - pointLength(prefix) - pointLength(body);
	if (missing <= 0) return prefix + body;
	py.budget.writes(spec.width);
	const fill = (count: number): string => spec.fill.repeat(count);
	switch (spec.align || byDefault) {
		case '<':
			return prefix + body + fill(missing);
		case '^':
			return fill(missing >> 1) + prefix + body + fill(missing - (missing >> 1));
		case '=':
			return prefix + fill(missing) + body;
		default:
			return fill(missing) + prefix + body;
	}
}

export function formatText(py: Interpreter, value: string, spec: string): string {
	if (spec === '') return value;
	const parsed = parseFormatSpec(py, spec, 'str');
	if (parsed.type !== '' && parsed.type !== 's')
		return py.raise('ValueError', `Unknown format code '${parsed.type}' for object of type 'str'`);
	if (parsed.grouping !== '') py.raise('ValueError', `Cannot specify '${parsed.grouping}' with 's'.`);
	if (/^(?:[\s\S]?[<>=^])?[-+ ]/u.test(spec))
		py.raise('ValueError', `${/^(?:[\s\S]?[<>=^])? /u.test(spec) ? 'Space' : 'Sign'} not allowed in string format specifier`);
	if (parsed.align === '=' && spec.includes('=')) py.raise('ValueError', "'=' alignment not allowed in string format specifier");
	const cut = parsed.precision === undefined ? value : value.slice(0, pointsToUnits(value, parsed.precision));
	return pad(py, cut, '', parsed.align === '=' ? { ...parsed, align: '<' } : parsed, '<');
}

function grouped(digits: string, separator: string, size: number): string {
	if (separator === '') return digits;
	let text = '';
	for (let end = digits.length; end > 0; end -= size) {
		const piece = digits.slice(Math.max(0, end - size), end);
		text = text === '' ? piece : piece + separator + text;
	}
	return text;
}

/** With zero filling, the zeros are grouped too. */
function groupedToWidth(digits: string, prefix: string, tail: string, spec: FormatSpec, size: number): string {
	let all = digits;
	if (spec.grouping !== '' && spec.align === '=' && spec.fill === '0')
		while (grouped(all, spec.grouping, size).length + prefix.length + tail.length < spec.width) all = `0${all}`;
	return grouped(all, spec.grouping, size) + tail;
}

function signOf(negative: boolean, spec: FormatSpec): string {
	if (negative) return '-';
	return spec.sign === '-' ? '' : spec.sign;
}

const bases: Readonly<Record<string, readonly [radix: number, mark: string]>> = {
	b: [2, '0b'],
	o: [8, '0o'],
	x: [16, '0x'],
	X: [16, '0X'],
};

export function formatInteger(py: Interpreter, value: number | bigint, spec: string): string {
	if (spec === '') return py.str(value);
	const parsed = parseFormatSpec(py, spec, 'int');
	const { type } = parsed;
	if (/^[eEfFgG%]$/.test(type)) return formatFloat(py, asFloat(py, value), spec);
	if (parsed.precision !== undefined) py.raise('ValueError', 'Precision not allowed in integer format specifier');
	if (type === 'c') {
		if (value < 0 || value > 0x10ffff) return py.raise('OverflowError', '%c arg not in range(0x110000)');
		return pad(py, String.fromCodePoint(Number(value)), '', parsed, '<');
	}
	if (type !== '' && type !== 'd' && type !== 'n' && !(type in bases))
		return py.raise('ValueError', `Unknown format code '${type}' for object of type 'int'`);
	const [radix, mark] = bases[type] ?? [10, ''];
	const negative = value < 0;
	const size = negative ? -value : value;
	const digits = radix === 10 ? py.str(size) : type === 'X' ? size.toString(radix).toUpperCase() : size.toString(radix);
	const prefix = signOf(negative, parsed) + (parsed.alternate ? mark : '');
	return pad(py, groupedToWidth(digits, prefix, '', parsed, radix === 10 ? 3 : 4), prefix, parsed, '>');
}

export function formatFloat(py: Interpreter, value: number, spec: string): string {
	if (spec === '') return floatRepr(value);
	const parsed = parseFormatSpec(py, spec, 'float');
	if (!/^[eEfFgGn%]?$/.test(parsed.type))
		return py.raise('ValueError', `Unknown format code '${parsed.type}' for object of type 'float'`);
	const precision = parsed.precision;
	if (precision !== undefined && precision > 5000) py.raise('ValueError', 'precision too big');
	const negative = value < 0 || Object.is(value, -0);
	let body = floatBody(value, parsed.type, precision, parsed.alternate);
	const zero = parsed.noNegativeZero && /^[0.]*(?:e|%|$)/.test(body);
	const prefix = signOf(negative && !zero, parsed);
	if (Number.isFinite(value)) {
		const whole = /^\d*/.exec(body)?.[0] ?? '';
		body = groupedToWidth(whole, prefix, body.slice(whole.length), parsed, 3);
	}
	return pad(py, body, prefix, parsed, '>');
}

/** The digits of |value| for a presentation type. */
export function floatBody(value: number, type: string, precision: number | undefined, alternate: boolean): string {
	const upper = type === 'E' || type === 'F' || type === 'G';
	if (!Number.isFinite(value)) {
		const name = Number.isNaN(value) ? 'nan' : 'inf';
		return (upper ? name.toUpperCase() : name) + (type === '%' ? '%' : '');
	}
	const size = Math.abs(value);
	let body: string;
	switch (type.toLowerCase()) {
		case 'f':
			body = fixedDigits(size, precision ?? 6) + (alternate && precision === 0 ? '.' : '');
			break;
		case '%':
			return `${fixedDigits(size * 100, precision ?? 6)}%`;
		case 'e':
			body = scientific(size, precision ?? 6, alternate);
			break;
		case '':
			body = precision === undefined ? floatRepr(size) : general(size, precision, alternate, true);
			break;
		default:
			body = general(size, precision ?? 6, alternate, false);
	}
	return upper ? body.toUpperCase() : body;
}

function scientific(size: number, precision: number, alternate: boolean): string {
	const { digits, exponent } = significantDigits(size, precision + 1);
	const point = digits.length > 1 || alternate ? '.' : '';
	return `${digits[0]}${point}${digits.slice(1)}${exponentText(exponent)}`;
}

function exponentText(exponent: number): string {
	return `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** `g`; `withPoint` is the presentation without a type, which keeps one digit past the point. */
function general(size: number, precision: number, alternate: boolean, withPoint: boolean): string {
	const count = precision === 0 ? 1 : precision;
	const { digits, exponent } = significantDigits(size, count);
	const limit = withPoint ? count - 1 : count;
	if (exponent < -4 || exponent >= limit + (withPoint && exponent === 0 ? 1 : 0)) {
		const rest = alternate ? digits.slice(1) : digits.slice(1).replace(/0+$/, '');
		return `${digits[0]}${rest || alternate ? '.' : ''}${rest}${exponentText(exponent)}`;
	}
	const whole = exponent < 0 ? '0' : digits.slice(0, exponent + 1);
	const tail = exponent < 0 ? '0'.repeat(-exponent - 1) + digits : digits.slice(exponent + 1);
	const rest = alternate ? tail : tail.replace(/0+$/, '');
	if (rest === '') return withPoint ? `${whole}.0` : `${whole}${alternate ? '.' : ''}`;
	return `${whole}.${rest}`;
}
