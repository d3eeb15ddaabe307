import { text } from '../builtins/arguments';
import { escapePattern } from '../regex/escape';
import { flag } from '../regex/pattern';
import type { Interpreter } from '../runtime/interpreter';
import { native, nativeModule } from '../runtime/native';
import { intType, PyBytes, PyTuple, type Value } from '../values';
import { matchType } from './re-match';
import { compile, findAll, findIter, PyPattern, patternError, patternType, run, searches, split, substitute } from './re-pattern';

/** Native: `_sre` is written in C. */

/** With a compiled pattern, or the unknown that its compilation gave. */
function compiled(py: Interpreter, pattern: Value, flags: Value, use: (pattern: PyPattern) => Value): Value {
	const found = compile(py, pattern, flags);
	return found instanceof PyPattern ? use(found) : found;
}

const shortFlags = {
	A: flag.ASCII,
	I: flag.IGNORECASE,
	L: flag.LOCALE,
	M: flag.MULTILINE,
	S: flag.DOTALL,
	U: flag.UNICODE,
	X: flag.VERBOSE,
	NOFLAG: 0,
};

export const re = nativeModule('re', [
	native('compile', 'pattern, flags=0', (py, [pattern, flags]) => compile(py, pattern, flags)),
	...Object.entries(searches).map(([name, mode]) =>
		native(name, 'pattern, string, flags=0', (py, [pattern, string, flags]) =>
			compiled(py, pattern, flags, (one) => run(py, one, mode, string, null, null)),
		),
	),
	native('findall', 'pattern, string, flags=0', (py, [pattern, string, flags]) =>
		compiled(py, pattern, flags, (one) => findAll(py, one, string)),
	),
	native('finditer', 'pattern, string, flags=0', (py, [pattern, string, flags]) =>
		compiled(py, pattern, flags, (one) => findIter(py, one, string)),
	),
	native('sub', 'pattern, repl, string, count=0, flags=0', (py, [pattern, by, string, count, flags]) =>
		compiled(py, pattern, flags, (one) => substitute(py, one, by, string, count)[0]),
	),
	native('subn', 'pattern, repl, string, count=0, flags=0', (py, [pattern, by, string, count, flags]) =>
		compiled(py, pattern, flags, (one) => new PyTuple(substitute(py, one, by, string, count))),
	),
	native('split', 'pattern, string, maxsplit=0, flags=0', (py, [pattern, string, most, flags]) =>
		compiled(py, pattern, flags, (one) => split(py, one, string, most)),
	),
	native('escape', 'pattern', (py, [pattern]) => {
		const version = [py.version[0], py.version[1]] as const;
		if (!(pattern instanceof PyBytes)) return escapePattern(text(py, pattern), version);
		const escaped = escapePattern(String.fromCharCode(...pattern.value), version);
		return new PyBytes(Uint8Array.from(escaped, (char) => char.charCodeAt(0)));
	}),
	native('purge', '', () => null),
	['Pattern', patternType],
	['Match', matchType],
	['error', patternError],
	['PatternError', patternError],
	['RegexFlag', intType],
	...Object.entries({ ...shortFlags, ...flag }),
]);
