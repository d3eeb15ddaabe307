import type { IncludeInfo, ProjectModel, UrlEntry } from '../../shared/model';
import { type Answers, defaultLanguageOf } from './answers';

/** `is_language_prefix_patterns_used`: whether there are `i18n_patterns` at the top, and whether the default language has a prefix. */
export function languagePrefixes(urls: readonly UrlEntry[]): { readonly used: boolean; readonly defaultPrefixed: boolean } {
	const found = urls.find((entry): entry is IncludeInfo => entry.type === 'include' && entry.pattern.kind === 'locale_prefix');
	return { used: found !== undefined, defaultPrefixed: found !== undefined && found.pattern.prefixDefaultLanguage !== false };
}

/**
 * The language that is active while the path is resolved: what `LocaleMiddleware.process_request` (Django 5.2) activates, `asked`
 * standing for the request's cookie or `Accept-Language`; without that middleware the one asked for, or LANGUAGE_CODE.
 */
export function activeLanguage(
	model: ProjectModel,
	urls: readonly UrlEntry[],
	path: string,
	asked: string | undefined,
	answers: Answers,
): string {
	const defaultLanguage = defaultLanguageOf(model);
	if (!answers.hasMiddleware('LocaleMiddleware')) return asked ?? defaultLanguage;
	const { used, defaultPrefixed } = languagePrefixes(urls);
	const fromPath = answers.languageOfPath(path);
	if (used && fromPath) return fromPath;
	if (used && !defaultPrefixed) return defaultLanguage;
	return (asked && answers.supported(asked)) ?? answers.supported(defaultLanguage) ?? defaultLanguage;
}
