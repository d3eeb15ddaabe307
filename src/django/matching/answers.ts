import type { IncludeInfo, ProjectModel, RouteInfo } from '../../shared/model';
import type { MethodView } from '../views/unwrap';
import { builtinConvert, type Convert, matchPattern, type PatternMatch } from './pattern';

/** What a dry run asks of Django: pattern by pattern, and what it makes of languages. */
export interface Answers {
	/** `pattern.match(path)` in the active language; a reason says what can't be told. */
	match(entry: RouteInfo | IncludeInfo, path: string): PatternMatch | undefined | { readonly reason: string };
	/** `str(pattern)` in the active language. */
	patternText(entry: RouteInfo | IncludeInfo): string;
	/** The HTTP methods that the route's view answers, with what each reaches; undefined where every method reaches the view, or that can't be told. */
	methods(route: RouteInfo): readonly MethodView[] | undefined;
	/** Runs `body` with a language active. */
	inLanguage<T>(language: string, body: () => T): T;
	/** `get_language_from_path`. */
	languageOfPath(path: string): string | undefined;
	/** `get_supported_language_variant`: undefined for one that the project doesn't have. */
	supported(language: string): string | undefined;
	/** Whether a middleware of the project is Django's of this name or derives from it. */
	hasMiddleware(name: string): boolean;
}

export const setting = (model: ProjectModel, name: string): string | undefined =>
	model.settings.find((one) => one.name === name)?.value;
export const settingIsTrue = (model: ProjectModel, name: string) => setting(model, name) === 'True';
/** `LANGUAGE_CODE`. */
export const defaultLanguageOf = (model: ProjectModel) =>
	/^['"](.*)['"]$/s.exec(setting(model, 'LANGUAGE_CODE') ?? '')?.[1] ?? 'en-us';

/** DRF binds HEAD to GET's action. */
function withHead(methods: readonly MethodView[]): readonly MethodView[] {
	const get = methods.find(({ method }) => method === 'GET');
	return !get || methods.some(({ method }) => method === 'HEAD') ? methods : [...methods, { ...get, method: 'HEAD' }];
}

/** Answers from the model alone: patterns as they read in LANGUAGE_CODE, converters that are Django's own. */
export function recordedAnswers(model: ProjectModel, convert: Convert = builtinConvert): Answers {
	const defaultLanguage = defaultLanguageOf(model);
	let language = defaultLanguage;
	const supported = (code: string): string | undefined => {
		const lower = code.toLowerCase();
		const languages = model.languages ?? [];
		return [lower, lower.split('-')[0] ?? lower].find((one) => languages.includes(one));
	};
	return {
		match: (entry, path) => matchPattern(entry.pattern, path, entry.type === 'route', { language, defaultLanguage, convert }),
		patternText: ({ pattern }) => pattern.pattern,
		methods: ({ methods }) => methods && withHead(methods),
		inLanguage(code, body) {
			const before = language;
			language = code;
			try {
				return body();
			} finally {
				language = before;
			}
		},
		languageOfPath(path) {
			const code = /^\/(\w+(?:[@-]\w+){0,2})(?:\/|$)/.exec(path)?.[1];
			return code && supported(code);
		},
		supported,
		hasMiddleware: (name) =>
			model.middleware.some(({ path, resolved }) => [path, resolved].some((one) => one?.endsWith(`.${name}`))),
	};
}
