import type { Interpreter } from '../runtime/interpreter';
import { native } from '../runtime/native';
import { dictType, listType, PyDict, PyFloat, PyList, PyTuple, textOf, tupleType, type Value } from '../values';

/**
 * What CPython's `_json` writes JSON with. Plain values are written here; where others are met, or an error, the whole is left to
 * `json.encoder`, whose Python does the same (CPython 3.13, Lib/json/encoder.py, Modules/_json.c).
 */
export const jsonWriters = [
	native('encode_basestring', 'string, /', (py, [string]) => quoted(py, string, false)),
	native('encode_basestring_ascii', 'string, /', (py, [string]) => quoted(py, string, true)),
	native(
		'make_encoder',
		'markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan',
		(py, args) => {
			const [markers, fallback, encoder, indent, keySeparator, itemSeparator, sortKeys, skipKeys, allowNan] = args;
			const written = (inner: Interpreter) =>
				inner.call(inner.getAttr(inner.importModule('json.encoder'), '_make_iterencode'), [
					markers,
					fallback,
					encoder,
					indent,
					native('floatstr', 'o', (one, [value]) => floatText(one, value, one.truth(allowNan))),
					keySeparator,
					itemSeparator,
					sortKeys,
					skipKeys,
					true,
				]);
			const writer = new Writer(py, encoder, textOf(keySeparator), textOf(itemSeparator), py.truth(sortKeys));
			return native('_iterencode', 'o, _current_indent_level', (inner, [value, level]) => {
				const text = indent === null ? writer.write(value, 0) : undefined;
				return text === undefined ? inner.call(written(inner), [value, level]) : new PyTuple([text]);
			});
		},
	),
];

const deepest = 150;
const surrogate = /[\ud800-\udfff]/;
const surrogates = /([\ud800-\udfff]+)/;

function quote(text: string, ascii: boolean): string {
	if (ascii)
		return JSON.stringify(text).replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
	if (!surrogate.test(text)) return JSON.stringify(text);
	// JSON.stringify would escape one that stands alone.
	const parts = text.split(surrogates).map((part) => (surrogate.test(part) ? part : JSON.stringify(part).slice(1, -1)));
	return `"${parts.join('')}"`;
}

function quoted(py: Interpreter, string: Value, ascii: boolean): Value {
	const text = textOf(string);
	return text === undefined
		? py.raise('TypeError', `first argument must be a string, not ${py.typeOf(string).name}`)
		: quote(text, ascii);
}

function floatText(py: Interpreter, value: Value, allowNan: boolean): Value {
	const number = value instanceof PyFloat ? value.value : Number.NaN;
	if (Number.isFinite(number)) return py.repr(value);
	if (!allowNan) return py.raise('ValueError', `Out of range float values are not JSON compliant: ${py.repr(value)}`);
	return Number.isNaN(number) ? 'NaN' : number > 0 ? 'Infinity' : '-Infinity';
}

/** Each method gives undefined for what is left to Python. */
class Writer {
	private readonly ascii: boolean | undefined;

	constructor(
		private readonly py: Interpreter,
		encoder: Value,
		private readonly keySeparator: string | undefined,
		private readonly itemSeparator: string | undefined,
		private readonly sorted: boolean,
	) {
		const own = jsonWriters.indexOf(encoder as (typeof jsonWriters)[number]);
		this.ascii = own === 1 ? true : own === 0 ? false : undefined;
	}

	write(value: Value, depth: number): string | undefined {
		if (this.ascii === undefined || depth > deepest) return undefined;
		this.py.budget.step();
		if (typeof value === 'string') return quote(value, this.ascii);
		if (value === null) return 'null';
		if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
		if (value instanceof PyList && value.cls === listType) return this.array(value.items, depth + 1);
		if (value instanceof PyTuple && value.cls === tupleType) return this.array(value.items, depth + 1);
		if (value instanceof PyDict && value.cls === dictType) return this.object(value, depth + 1);
		return value instanceof PyFloat && value.cls.name === 'float' && Number.isFinite(value.value)
			? this.py.repr(value)
			: undefined;
	}

	private array(items: readonly Value[], depth: number): string | undefined {
		const parts: string[] = [];
		for (const item of items) {
			const part = this.write(item, depth);
			if (part === undefined) return undefined;
			parts.push(part);
		}
		return `[${parts.join(this.itemSeparator)}]`;
	}

	private object(dict: PyDict, depth: number): string | undefined {
		const { ascii = true } = this;
		const entries: [key: string, text: string][] = [];
		for (const { key, value } of dict.entries()) {
			const text = typeof key === 'string' ? this.write(value, depth) : undefined;
			if (typeof key !== 'string' || text === undefined) return undefined;
			if (this.sorted && surrogate.test(key)) return undefined;
			entries.push([key, text]);
		}
		if (this.sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1));
		return `{${entries.map(([key, text]) => `${quote(key, ascii)}${this.keySeparator}${text}`).join(this.itemSeparator)}}`;
	}
}
