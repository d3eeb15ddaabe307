import type { Interpreter } from '../../python/runtime/interpreter';
import { intercept, method, native, type Summary } from '../../python/runtime/native';
import { PyDict, PyUnknown, textOf, type Value } from '../../python/values';
import { guarded, modelProblems } from '../problems';

/** Statements that one app's import, models or `ready()` may take. */
const stepsEach = 30_000_000;

/** A list of more was made by a loop that went wrong. */
const mostApps = 10_000;

/**
 * `Apps.populate` (Django 5.2, apps/registry.py), phase by phase as it stands there, but with each app on its own: what fails in
 * one is a problem of the model, and the next goes on.
 */
export const appSummaries: readonly Summary[] = [
	intercept('django.apps.registry', 'Apps.populate', 'An app that fails must not take the others along.', () =>
		method('populate', 'self, installed_apps=None', (py, [self, installed]) => {
			if (py.truth(py.getAttr(self, 'ready'))) return null;
			const each = (what: string, body: () => void) => {
				guarded(py, what, modelProblems(py), () => {
					if (py.budget.bounded(stepsEach, () => (body(), true)) === undefined) py.problem(`${what}: stopped, too many steps`);
				});
			};
			const configs = py.getAttr(self, 'app_configs');
			const entries = py.list(installed);
			if (entries.length > mostApps) py.problem(`INSTALLED_APPS: the first ${mostApps} of ${entries.length} are looked at`);
			const looked = entries.slice(0, mostApps);
			for (const entry of looked) py.registering.add(py.str(entry).split('.', 1)[0] ?? '');
			for (const entry of looked) each(`INSTALLED_APPS: ${py.str(entry)}`, () => addConfig(py, self, configs, entry));
			py.setAttr(self, 'apps_ready', true);
			const all = py.list(py.callMethod(configs, 'values'));
			for (const config of all) each(`${label(py, config)}: models`, () => void py.callMethod(config, 'import_models'));
			py.callMethod(self, 'clear_cache');
			py.setAttr(self, 'models_ready', true);
			for (const config of all) each(`${label(py, config)}: ready()`, () => void py.callMethod(config, 'ready'));
			py.setAttr(self, 'ready', true);
			// Since Django 2.2.
			const readyEvent = py.findAttr(self, 'ready_event');
			if (readyEvent !== undefined) py.callMethod(readyEvent, 'set');
			return null;
		}),
	),
	intercept(
		'django.apps.registry',
		'Apps.get_containing_app_config',
		'Each model asks it, twice where it waits, and it compares the names of all apps.',
		(_py, original) =>
			method('get_containing_app_config', 'self, object_name', (py, [self, object]) => {
				const configs = py.getAttr(self, 'app_configs');
				const path = textOf(object);
				const ready = py.truth(py.getAttr(self, 'apps_ready'));
				if (!ready || path === undefined || !(configs instanceof PyDict)) return py.call(original, [self, object]);
				let found: { readonly config: Value; readonly length: number } | undefined;
				for (const config of configs.values()) {
					const name = textOf(py.getAttr(config, 'name'));
					if (name === undefined) return py.call(original, [self, object]);
					if (name.length > (found?.length ?? -1) && (path === name || path.startsWith(`${name}.`)))
						found = { config, length: name.length };
				}
				return found ? found.config : null;
			}),
	),
	intercept(
		'django.utils.module_loading',
		'autodiscover_modules',
		'A module that fails (an admin.py that is being typed) must not take the others along.',
		() =>
			native('autodiscover_modules', '*args, register_to=None', (py, [names]) => {
				const apps = py.getAttr(py.importModule('django.apps'), 'apps');
				for (const config of py.iterate(py.callMethod(apps, 'get_app_configs'))) {
					for (const name of names.items) {
						const module = `${label(py, config)}.${py.str(name)}`;
						if (py.findModule(module)) guarded(py, module, modelProblems(py), () => py.importModule(module));
					}
				}
				return null;
			}),
	),
];

function addConfig(py: Interpreter, apps: Value, configs: Value, entry: Value): void {
	if (entry instanceof PyUnknown) {
		py.problem(`An entry of INSTALLED_APPS: ${entry.reason}`);
		return;
	}
	const appConfig = py.getAttr(py.importModule('django.apps.config'), 'AppConfig');
	const config = py.isInstance(entry, appConfig) ? entry : py.callMethod(appConfig, 'create', entry);
	const name = py.getAttr(config, 'label');
	if (py.contains(configs, name))
		py.raiseValue(
			py.call(py.getAttr(py.importModule('django.core.exceptions'), 'ImproperlyConfigured'), [
				`Application labels aren't unique, duplicates: ${py.str(name)}`,
			]),
		);
	py.setItem(configs, name, config);
	py.setAttr(config, 'apps', apps);
}

const label = (py: Interpreter, config: Value) => py.str(py.findAttr(config, 'name') ?? null);
