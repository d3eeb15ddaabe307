import type { Interpreter } from '../python/runtime/interpreter';
import { PyModule, PyUnknown, type Value } from '../python/values';
import type { SettingInfo } from '../shared/model';
import { attribute } from './views/attribute';

/** Settings that the tree shows, in this order. */
const shown = [
	'ROOT_URLCONF',
	'DEBUG',
	'INSTALLED_APPS',
	'WSGI_APPLICATION',
	'ASGI_APPLICATION',
	'LANGUAGE_CODE',
	'USE_I18N',
	'APPEND_SLASH',
	'PREPEND_WWW',
	'FORCE_SCRIPT_NAME',
	'STATIC_URL',
	'MEDIA_URL',
	'LOGIN_URL',
	'AUTH_USER_MODEL',
];

const longest = 2000;

/** `django.conf.settings`. */
export function djangoSettings(py: Interpreter): Value {
	return py.getAttr(py.importModule('django.conf'), 'settings');
}

/** The settings worth showing, as Django's `settings` object answers them. */
export function settingInfos(py: Interpreter, settings: Value): SettingInfo[] {
	return shown.flatMap((name): SettingInfo[] => {
		const value = attribute(py, settings, name);
		if (value === undefined) return [];
		if (value instanceof PyUnknown) {
			const place = value.place && { file: value.place.path, line: value.place.line };
			return [{ name, unknown: value.reason, ...(place ? { place } : {}) }];
		}
		const text = py.repr(value);
		return [{ name, value: text.length > longest ? `${text.slice(0, longest)}…` : text }];
	});
}

/** The file of the settings module. */
export function settingsFile(py: Interpreter, module: string): string | undefined {
	const found = py.modules.get(module);
	return found instanceof PyModule ? found.source?.path : undefined;
}
