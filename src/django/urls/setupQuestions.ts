import type { Interpreter } from '../../python/runtime/interpreter';
import { intercept, native, type Summary } from '../../python/runtime/native';
import { textOf } from '../../python/values';
import { sameJson } from '../../shared/json';
import type { PatternInfo, RouteInfo, UrlEntry } from '../../shared/model';
import { keywordsOf } from '../sites';
import { failureExpected } from './expected';

/** What was asked of the URLs before anybody asked for the model: `reverse()` in an app's `ready()`, say. */
class SetupQuestions {
	/** While `django.setup()` runs. */
	open = true;
	/** What `reverse()` was given, without its namespaces, by code that counts on an answer. */
	readonly names = new Set<string>();
	/** Modules that were loaded to answer it. */
	readonly loaded = new Set<string>();
	/** Something was asked whose answer may be of any part of the URLs. */
	others = false;
	private depth = 0;

	/** Notes what answering has loaded. */
	answering<T>(py: Interpreter, answer: () => T): T {
		const before = this.depth === 0 ? new Set(py.modules.keys()) : undefined;
		this.depth++;
		try {
			return answer();
		} finally {
			this.depth--;
			if (before) for (const name of py.modules.keys()) if (!before.has(name)) this.loaded.add(name);
		}
	}
}

const asked = Symbol('what setup asked of the URLs');

const questions = (py: Interpreter) => py.state(asked, () => new SetupQuestions());

/** `django.setup()` is over: the modules that it loaded, but for those that it wanted no more of than URLs by their names. */
export function checkpoint(py: Interpreter): ReadonlySet<string> {
	const all = questions(py);
	all.open = false;
	const names = [...py.modules.keys()];
	return new Set(all.others ? names : names.filter((name) => !all.loaded.has(name)));
}

/**
 * Whether `reverse()` would have failed setup: rows of a name that it asked for have come, gone or moved, or take other arguments.
 * The text of a path is not looked at, nor names whose absence the caller catches: they are put into menus and links, and come right
 * with the next whole evaluation.
 */
export function answersOtherwise(py: Interpreter, before: readonly UrlEntry[], now: readonly UrlEntry[]): boolean {
	const { names } = questions(py);
	if (names.size === 0) return false;
	const [were, are]: [string[], string[]] = [[], []];
	collect(before, now, names, were);
	collect(now, before, names, are);
	return !sameJson(were, are);
}

/** What names of these rows lead to, except where the other tree has the same rows. */
function collect(entries: readonly UrlEntry[], others: readonly UrlEntry[], names: ReadonlySet<string>, into: string[]): void {
	if (entries === others) return;
	const same = new Set(others);
	const byId = new Map(others.map((one) => [one.id, one]));
	for (const entry of entries) {
		if (same.has(entry)) continue;
		if (entry.type === 'include') {
			const other = byId.get(entry.id);
			const known = other?.type === 'include' && sameJson(header(other), header(entry)) ? other.children : [];
			collect(entry.children, known, names, into);
		} else if (entry.type === 'route' && entry.name !== undefined && names.has(entry.name)) into.push(signature(entry));
	}
}

const header = ({ pattern, namespace, appName, kwargs }: Extract<UrlEntry, { type: 'include' }>) => [
	pattern,
	namespace,
	appName,
	kwargs,
];

function signature({ name, namespaces, appNames, segments, kwargs }: RouteInfo): string {
	return JSON.stringify([name, namespaces, appNames, segments.flatMap(argumentsOf), kwargs]);
}

/** What a pattern takes arguments by; of a route's literal text nothing. */
function argumentsOf({ kind, pattern, converters, converterRegexes }: PatternInfo): unknown[] {
	const plain = kind === 'route' && !pattern.includes('<');
	return plain ? [] : [kind, kind === 'route' ? pattern.match(/<[^>]*>/g) : pattern, converters, converterRegexes];
}

/** Notes the questions of `django.setup()`; what is asked is answered by Django's own functions. */
export const setupQuestionSummaries: readonly Summary[] = [
	intercept('django.urls.base', 'reverse', 'Notes the name that setup asks for; the original is run.', (_, original) =>
		native(
			'reverse',
			'*args, **kwargs',
			(py, [args, kwargs]) => {
				const all = questions(py);
				const named = keywordsOf(kwargs);
				const ask = () => py.call(original, [...args.items], named);
				if (!all.open) return ask();
				const name = textOf(args.items[0] ?? named.get('viewname') ?? null);
				if (name === undefined || (args.items[1] ?? named.get('urlconf') ?? null) !== null) {
					all.others = true;
					return ask();
				}
				if (!failureExpected(py, 'NoReverseMatch')) all.names.add(name.split(':').at(-1) ?? name);
				return all.answering(py, ask);
			},
			{ acceptsUnknown: true },
		),
	),
	intercept('django.urls.base', 'resolve', 'Notes that setup asks; the original is run.', (_, original) =>
		native(
			'resolve',
			'*args, **kwargs',
			(py, [args, kwargs]) => {
				questions(py).others ||= questions(py).open;
				return py.call(original, [...args.items], keywordsOf(kwargs));
			},
			{ acceptsUnknown: true },
		),
	),
	intercept('django.urls.resolvers', 'get_resolver', 'Notes that setup asks; the original is run.', (_, original) =>
		native(
			'get_resolver',
			'*args, **kwargs',
			(py, [args, kwargs]) => {
				const all = questions(py);
				if (all.open && !py.stack()[0]?.module.name.startsWith('django.urls')) all.others = true;
				return py.call(original, [...args.items], keywordsOf(kwargs));
			},
			{ acceptsUnknown: true },
		),
	),
];
