import type { Interpreter } from '../../python/runtime/interpreter';
import { intercept, native, type Summary } from '../../python/runtime/native';
import { PyRaise, textOf } from '../../python/values';
import { sameJson } from '../../shared/json';
import type { PatternInfo, ProjectModel, RouteInfo, UrlEntry } from '../../shared/model';
import { isWithin } from '../../shared/path';
import { keywordsOf } from '../sites';
import { urlconfFiles } from './entries';
import { failureExpected } from './expected';

/** What was asked of the URLs before anybody asked for the model: `reverse()` in an app's `ready()`, say. */
class SetupQuestions {
	/** While `django.setup()` runs. */
	open = true;
	/** What `reverse()` was given, without its namespaces, by code that counts on an answer. */
	readonly names = new Set<string>();
	/** Modules that were loaded to answer it. */
	readonly loaded = new Set<string>();
	/** Code that counted on an answer got none: the rest of it did not run. */
	failed = false;
	/** Something was asked whose answer may be of any part of the URLs. */
	others = false;
	private depth = 0;

	/** Notes what answering has loaded. */
	answering<T>(py: Interpreter, answer: () => T): T {
		const before = this.depth === 0 ? new Set(py.modules.keys()) : undefined;
		this.depth++;
		try {
			return answer();
		} catch (error) {
			// A URLconf that fails here fails setup: mended, it lets setup go on.
			if (!(error instanceof PyRaise && error.exception.cls.name === 'NoReverseMatch')) this.others = true;
			throw error;
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

/** Whether setup got all the answers that it counted on: then it has run to its end. */
export const allAnswered = (py: Interpreter): boolean => !questions(py).failed && !questions(py).others;

/**
 * Whether setup would have gone otherwise: rows of a name that `reverse()` was given have come, gone or moved, or take other arguments;
 * a URLconf can't be read at all, which fails whoever asks for any name; or something else than a URLconf's own rows fails that it has
 * loaded. The text of a path is not looked at, nor names whose absence
 * the caller catches: they are put into menus and links, and come right with the next whole evaluation.
 */
export function answersOtherwise(py: Interpreter, before: ProjectModel, now: ProjectModel): boolean {
	const { names, loaded } = questions(py);
	if (loaded.size === 0) return false;
	if (before.problems !== now.problems && failsOtherwise(before, now)) return true;
	if (!sameJson(unreadable(before.urls), unreadable(now.urls))) return true;
	if (names.size === 0) return false;
	const [were, are]: [string[], string[]] = [[], []];
	collect(before.urls, now.urls, names, were);
	collect(now.urls, before.urls, names, are);
	return !sameJson(were, are);
}

function failsOtherwise(before: ProjectModel, now: ProjectModel): boolean {
	const told = ({ problems }: ProjectModel) => new Set(problems.map(({ message, place }) => `${place?.file ?? ''}\n${message}`));
	const [were, are] = [told(before), told(now)];
	const others = [...were].filter((one) => !are.has(one)).concat([...are].filter((one) => !were.has(one)));
	if (others.length === 0) return false;
	const urlconfs = urlconfFiles([before.urls, now.urls], now.rootUrlconf?.file);
	return others.some((one) => {
		const file = one.slice(0, one.indexOf('\n'));
		return !urlconfs.has(file) && isWithin(file, now.root) && !/[\\/]site-packages[\\/]/.test(file);
	});
}

const unreadableOf = new WeakMap<readonly UrlEntry[], readonly string[]>();

/** URLconfs that can't be read, by the ids of what stands for them; lists that an edit leaves alone are known. */
function unreadable(entries: readonly UrlEntry[]): readonly string[] {
	const known = unreadableOf.get(entries);
	if (known) return known;
	const out: string[] = [];
	for (const entry of entries) {
		if (entry.type === 'include') out.push(...unreadable(entry.children));
		else if (entry.type === 'unknown' && /^(?:import-failed|raised)$/.test(entry.problem.code ?? '')) out.push(entry.id);
	}
	unreadableOf.set(entries, out);
	return out;
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
				const expected = failureExpected(py, 'NoReverseMatch');
				if (!expected) all.names.add(name.split(':').at(-1) ?? name);
				let answered = false;
				try {
					const answer = all.answering(py, ask);
					answered = true;
					return answer;
				} finally {
					all.failed ||= !expected && !answered;
				}
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
