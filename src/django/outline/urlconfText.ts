import type { Call, Expr, Stmt } from '../../python/syntax/ast';
import { innerBodies } from '../../python/syntax/definitions';
import type { IncludeInfo, PatternInfo, UnknownEntry, UrlEntry } from '../../shared/model';
import { fullPath } from '../urls/pattern';
import { lastNameOf, type ModuleText, type ModuleTexts, stringOf } from './moduleText';

interface Above {
	readonly id: string;
	readonly segments: readonly PatternInfo[];
	readonly namespaces: readonly string[];
	/** The URLconfs on the way. */
	readonly files: readonly string[];
}

/** The lists of a module, as far as its text gives their elements; `rest`: something adds to them that has to be evaluated. */
interface Listed {
	readonly elements: readonly Expr[];
	readonly rest: boolean;
}

/** Why the rest isn't told: it is still to be evaluated, or can't be. */
export type RestCode = 'reading' | 'not-evaluated';

const kinds: Readonly<Record<string, PatternInfo['kind']>> = { path: 'route', re_path: 'regex', url: 'regex' };
const deepest = 8;
/** A part of the path that has to be evaluated. */
const notKnown: PatternInfo = { kind: 'other', pattern: '…' };

/** What the text of a URLconf says: `path()` and `include()` calls with literal patterns; the rest of it is being read. */
export function urlconfEntries(texts: ModuleTexts, module: ModuleText, rest: RestCode): readonly UrlEntry[] {
	return new Outline(texts, rest).module(module, { id: '', segments: [], namespaces: [], files: [] });
}

class Outline {
	constructor(
		private readonly texts: ModuleTexts,
		private readonly code: RestCode,
	) {}

	/** What the text doesn't tell. */
	private rest(id: string, text: string, place?: UnknownEntry['problem']['place']): UnknownEntry {
		const problem = { severity: 'information', code: this.code, message: text, ...(place ? { place } : {}) } as const;
		return { type: 'unknown', id: text === '' ? `${id}/…` : id, problem };
	}

	module(module: ModuleText, above: Above): readonly UrlEntry[] {
		if (above.files.includes(module.file) || above.files.length > deepest) return [this.rest(above.id, '')];
		const lists = listsOf(module);
		return this.entries(module, lists, lists.get('urlpatterns'), { ...above, files: [...above.files, module.file] });
	}

	private entries(
		module: ModuleText,
		lists: ReadonlyMap<string, Listed>,
		listed: Listed | undefined,
		above: Above,
	): readonly UrlEntry[] {
		const seen = new Map<string, number>();
		const idOf = (key: string): string => {
			const count = (seen.get(key) ?? 0) + 1;
			seen.set(key, count);
			return `${above.id}/${key}${count > 1 ? `#${count}` : ''}`;
		};
		const out = (listed?.elements ?? []).map((element) => this.entry(module, lists, element, above, idOf));
		return listed && !listed.rest ? out : [...out, this.rest(above.id, '')];
	}

	private entry(
		module: ModuleText,
		lists: ReadonlyMap<string, Listed>,
		element: Expr,
		above: Above,
		idOf: (key: string) => string,
	): UrlEntry {
		const translated = localePrefix(element);
		if (translated) return this.translated(module, lists, translated, above, idOf);
		const kind = element.kind === 'Call' ? kinds[lastNameOf(element.func) ?? ''] : undefined;
		const site = module.place(element);
		const given = element.kind === 'Call' && kind && argument(element, 0, kind === 'route' ? 'route' : 'regex');
		if (element.kind !== 'Call' || kind === undefined || !given)
			return this.rest(idOf(module.written(element)), module.written(element), site);
		const literal = stringOf(given);
		const written = literal ?? `{${module.written(given)}}`;
		const pattern: PatternInfo = { kind: literal === undefined ? 'other' : kind, pattern: written };
		const view = argument(element, 1, 'view');
		const segments = [...above.segments, literal === undefined ? notKnown : pattern];
		if (view && isInclude(view)) {
			const { urlconf, namespace, children } = this.included(module, lists, view);
			const id = idOf(`${written}|${namespace ?? ''}/`);
			const below = { ...above, id, segments, namespaces: namespace ? [...above.namespaces, namespace] : above.namespaces };
			return {
				type: 'include',
				id,
				pattern,
				...(namespace ? { namespace } : {}),
				urlconf,
				site,
				children: children(below),
			} satisfies IncludeInfo;
		}
		const name = stringOf(keyword(element, 'name') ?? element.args[3]);
		return {
			type: 'route',
			id: idOf(`${written}|${name ?? ''}`),
			pattern,
			fullPath: fullPath(segments),
			segments,
			namespaces: above.namespaces,
			appNames: [],
			...(name === undefined ? {} : { name, fullName: [...above.namespaces, name].join(':') }),
			site,
		};
	}

	/** `i18n_patterns()`: which prefix its routes have hangs on the settings. */
	private translated(
		module: ModuleText,
		lists: ReadonlyMap<string, Listed>,
		call: Call,
		above: Above,
		idOf: (key: string) => string,
	): IncludeInfo {
		const id = idOf('i18n_patterns');
		const segments = [...above.segments, notKnown];
		return {
			type: 'include',
			id,
			pattern: { kind: 'locale_prefix', pattern: 'i18n_patterns(…)' },
			urlconf: { name: '<list>' },
			site: module.place(call),
			children: this.entries(module, lists, { elements: call.args, rest: false }, { ...above, id, segments }),
		};
	}

	private included(
		module: ModuleText,
		lists: ReadonlyMap<string, Listed>,
		view: Expr,
	): Pick<IncludeInfo, 'urlconf' | 'namespace'> & { readonly children: (below: Above) => readonly UrlEntry[] } {
		const unread = (below: Above): readonly UrlEntry[] => [this.rest(below.id, '')];
		if (view.kind !== 'Call') return { urlconf: { name: module.written(view) }, children: unread };
		const given = argument(view, 0, 'arg');
		// `include((patterns, app_name))`
		const [what, app] = given?.kind === 'Tuple' ? [given.elts[0], stringOf(given.elts[1])] : [given, undefined];
		const namespace = stringOf(argument(view, 1, 'namespace')) ?? app;
		const list = what && listed(what, lists);
		if (list)
			return {
				urlconf: { name: '<list>' },
				...(namespace ? { namespace } : {}),
				children: (below) => this.entries(module, lists, list, below),
			};
		const name = stringOf(what);
		const included = name === undefined ? undefined : this.texts.named(name);
		const own = namespace ?? (included && appName(included));
		return {
			urlconf: { name: name ?? (what ? module.written(what) : '?'), ...(included ? { file: included.file } : {}) },
			...(own ? { namespace: own } : {}),
			children: included ? (below) => this.module(included, below) : unread,
		};
	}
}

const isInclude = (view: Expr): boolean =>
	(view.kind === 'Call' && lastNameOf(view.func) === 'include') || (view.kind === 'Attribute' && view.attr === 'urls');

const localePrefix = (expr: Expr): Call | undefined =>
	expr.kind === 'Call' && lastNameOf(expr.func) === 'i18n_patterns' ? expr : undefined;

const keyword = (call: Call, name: string): Expr | undefined => call.keywords.find(({ arg }) => arg === name)?.value;
const argument = (call: Call, at: number, name: string): Expr | undefined => call.args[at] ?? keyword(call, name);

function appName(module: ModuleText): string | undefined {
	for (const statement of module.body) {
		const target = statement.kind === 'Assign' ? statement.targets[0] : undefined;
		if (statement.kind === 'Assign' && target?.kind === 'Name' && target.id === 'app_name') return stringOf(statement.value);
	}
	return undefined;
}

/** The lists that a module's top level assigns, and what it visibly adds to them. */
function listsOf(module: ModuleText): ReadonlyMap<string, Listed> {
	const out = new Map<string, Listed>();
	for (const statement of module.body) {
		const target = assigned(statement);
		if (target && 'value' in statement && statement.value) {
			const before = out.get(target);
			const found = listed(statement.value as Expr, out);
			if (statement.kind !== 'AugAssign') out.set(target, found ?? { elements: [], rest: true });
			else if (before)
				out.set(target, {
					elements: [...before.elements, ...(found?.elements ?? [])],
					rest: before.rest || !found || found.rest,
				});
		} else if (!['Import', 'ImportFrom', 'FunctionDef', 'ClassDef'].includes(statement.kind)) {
			for (const [name, list] of out) if (touches(statement, name)) out.set(name, { ...list, rest: true });
		}
	}
	return out;
}

function assigned(statement: Stmt): string | undefined {
	const target =
		statement.kind === 'Assign'
			? statement.targets[0]
			: statement.kind === 'AnnAssign' || statement.kind === 'AugAssign'
				? statement.target
				: undefined;
	return target?.kind === 'Name' ? target.id : undefined;
}

/** An `if` or a loop that assigns to the list, or a call of one of its methods. */
function touches(statement: Stmt, name: string): boolean {
	if (statement.kind === 'Expr') {
		const { value } = statement;
		return (
			value.kind === 'Call' && value.func.kind === 'Attribute' && value.func.value.kind === 'Name' && value.func.value.id === name
		);
	}
	return innerBodies(statement).some((body) => body.some((inner) => assigned(inner) === name || touches(inner, name)));
}

function listed(expr: Expr, lists: ReadonlyMap<string, Listed>): Listed | undefined {
	if (expr.kind === 'List' || expr.kind === 'Tuple') return { elements: expr.elts, rest: false };
	if (localePrefix(expr)) return { elements: [expr], rest: false };
	if (expr.kind === 'Name') return lists.get(expr.id);
	if (expr.kind !== 'BinOp' || expr.op !== '+') return undefined;
	const parts = [listed(expr.left, lists), listed(expr.right, lists)];
	return {
		elements: parts.flatMap((part) => part?.elements ?? []),
		rest: parts.some((part) => !part || part.rest),
	};
}
