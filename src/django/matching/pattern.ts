import { textRepr } from '../../python/builtins/string-repr';
import { escapePattern } from '../../python/regex/escape';
import { compilePattern, RegexPattern } from '../../python/regex/pattern';
import type { PatternInfo } from '../../shared/model';

/** What matched: the rest of the path, and the arguments as the converters made them, as Python reprs. */
export interface PatternMatch {
	readonly rest: string;
	readonly args: readonly string[];
	readonly kwargs: ReadonlyMap<string, string>;
}

/** Converts a captured text as the converter of `argument` does: its repr, or undefined where it raises ValueError. */
export type Convert = (pattern: PatternInfo, argument: string, text: string) => string | undefined;

/** Settings and languages that matching depends on. */
export interface MatchContext {
	/** The active language: `fr`. */
	readonly language: string;
	/** `LANGUAGE_CODE`. */
	readonly defaultLanguage: string;
	readonly convert: Convert;
}

/** `pattern.match(path)` of Django's three kinds (Django 5.2, urls/resolvers.py). A reason says what can't be told. */
export function matchPattern(
	pattern: PatternInfo,
	path: string,
	isEndpoint: boolean,
	context: MatchContext,
): PatternMatch | undefined | { readonly reason: string } {
	switch (pattern.kind) {
		case 'route':
			return matchRoute(pattern, path, isEndpoint, context);
		case 'regex':
			return matchRegex(pattern.pattern, path, isEndpoint);
		case 'locale_prefix': {
			const prefix = languagePrefix(pattern, context);
			return path.startsWith(prefix) ? { rest: path.slice(prefix.length), args: [], kwargs: new Map() } : undefined;
		}
		case 'other': {
			const regex = pattern.converterRegexes?.[''];
			if (regex === undefined) return { reason: `the pattern class ${pattern.cls ?? '?'} matches in a way of its own` };
			return matchRegex(regex, path, isEndpoint);
		}
	}
}

/** `LocalePrefixPattern.language_prefix`. */
function languagePrefix(pattern: PatternInfo, { language, defaultLanguage }: MatchContext): string {
	return language === defaultLanguage && pattern.prefixDefaultLanguage === false ? '' : `${language}/`;
}

function matchRegex(regex: string, path: string, isEndpoint: boolean): PatternMatch | undefined | { readonly reason: string } {
	const compiled = compilePattern(regex);
	if (!(compiled instanceof RegexPattern)) return { reason: compiled.error };
	const whole = isEndpoint && regex.endsWith('$') && !regex.endsWith('\\$');
	const found = compiled.run(path, whole ? 'fullmatch' : 'search');
	if (found === 'gave up') return { reason: 'the regular expression takes too many steps' };
	if (!found) return undefined;
	const group = (index: number) => {
		const start = found.spans[2 * index] ?? -1;
		return start < 0 ? undefined : path.slice(start, found.spans[2 * index + 1]);
	};
	const kwargs = new Map<string, string>();
	for (const [name, index] of compiled.groupIndex) {
		const text = group(index);
		if (text !== undefined) kwargs.set(name, textRepr(text));
	}
	const args: string[] = [];
	if (compiled.groupIndex.size === 0) {
		for (let index = 1; index <= compiled.groups; index++) {
			const text = group(index);
			args.push(text === undefined ? 'None' : textRepr(text));
		}
	}
	return { rest: path.slice(found.end), args, kwargs };
}

/** The regular expressions of Django's own converters (urls/converters.py). */
const converterRegexes: Readonly<Record<string, string>> = {
	int: '[0-9]+',
	path: '.+',
	slug: '[-a-zA-Z0-9_]+',
	str: '[^/]+',
	uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
};

/** `_route_to_regex`: `<int:pk>` → `(?P<pk>[0-9]+)`. Undefined when a converter's expression isn't known. */
function routeRegex(pattern: PatternInfo, isEndpoint: boolean): string | undefined {
	const route = pattern.pattern;
	let out = '^';
	let from = 0;
	for (const match of route.matchAll(/<(?:([^>:]+):)?([^>]+)>/g)) {
		const [whole, converter = 'str', argument = ''] = match;
		const own = pattern.converters?.[argument];
		const regex = pattern.converterRegexes?.[argument] ?? converterRegexes[own ?? converter];
		if (regex === undefined) return undefined;
		out += `${escapePattern(route.slice(from, match.index))}(?P<${argument}>${regex})`;
		from = match.index + whole.length;
	}
	return out + escapePattern(route.slice(from)) + (isEndpoint ? '\\Z' : '');
}

function matchRoute(
	pattern: PatternInfo,
	path: string,
	isEndpoint: boolean,
	context: MatchContext,
): PatternMatch | undefined | { readonly reason: string } {
	if (!pattern.pattern.includes('<')) {
		const fits = isEndpoint ? path === pattern.pattern : path.startsWith(pattern.pattern);
		return fits ? { rest: path.slice(pattern.pattern.length), args: [], kwargs: new Map() } : undefined;
	}
	const regex = routeRegex(pattern, isEndpoint);
	if (regex === undefined) return { reason: 'the regular expression of a converter is not known' };
	const compiled = compilePattern(regex);
	if (!(compiled instanceof RegexPattern)) return { reason: compiled.error };
	const found = compiled.run(path, 'search');
	if (found === 'gave up') return { reason: 'the regular expression takes too many steps' };
	if (!found) return undefined;
	const kwargs = new Map<string, string>();
	for (const [name, index] of compiled.groupIndex) {
		const text = path.slice(found.spans[2 * index], found.spans[2 * index + 1]);
		const value = context.convert(pattern, name, text);
		if (value === undefined) return undefined;
		kwargs.set(name, value);
	}
	return { rest: path.slice(found.end), args: [], kwargs };
}

/** What Django's own converters make of a text, as a repr; undefined for a converter that isn't Django's. */
export function builtinConvert(pattern: PatternInfo, argument: string, text: string): string | undefined {
	const converter = pattern.converters?.[argument];
	if (converter === 'int') return text.replace(/^0+(?=\d)/, '');
	if (converter === 'uuid') return `UUID('${text}')`;
	return textRepr(text);
}
