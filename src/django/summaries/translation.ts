import type { Interpreter } from '../../python/runtime/interpreter';
import { intercept, method, native, type Summary } from '../../python/runtime/native';
import { PyDict, PyModule, PyUnknown, textOf, type Value } from '../../python/values';
import { dirname, joinPath } from '../../shared/path';
import { readCatalog } from './catalog';

/**
 * gettext over the compiled catalogs of Django, the installed apps and LOCALE_PATHS, in the order in which
 * `DjangoTranslation` merges them (Django 5.2, utils/translation/trans_real.py). Read here, since the standard library's
 * reader is a loop over a binary file, and each start would run it over thousands of messages.
 */
export const translationSummaries: readonly Summary[] = [
	intercept('django.utils.translation.trans_real', 'gettext', 'Reads compiled catalogs.', () =>
		native('gettext', 'message', (py, [message]) => singular(py, undefined, message)),
	),
	intercept('django.utils.translation.trans_real', 'pgettext', 'Reads compiled catalogs.', () =>
		native('pgettext', 'context, message', (py, [context, message]) => singular(py, textOf(context), message)),
	),
	intercept('django.utils.translation.trans_real', 'ngettext', 'Reads compiled catalogs.', () =>
		native('ngettext', 'singular, plural, number', (py, [one, many, number]) => plural(py, undefined, one, many, number)),
	),
	intercept('django.utils.translation.trans_real', 'npgettext', 'Reads compiled catalogs.', () =>
		native('npgettext', 'context, singular, plural, number', (py, [context, one, many, number]) =>
			plural(py, textOf(context), one, many, number),
		),
	),
	// `activate()` makes one: its language counts, its messages are looked up here.
	...['_init_translation_catalog', '_add_installed_apps_translations', '_add_local_translations', '_add_fallback'].map((name) =>
		intercept('django.utils.translation.trans_real', `DjangoTranslation.${name}`, 'Reads compiled catalogs.', () =>
			method(name, 'self, *args, **kwargs', (py, [self]) => {
				if (name === '_init_translation_catalog') py.setAttr(self, '_catalog', new PyDict());
				return null;
			}),
		),
	),
];

function singular(py: Interpreter, context: string | undefined, message: Value): Value {
	const text = textOf(message) ?? py.str(message);
	return lookUp(py, context, text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'))?.[0] || text;
}

function plural(py: Interpreter, context: string | undefined, one: Value, many: Value, number: Value): Value {
	const forms = lookUp(py, context, textOf(one) ?? py.str(one));
	const index = number === 1 ? 0 : 1;
	return forms?.[Math.min(index, forms.length - 1)] || (index === 0 ? one : many);
}

type Catalog = ReadonlyMap<string, readonly string[]>;
const catalogsKey = Symbol('catalogs');

function lookUp(py: Interpreter, context: string | undefined, message: string): readonly string[] | undefined {
	const language = textOf(py.call(py.getAttr(py.importModule('django.utils.translation.trans_real'), 'get_language')));
	if (!language || message === '') return undefined;
	const id = context === undefined ? message : `${context}\u0004${message}`;
	for (const catalog of catalogs(py, language)) {
		const found = catalog.get(id);
		if (found) return found;
	}
	return undefined;
}

/**
 * The catalogs of a language, the one that counts first: LOCALE_PATHS, apps in their order, Django. Where a folder has the
 * language and its general form (`pt_BR`, `pt`), the latter is a fallback, Django's before others; the last one is LANGUAGE_CODE,
 * except for English.
 */
function catalogs(py: Interpreter, language: string): readonly Catalog[] {
	const known = py.state(catalogsKey, () => new Map<string, readonly Catalog[]>());
	const registry = registryOf(py);
	const key = `${language}:${registry !== undefined}`;
	const kept = known.get(key);
	if (kept) return kept;
	const first: Catalog[] = [];
	const fallbacks: Catalog[] = [];
	for (const folder of localeFolders(py, registry)) {
		const found = locales(language).flatMap((locale) => {
			const bytes = py.host.readFile(joinPath(folder, locale, 'LC_MESSAGES', 'django.mo'));
			return (bytes && readCatalog(bytes)) ?? [];
		});
		first.push(...found.slice(0, 1));
		fallbacks.unshift(...found.slice(1));
	}
	const settings = py.getAttr(py.importModule('django.conf'), 'settings');
	const main = textOf(py.getAttr(settings, 'LANGUAGE_CODE'));
	const last = main === undefined || main === language || language.startsWith('en') ? [] : catalogs(py, main);
	const list = [...first, ...fallbacks, ...last];
	known.set(key, list);
	return list;
}

/** The app registry, once it holds the apps. */
function registryOf(py: Interpreter): Value | undefined {
	const module = py.modules.get('django.apps.registry');
	const registry = module instanceof PyModule ? py.findAttr(module, 'apps') : undefined;
	if (registry === undefined || py.findAttr(registry, 'app_configs') === undefined) return undefined;
	return py.findAttr(registry, 'apps_ready') === true ? registry : undefined;
}

function* localeFolders(py: Interpreter, registry: Value | undefined): Generator<string> {
	const settings = py.getAttr(py.importModule('django.conf'), 'settings');
	for (const path of py.iterate(py.getAttr(settings, 'LOCALE_PATHS'))) if (!(path instanceof PyUnknown)) yield py.str(path);
	if (registry !== undefined) {
		for (const config of py.iterate(py.callMethod(registry, 'get_app_configs'))) {
			const path = textOf(py.findAttr(config, 'path') ?? null);
			if (path !== undefined) yield joinPath(path, 'locale');
		}
	}
	const django = py.modules.get('django');
	const home = django instanceof PyModule ? django.source?.path : undefined;
	if (home) yield joinPath(dirname(home), 'conf', 'locale');
}

/** `to_locale`, then what gettext expands it to: `zh-hans-cn` → `zh_Hans_CN`, `zh`. */
function locales(language: string): string[] {
	const [lang = '', ...rest] = language.toLowerCase().split('-');
	const country = rest.map((part, index) =>
		index === 0 && part.length > 2 ? part.charAt(0).toUpperCase() + part.slice(1) : part.toUpperCase(),
	);
	return country.length > 0 ? [[lang, ...country].join('_'), lang] : [lang];
}
