import { integerOf } from '../builtins/arguments';
import { unitsToPoints } from '../builtins/codepoints';
import { textRepr } from '../builtins/string-repr';
import type { Found, RegexPattern } from '../regex/pattern';
import { parseTemplate, type Template } from '../regex/template';
import type { Interpreter } from '../runtime/interpreter';
import { getter, method, newType } from '../runtime/native';
import { PyBytes, PyDict, PyObject, PyTuple, textOf, type Value } from '../values';

/** `re.Match`. */
export class PyMatch extends PyObject {
	constructor(
		readonly pattern: RegexPattern,
		/** The `re.Pattern` object. */
		readonly patternObject: Value,
		/** As it was given, a str or bytes. */
		readonly string: Value,
		/** As text that the spans of `found` count in. */
		readonly text: string,
		readonly found: Found,
		readonly from: number,
		readonly to: number,
	) {
		super(matchType);
	}
	/** A piece of the string as Python sees it; `fallback` for a group that took no part. */
	group(index: number, fallback: Value = null): Value {
		const [start, end] = [this.found.spans[2 * index] ?? -1, this.found.spans[2 * index + 1] ?? -1];
		if (start < 0) return fallback;
		return pieceOf(this.pattern, this.text.slice(start, end));
	}
}

/** Text of the pattern's kind as a Python value. */
export function pieceOf(pattern: RegexPattern, piece: string): Value {
	return pattern.bytes ? new PyBytes(Uint8Array.from(piece, (char) => char.charCodeAt(0))) : piece;
}

function own(py: Interpreter, self: Value): PyMatch {
	return self instanceof PyMatch ? self : py.raise('TypeError', 'expected a re.Match object');
}

/** The number of a group that is named by number or name. */
function groupIndex(py: Interpreter, match: PyMatch, key: Value): number {
	const name = textOf(key);
	const index = name === undefined ? integerOf(key) : match.pattern.groupIndex.get(name);
	if (index === undefined || index < 0 || index > match.pattern.groups) return py.raise('IndexError', 'no such group');
	return Number(index);
}

function edge(py: Interpreter, self: Value, key: Value, side: 0 | 1): number {
	const match = own(py, self);
	const units = match.found.spans[2 * groupIndex(py, match, key) + side] ?? -1;
	return units < 0 ? -1 : unitsToPoints(match.text, units);
}

/** The replacement that a template makes of a match. */
export function expand(template: Template, match: PyMatch): string {
	return template
		.map((part) => {
			if (typeof part === 'string') return part;
			const start = match.found.spans[2 * part] ?? -1;
			return start < 0 ? '' : match.text.slice(start, match.found.spans[2 * part + 1]);
		})
		.join('');
}

const matchType = newType('Match', 're', [
	method('group', 'self, /, *args', (py, [self, args]) => {
		const match = own(py, self);
		if (args.items.length === 0) return match.group(0);
		const groups = args.items.map((key) => match.group(groupIndex(py, match, key)));
		return groups.length === 1 ? (groups[0] ?? null) : new PyTuple(groups);
	}),
	method('__getitem__', 'self, key, /', (py, [self, key]) => own(py, self).group(groupIndex(py, own(py, self), key))),
	method('groups', 'self, default=None', (py, [self, fallback]) => {
		const match = own(py, self);
		return new PyTuple(Array.from({ length: match.pattern.groups }, (_, at) => match.group(at + 1, fallback)));
	}),
	method('groupdict', 'self, default=None', (py, [self, fallback]) => {
		const match = own(py, self);
		const dict = new PyDict();
		for (const [name, index] of match.pattern.groupIndex) dict.setStr(name, match.group(index, fallback));
		return dict;
	}),
	method('start', 'self, group=0, /', (py, [self, key]) => edge(py, self, key, 0)),
	method('end', 'self, group=0, /', (py, [self, key]) => edge(py, self, key, 1)),
	method('span', 'self, group=0, /', (py, [self, key]) => new PyTuple([edge(py, self, key, 0), edge(py, self, key, 1)])),
	method('expand', 'self, template', (py, [self, template]) => {
		const match = own(py, self);
		const parts = parseTemplate(textOf(template) ?? '', match.pattern);
		return 'error' in parts ? py.raise('ValueError', parts.error) : expand(parts, match);
	}),
	getter('string', (py, self) => own(py, self).string),
	getter('re', (py, self) => own(py, self).patternObject),
	getter('pos', (py, self) => unitsToPoints(own(py, self).text, own(py, self).from)),
	getter('endpos', (py, self) => unitsToPoints(own(py, self).text, own(py, self).to)),
	getter('lastindex', (py, self) => own(py, self).found.lastIndex || null),
	getter('lastgroup', (py, self) => own(py, self).pattern.lastGroup(own(py, self).found) ?? null),
	getter('regs', (py, self) => {
		const match = own(py, self);
		return new PyTuple(
			Array.from({ length: match.pattern.groups + 1 }, (_, at) => new PyTuple([edge(py, self, at, 0), edge(py, self, at, 1)])),
		);
	}),
	method('__bool__', 'self, /', () => true),
	method('__copy__', 'self, /', (_, [self]) => self),
	method('__deepcopy__', 'self, memo, /', (_, [self]) => self),
	method('__repr__', 'self, /', (py, [self]) => {
		const match = own(py, self);
		const whole = match.text.slice(match.found.start, match.found.end);
		return `<re.Match object; span=(${edge(py, self, 0, 0)}, ${edge(py, self, 0, 1)}), match=${textRepr(whole)}>`;
	}),
]);

export { matchType };
