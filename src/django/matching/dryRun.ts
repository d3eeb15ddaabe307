import type { DryRun, IncludeInfo, Problem, ProjectModel, UrlEntry } from '../../shared/model';
import { builtinConvert, type Convert, type MatchContext } from './pattern';
import { type Resolution, resolvePath } from './resolve';

export interface DryRunRequest {
	readonly method: string;
	/** With its leading slash; a query is cut off. */
	readonly path: string;
	readonly host?: string;
	readonly language?: string;
}

/** Matches one request against the model as Django would: language, URLconf, patterns, then the redirects that middleware makes of a 404. */
export function dryRun(model: ProjectModel, request: DryRunRequest, convert: Convert = builtinConvert): DryRun {
	const problems: Problem[] = [];
	const method = request.method.toUpperCase();
	const path = decodedPath(request.path, problems);
	const urls = urlsFor(model, request.host, problems);
	const context = contextFor(model, path, request.language, convert);
	const resolution = resolvePath(urls, path, context);
	const redirect = resolution.match ? undefined : redirectFor(model, urls, path, method, context);
	for (const entry of unknownEntries(urls)) problems.push({ ...entry, message: `Not taken into account: ${entry.message}` });
	return {
		method,
		path,
		...(resolution.match ? { match: matchOf(resolution, method) } : {}),
		tried: resolution.tried,
		...(redirect ? { redirect } : {}),
		problems,
	};
}

function matchOf({ match }: Resolution, method: string): NonNullable<DryRun['match']> {
	if (!match) throw new Error('no match');
	const { route, args, kwargs, includes } = match;
	const methods = route.methods;
	// DRF binds HEAD to GET's action.
	const reached =
		methods?.find((one) => one.method === method) ??
		(method === 'HEAD' ? methods?.find((one) => one.method === 'GET') : undefined);
	const view = methods ? reached?.view : route.view;
	return {
		route,
		args,
		kwargs: Object.fromEntries(kwargs),
		includes,
		...(view ? { view } : {}),
		...(methods ? { allowed: methods.map((one) => one.method) } : {}),
	};
}

/** The path as `request.path_info` holds it: percent-decoded, without its query. */
function decodedPath(path: string, problems: Problem[]): string {
	const plain = path.split(/[?#]/)[0] ?? '';
	const rooted = plain.startsWith('/') ? plain : `/${plain}`;
	try {
		return decodeURIComponent(rooted);
	} catch {
		problems.push({
			severity: 'warning',
			code: 'bad-path',
			message: 'The path is no valid percent-encoding; it is matched as it stands.',
		});
		return rooted;
	}
}

/** django-hosts and middleware may set another URLconf: with a host given, the root whose reason names it wins. */
function urlsFor(model: ProjectModel, host: string | undefined, problems: Problem[]): readonly UrlEntry[] {
	if (!host || model.otherRoots.length === 0) return model.urls;
	const name = host.replace(/:\d+$/, '');
	for (const root of model.otherRoots) {
		if (root.hostRegex && matchesHost(root.hostRegex, name)) return root.urls;
	}
	if (!model.otherRoots.some((root) => root.hostRegex))
		problems.push({
			severity: 'information',
			code: 'other-roots',
			message: `A middleware may set another URLconf: ${model.otherRoots.map(({ urlconf }) => urlconf.name).join(', ')}.`,
		});
	return model.urls;
}

function matchesHost(regex: string, host: string): boolean {
	try {
		return new RegExp(`^(?:${regex})(?:\\.|$)`, 'i').test(host);
	} catch {
		return false;
	}
}

const settingText = (model: ProjectModel, name: string) => {
	const value = model.settings.find((setting) => setting.name === name)?.value;
	return value === undefined ? undefined : /^['"](.*)['"]$/s.exec(value)?.[1];
};
const settingIsTrue = (model: ProjectModel, name: string) =>
	model.settings.find((setting) => setting.name === name)?.value === 'True';
const hasMiddleware = (model: ProjectModel, name: string) =>
	model.middleware.some(({ path, resolved }) => path.endsWith(`.${name}`) || resolved?.endsWith(`.${name}`));

/** The language that is active while the path is resolved: asked for, or what `LocaleMiddleware` takes from the path, or `LANGUAGE_CODE`. */
function contextFor(model: ProjectModel, path: string, language: string | undefined, convert: Convert): MatchContext {
	const defaultLanguage = settingText(model, 'LANGUAGE_CODE') ?? 'en-us';
	const fromPath = hasMiddleware(model, 'LocaleMiddleware') ? languageIn(model, path) : undefined;
	return { language: language ?? fromPath ?? defaultLanguage, defaultLanguage, convert };
}

/** `get_language_from_path`: the first part of the path when it is one of `LANGUAGES`. */
function languageIn(model: ProjectModel, path: string): string | undefined {
	const code = /^\/(\w+(?:[@-]\w+){0,2})(?:\/|$)/.exec(path)?.[1]?.toLowerCase();
	return code && (model.languages ?? []).includes(code) ? code : undefined;
}

/** What becomes of a 404: `LocaleMiddleware` adds the language, `CommonMiddleware` the slash. */
function redirectFor(
	model: ProjectModel,
	urls: readonly UrlEntry[],
	path: string,
	method: string,
	context: MatchContext,
): DryRun['redirect'] {
	const appends = settingIsTrue(model, 'APPEND_SLASH') && hasMiddleware(model, 'CommonMiddleware') && !path.endsWith('/');
	if (appends && resolvePath(urls, `${path}/`, context).match) {
		const lost = /^(?:POST|PUT|PATCH)$/.test(method)
			? '; with DEBUG on, Django raises RuntimeError instead, since the body would be lost'
			: '';
		return { to: `${path}/`, reason: `APPEND_SLASH: CommonMiddleware redirects to the path with a slash${lost}` };
	}
	const prefix = urls.find((entry): entry is IncludeInfo => entry.type === 'include' && entry.pattern.kind === 'locale_prefix');
	if (!prefix || !hasMiddleware(model, 'LocaleMiddleware') || languageIn(model, path)) return undefined;
	if (context.language === context.defaultLanguage && prefix.pattern.prefixDefaultLanguage === false) return undefined;
	for (const suffix of appends ? ['', '/'] : ['']) {
		const to = `/${context.language}${path}${suffix}`;
		if (resolvePath(urls, to, context).match)
			return { to, reason: `LocaleMiddleware redirects to the language ${context.language}` };
	}
	return undefined;
}

function unknownEntries(entries: readonly UrlEntry[]): Problem[] {
	return entries.flatMap((entry) =>
		entry.type === 'unknown' ? [entry.problem] : entry.type === 'include' ? unknownEntries(entry.children) : [],
	);
}
