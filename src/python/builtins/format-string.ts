import type { Interpreter } from '../runtime/interpreter';
import { PyUnknown, type Value } from '../values';
import { asciiRepr } from './string-repr';

/** One piece of a format string: literal text, and the field after it if there is one. */
export interface FormatField {
	readonly literal: string;
	readonly field: string | undefined;
	readonly conversion: string | undefined;
	readonly spec: string;
}

/** `string.Formatter.parse`. Raises ValueError. */
export function parseFormatString(py: Interpreter, format: string): FormatField[] {
	const fields: FormatField[] = [];
	let literal = '';
	let at = 0;
	while (at < format.length) {
		const char = format[at] ?? '';
		if ((char === '{' || char === '}') && format[at + 1] === char) {
			literal += char;
			at += 2;
			continue;
		}
		if (char === '}') return py.raise('ValueError', "Single '}' encountered in format string");
		if (char !== '{') {
			literal += char;
			at++;
			continue;
		}
		const end = fieldEnd(py, format, at + 1);
		fields.push({ literal, ...splitField(py, format.slice(at + 1, end)) });
		literal = '';
		at = end + 1;
	}
	if (literal !== '') fields.push({ literal, field: undefined, conversion: undefined, spec: '' });
	return fields;
}

function fieldEnd(py: Interpreter, format: string, start: number): number {
	let depth = 1;
	let bracket = false;
	for (let at = start; at < format.length; at++) {
		const char = format[at];
		if (char === '[' && depth === 1) bracket = true;
		else if (char === ']') bracket = false;
		else if (char === '{' && !bracket) depth++;
		else if (char === '}' && !bracket && --depth === 0) return at;
	}
	return py.raise(
		'ValueError',
		start >= format.length ? "Single '{' encountered in format string" : "expected '}' before end of string",
	);
}

function splitField(py: Interpreter, text: string): Omit<FormatField, 'literal'> {
	const found = /^((?:[^!:[]|\[[^\]]*\])*)(?:!([^:]*))?(?::([\s\S]*))?$/.exec(text);
	const [, field = '', conversion, spec = ''] = found ?? [];
	if (conversion !== undefined && !/^[rsa]$/.test(conversion))
		return py.raise('ValueError', `Unknown conversion specifier '${conversion}'`);
	return { field, conversion, spec };
}

/** The name or number that a field starts with, and the attributes and items taken of it. */
export function splitFieldName(field: string): { first: string; rest: readonly { attribute: boolean; key: string }[] } {
	const first = /^[^.[]*/.exec(field)?.[0] ?? '';
	const rest = [...field.slice(first.length).matchAll(/\.([^.[]*)|\[([^\]]*)\]/g)].map(([, attribute, key]) =>
		attribute === undefined ? { attribute: false, key: key ?? '' } : { attribute: true, key: attribute },
	);
	return { first, rest };
}

export function convert(py: Interpreter, value: Value, conversion: string | undefined): Value {
	switch (conversion) {
		case 'r':
			return py.repr(value);
		case 's':
			return py.str(value);
		case 'a':
			return asciiRepr(py.repr(value));
		default:
			return value;
	}
}

/** `format.format(*args, **kwargs)`; `lookup` finds a name. An unknown field makes the result unknown. */
export function formatString(
	py: Interpreter,
	format: string,
	args: readonly Value[],
	lookup: (name: string) => Value,
): string | PyUnknown {
	let automatic = 0;
	const numbered = (index: number): Value =>
		args[index] ??
		(index < args.length ? null : py.raise('IndexError', `Replacement index ${index} out of range for positional args tuple`));
	const render = (text: string, depth: number): string | PyUnknown => {
		if (depth > 2) return py.raise('ValueError', 'Max string recursion exceeded');
		let result = '';
		for (const { literal, field, conversion, spec } of parseFormatString(py, text)) {
			result += literal;
			if (field === undefined) continue;
			const { first, rest } = splitFieldName(field);
			let value = first === '' ? numbered(automatic++) : /^\d+$/.test(first) ? numbered(Number(first)) : lookup(first);
			for (const { attribute, key } of rest)
				value = attribute ? py.getAttr(value, key) : py.getItem(value, /^\d+$/.test(key) ? Number(key) : key);
			if (value instanceof PyUnknown) return value;
			const inner = spec.includes('{') ? render(spec, depth + 1) : spec;
			if (inner instanceof PyUnknown) return inner;
			result += py.format(convert(py, value, conversion), inner);
		}
		return result;
	};
	return render(format, 1);
}
