import type { Interpreter } from '../../python/runtime/interpreter';
import { PyClass, PyDict, PyModule, PyUnknown, textOf, unlessRaised, type Value } from '../../python/values';
import type { PatternInfo } from '../../shared/model';
import { attribute } from '../views/attribute';

/** Django's classes of patterns, by the kind that the model names them. */
const kinds = [
	['LocalePrefixPattern', 'locale_prefix'],
	['RegexPattern', 'regex'],
	['RoutePattern', 'route'],
] as const;

/** A Django pattern object (`URLPattern.pattern`) as the model holds it. */
export function patternInfo(py: Interpreter, pattern: Value): PatternInfo {
	const resolvers = py.modules.get('django.urls.resolvers');
	const type = py.typeOf(pattern);
	let kind: PatternInfo['kind'] = 'other';
	for (const [name, one] of kinds) {
		const cls = resolvers instanceof PyModule ? py.findAttr(resolvers, name) : undefined;
		if (cls instanceof PyClass && type.derivesFrom(cls)) {
			kind = one;
			break;
		}
	}
	const { converters, regexes } = convertersOf(py, pattern);
	const whole = kind === 'other' ? wholeRegex(py, pattern) : undefined;
	if (whole !== undefined) regexes[''] = whole;
	return {
		kind,
		pattern: patternText(py, pattern),
		...(kind === 'other' ? { cls: type.fullName } : {}),
		...(kind === 'locale_prefix' ? { prefixDefaultLanguage: attribute(py, pattern, 'prefix_default_language') !== false } : {}),
		...(Object.keys(converters).length > 0 ? { converters } : {}),
		...(Object.keys(regexes).length > 0 ? { converterRegexes: regexes } : {}),
	};
}

/** `str()` of the pattern, which a lazily translated one computes. */
function patternText(py: Interpreter, pattern: Value): string {
	return unlessRaised(() => py.str(pattern)) ?? '';
}

/** Argument → Django's own name of the converter or its class's full name, and for the latter its `regex`. */
function convertersOf(py: Interpreter, pattern: Value): { converters: Record<string, string>; regexes: Record<string, string> } {
	const converters: Record<string, string> = {};
	const regexes: Record<string, string> = {};
	const table = attribute(py, pattern, 'converters');
	if (!(table instanceof PyDict)) return { converters, regexes };
	for (const { key, value } of table.entries()) {
		const argument = textOf(key) ?? '';
		const { fullName } = py.typeOf(value);
		const builtin = builtinConverters[fullName];
		converters[argument] = builtin ?? fullName;
		const regex = builtin ? undefined : textOf(attribute(py, value, 'regex') ?? null);
		if (regex !== undefined) regexes[argument] = regex;
	}
	return { converters, regexes };
}

/** The regular expression of a pattern class of the project's own, where it has one. */
function wholeRegex(py: Interpreter, pattern: Value): string | undefined {
	const regex = attribute(py, pattern, 'regex');
	return regex === undefined ? undefined : textOf(attribute(py, regex, 'pattern') ?? null);
}

const builtinConverters: Readonly<Record<string, string>> = {
	'django.urls.converters.IntConverter': 'int',
	'django.urls.converters.StringConverter': 'str',
	'django.urls.converters.UUIDConverter': 'uuid',
	'django.urls.converters.SlugConverter': 'slug',
	'django.urls.converters.PathConverter': 'path',
};

/** All segments as a person reads the URL: `/blog/<int:pk>/`. */
export function fullPath(segments: readonly PatternInfo[]): string {
	const text = segments
		.map(({ kind, pattern }) => (kind === 'regex' ? simplifyRegex(pattern.replace(/^\^+/, '')) : pattern))
		.join('');
	return `/${text}`.replace(/^\/{2,}/, '/');
}

/** Named groups → `<name>`, other groups → `<var>`, anchors and escapes taken off: as Django's admindocs does. */
function simplifyRegex(pattern: string): string {
	let out = '';
	for (let at = 0; at < pattern.length; at++) {
		const char = pattern.charAt(at);
		const next = pattern.charAt(at + 1);
		if (char === '\\' && next !== '') {
			if (!'AZbB'.includes(next)) out += 'dwsDWS'.includes(next) ? char + next : next;
			at++;
		} else if (char === '(') {
			const end = groupEnd(pattern, at);
			const group = pattern.slice(at, end + 1);
			const name = /^\(\?P<(\w+)>/.exec(group)?.[1];
			if (name) out += `<${name}>`;
			else if (group.startsWith('(?:')) out += group;
			else if (!group.startsWith('(?')) out += '<var>';
			at = end;
		} else if (char !== '^' && char !== '$') out += char;
	}
	return out;
}

/** Index of the parenthesis that closes the one at `from`; the text's end when none does. */
function groupEnd(pattern: string, from: number): number {
	let depth = 0;
	let inClass = false;
	for (let at = from; at < pattern.length; at++) {
		const char = pattern.charAt(at);
		if (char === '\\') at++;
		else if (inClass) inClass = char !== ']';
		else if (char === '[') inClass = true;
		else if (char === '(') depth++;
		else if (char === ')' && --depth === 0) return at;
	}
	return pattern.length - 1;
}

/** Why a pattern is not known; undefined when it is. */
export function unknownPattern(py: Interpreter, pattern: Value): PyUnknown | undefined {
	for (const name of ['_route', '_regex']) {
		const value = attribute(py, pattern, name);
		if (value instanceof PyUnknown) return value;
	}
	return undefined;
}
