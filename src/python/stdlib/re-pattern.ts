import { index, integerOf, typeName } from '../builtins/arguments';
import { decode } from '../builtins/codecs';
import { pointsToUnits } from '../builtins/codepoints';
import { hashNumber } from '../builtins/hash-number';
import { compilePattern, type Found, type RegexPattern } from '../regex/pattern';
import { parseTemplate } from '../regex/template';
import type { Interpreter } from '../runtime/interpreter';
import { getter, method, newType } from '../runtime/native';
import {
	exceptionType,
	PyBytes,
	PyDict,
	PyException,
	PyList,
	PyObject,
	PyTuple,
	type PyUnknown,
	textOf,
	type Value,
} from '../values';
import { expand, PyMatch, pieceOf } from './re-match';

/** `re.Pattern`. */
export class PyPattern extends PyObject {
	constructor(
		readonly regex: RegexPattern,
		/** What `re.compile` was given. */
		readonly source: Value,
	) {
		super(patternType);
	}
}

/** `re.error`, `re.PatternError` since 3.13. */
export const patternError = newType('error', 're', [], [exceptionType('Exception')]);

function own(py: Interpreter, self: Value): PyPattern {
	return self instanceof PyPattern ? self : py.raise('TypeError', 'expected a re.Pattern object');
}

/** `re.compile`; unknown when the pattern can't be read here. */
export function compile(py: Interpreter, pattern: Value, flags: Value): PyPattern | PyUnknown {
	if (pattern instanceof PyPattern) return pattern;
	const text = textOf(pattern) ?? (pattern instanceof PyBytes ? decode(py, pattern.value, 'latin-1') : undefined);
	if (text === undefined) return py.raise('TypeError', 'first argument must be string or compiled pattern');
	const compiled = compilePattern(text, Number(integerOf(flags) ?? 0), {
		bytes: pattern instanceof PyBytes,
		lateFlags: py.version[0] === 3 && py.version[1] < 11,
	});
	if (!('error' in compiled)) return new PyPattern(compiled, pattern);
	if (compiled.kind === 'unsupported') return py.unknown(`the regular expression ${py.repr(pattern)}: ${compiled.error}`);
	const error = new PyException(patternError);
	error.args = new PyTuple([compiled.error]);
	error.attrs = new Map<string, Value>([
		['msg', compiled.error.replace(/ at position \d+(?: \(line \d+, column \d+\))?$/, '')],
		['pattern', pattern],
		['pos', compiled.position],
	]);
	return py.raiseValue(error);
}

function subject(py: Interpreter, pattern: PyPattern, value: Value): string {
	const text = textOf(value);
	if (text !== undefined)
		return pattern.regex.bytes ? py.raise('TypeError', 'cannot use a bytes pattern on a string-like object') : text;
	if (!(value instanceof PyBytes))
		return py.raise('TypeError', `expected string or bytes-like object, got '${typeName(py, value)}'`);
	return pattern.regex.bytes
		? decode(py, value.value, 'latin-1')
		: py.raise('TypeError', 'cannot use a string pattern on a bytes-like object');
}

const tooLong = (py: Interpreter, pattern: PyPattern): PyUnknown =>
	py.unknown(`a search for ${py.repr(pattern.source)} that takes too long`);

/** The methods that look for one match; `prefixmatch` is the name that 3.15 has given `match`. */
export const searches = { match: 'match', prefixmatch: 'match', fullmatch: 'fullmatch', search: 'search' } as const;

/** `match`, `fullmatch` or `search`. */
export function run(
	py: Interpreter,
	pattern: PyPattern,
	mode: 'match' | 'fullmatch' | 'search',
	string: Value,
	pos: Value,
	endpos: Value,
): Value {
	const text = subject(py, pattern, string);
	const [from, to] = clipped(py, text, pos, endpos);
	if (from > to) return null;
	const found = pattern.regex.run(text, mode, from, to);
	if (found === 'gave up') return tooLong(py, pattern);
	return found ? new PyMatch(pattern.regex, pattern, string, text, found, from, to) : null;
}

/** `pos` and `endpos` as places in the text. */
function clipped(py: Interpreter, text: string, pos: Value, endpos: Value): readonly [from: number, to: number] {
	const clip = (value: Value, fallback: number): number =>
		value === null ? fallback : pointsToUnits(text, Math.max(0, index(py, value)));
	return [clip(pos, 0), Math.min(clip(endpos, text.length), text.length)];
}

function all(
	py: Interpreter,
	pattern: PyPattern,
	text: string,
	most = Number.POSITIVE_INFINITY,
	from = 0,
	to = text.length,
): readonly Found[] | PyUnknown {
	if (from > to) return [];
	const found = pattern.regex.findAll(text, from, to, most);
	return found === 'gave up' ? tooLong(py, pattern) : found;
}

const isUnknown = (found: readonly Found[] | PyUnknown): found is PyUnknown => !Array.isArray(found);

export function findAll(py: Interpreter, pattern: PyPattern, string: Value, pos: Value = null, endpos: Value = null): Value {
	const text = subject(py, pattern, string);
	const [from, to] = clipped(py, text, pos, endpos);
	const found = all(py, pattern, text, undefined, from, to);
	if (isUnknown(found)) return found;
	return new PyList(
		found.map((one) => {
			const match = new PyMatch(pattern.regex, pattern, string, text, one, from, to);
			if (pattern.regex.groups <= 1) return match.group(pattern.regex.groups, pieceOf(pattern.regex, ''));
			return new PyTuple(
				Array.from({ length: pattern.regex.groups }, (_, at) => match.group(at + 1, pieceOf(pattern.regex, ''))),
			);
		}),
	);
}

export function findIter(py: Interpreter, pattern: PyPattern, string: Value, pos: Value = null, endpos: Value = null): Value {
	const text = subject(py, pattern, string);
	const [from, to] = clipped(py, text, pos, endpos);
	const found = all(py, pattern, text, undefined, from, to);
	if (isUnknown(found)) return found;
	return py.iterator(
		found.map((one) => new PyMatch(pattern.regex, pattern, string, text, one, from, to)),
		'callable_iterator',
	);
}

/** The new text and the number of replacements. */
export function substitute(py: Interpreter, pattern: PyPattern, by: Value, string: Value, count: Value): [Value, number] {
	const text = subject(py, pattern, string);
	const most = index(py, count) || Number.POSITIVE_INFINITY;
	const found = all(py, pattern, text, most);
	if (isUnknown(found)) return [found, 0];
	const literal = textOf(by) ?? (by instanceof PyBytes ? decode(py, by.value, 'latin-1') : undefined);
	const template = literal === undefined ? undefined : parseTemplate(literal, pattern.regex);
	if (template && 'error' in template) return py.raise('ValueError', template.error);
	let result = '';
	let at = 0;
	for (const one of found) {
		const match = new PyMatch(pattern.regex, pattern, string, text, one, 0, text.length);
		result += text.slice(at, one.start) + (template ? expand(template, match) : subject(py, pattern, py.call(by, [match])));
		at = one.end;
		py.budget.text(result.length);
	}
	return [pieceOf(pattern.regex, result + text.slice(at)), found.length];
}

export function split(py: Interpreter, pattern: PyPattern, string: Value, maxsplit: Value): Value {
	const text = subject(py, pattern, string);
	const found = all(py, pattern, text, index(py, maxsplit) || Number.POSITIVE_INFINITY);
	if (isUnknown(found)) return found;
	const parts: Value[] = [];
	let at = 0;
	for (const one of found) {
		const match = new PyMatch(pattern.regex, pattern, string, text, one, 0, text.length);
		parts.push(pieceOf(pattern.regex, text.slice(at, one.start)));
		for (let group = 1; group <= pattern.regex.groups; group++) parts.push(match.group(group));
		at = one.end;
	}
	parts.push(pieceOf(pattern.regex, text.slice(at)));
	return new PyList(parts);
}

/** As `repr()` of a pattern lists them. */
const flagNames: readonly (readonly [number, string])[] = [
	[2, 'IGNORECASE'],
	[4, 'LOCALE'],
	[8, 'MULTILINE'],
	[16, 'DOTALL'],
	[32, 'UNICODE'],
	[64, 'VERBOSE'],
	[128, 'DEBUG'],
	[256, 'ASCII'],
];

const patternType = newType('Pattern', 're', [
	...Object.entries(searches).map(([name, mode]) =>
		method(name, 'self, /, string, pos=0, endpos=None', (py, [self, string, pos, endpos]) =>
			run(py, own(py, self), mode, string, pos, endpos),
		),
	),
	method('findall', 'self, /, string, pos=0, endpos=None', (py, [self, string, pos, endpos]) =>
		findAll(py, own(py, self), string, pos, endpos),
	),
	method('finditer', 'self, /, string, pos=0, endpos=None', (py, [self, string, pos, endpos]) =>
		findIter(py, own(py, self), string, pos, endpos),
	),
	method(
		'sub',
		'self, /, repl, string, count=0',
		(py, [self, by, string, count]) => substitute(py, own(py, self), by, string, count)[0],
	),
	method(
		'subn',
		'self, /, repl, string, count=0',
		(py, [self, by, string, count]) => new PyTuple(substitute(py, own(py, self), by, string, count)),
	),
	method('split', 'self, /, string, maxsplit=0', (py, [self, string, most]) => split(py, own(py, self), string, most)),
	getter('pattern', (py, self) => own(py, self).source),
	getter('flags', (py, self) => own(py, self).regex.flags),
	getter('groups', (py, self) => own(py, self).regex.groups),
	getter('groupindex', (py, self) => {
		const dict = new PyDict();
		for (const [name, group] of own(py, self).regex.groupIndex) dict.setStr(name, group);
		return dict;
	}),
	method('__eq__', 'self, other, /', (py, [self, other]) => other instanceof PyPattern && own(py, self).regex === other.regex),
	method('__hash__', 'self, /', (py, [self]) => hashNumber(`${own(py, self).regex.flags}${own(py, self).regex.pattern}`)),
	method('__copy__', 'self, /', (_, [self]) => self),
	method('__deepcopy__', 'self, memo, /', (_, [self]) => self),
	method('__repr__', 'self, /', (py, [self]) => {
		const { source, regex } = own(py, self);
		const set = flagNames.filter(([bit, name]) => regex.flags & bit && !(name === 'UNICODE' && textOf(source) !== undefined));
		const flags = set.map(([, name]) => `re.${name}`).join('|');
		return `re.compile(${py.repr(source).slice(0, 200)}${flags && `, ${flags}`})`;
	}),
]);

export { patternType };
