import type { DryRun, ProjectModel, UrlEntry } from '../../shared/model';
import { type Answers, settingIsTrue } from './answers';
import { languagePrefixes } from './language';
import { fullPath } from './path';
import { resolvePath } from './resolve';

interface Asked {
	readonly urls: readonly UrlEntry[];
	readonly path: string;
	readonly query: string;
	readonly method: string;
	/** The active one. */
	readonly language: string;
}

/** What middleware makes of a 404 (Django 5.2): `CommonMiddleware` appends the slash, `LocaleMiddleware` puts the language in front. */
export function redirectOf404(model: ProjectModel, asked: Asked, answers: Answers): DryRun['redirect'] {
	// The response passes the last middleware first.
	const inner = [...model.middleware].reverse().map(({ path }) => path);
	const locale = inner.findIndex((path) => /LocaleMiddleware$/.test(path));
	const common = inner.findIndex((path) => /CommonMiddleware$/.test(path));
	const ways = [slashRedirect, localeRedirect];
	if (locale >= 0 && common > locale) ways.reverse();
	for (const way of ways) {
		const redirect = way(model, asked, answers);
		if (redirect) return redirect;
	}
	return undefined;
}

function slashRedirect(model: ProjectModel, { urls, path, query, method }: Asked, answers: Answers): DryRun['redirect'] {
	if (!settingIsTrue(model, 'APPEND_SLASH') || !answers.hasMiddleware('CommonMiddleware') || path.endsWith('/')) return undefined;
	const { match } = resolvePath(urls, `${path}/`, answers);
	if (!match || match.route.appendSlash === false) return undefined;
	const to = fullPath(`${path}/`, query).replace(/^\/\//, '/%2F');
	const lost = settingIsTrue(model, 'DEBUG') && losesBody(model.django).includes(method);
	const instead = lost ? '; with DEBUG on, Django raises RuntimeError instead, since the body would be lost' : '';
	return { to, reason: `APPEND_SLASH: CommonMiddleware redirects to the path with a slash${instead}` };
}

/** Methods that `get_full_path_with_slash` refuses; DELETE since Django 5.1. */
function losesBody(version: string | undefined): readonly string[] {
	const [major = 0, minor = 0] = (version ?? '5.2').split('.').map(Number);
	return [...(major > 5 || (major === 5 && minor >= 1) ? ['DELETE'] : []), 'POST', 'PUT', 'PATCH'];
}

function localeRedirect(model: ProjectModel, { urls, path, query, language }: Asked, answers: Answers): DryRun['redirect'] {
	const { used, defaultPrefixed } = languagePrefixes(urls);
	if (!used || !defaultPrefixed || !answers.hasMiddleware('LocaleMiddleware') || answers.languageOfPath(path)) return undefined;
	const prefixed = `/${language}${path}`;
	const appends = settingIsTrue(model, 'APPEND_SLASH') && !prefixed.endsWith('/');
	for (const suffix of appends ? ['', '/'] : ['']) {
		if (resolvePath(urls, prefixed + suffix, answers).match)
			return {
				to: fullPath(path + suffix, query).replace('/', `/${language}/`),
				reason: `LocaleMiddleware redirects to the language ${language}`,
			};
	}
	return undefined;
}
