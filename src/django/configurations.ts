import type { Interpreter } from '../python/runtime/interpreter';
import type { Problem } from '../shared/model';
import { isFile, readText } from './environment/text';
import { guarded } from './problems';
import type { Project } from './project';

/**
 * Settings as classes (django-configurations): what its own `manage.py` and `wsgi.py` do before Django starts, so that the settings
 * module gets the chosen class's attributes (configurations/importer.py, 2.5). Other projects are left as they are.
 */
export function installConfigurations(
	py: Interpreter,
	{ configuration, settingsModule = '' }: Project,
	problems: Problem[],
): void {
	if (configuration) {
		if (!py.findModule('configurations')) return;
		guarded(py, 'django-configurations', problems, () => py.callMethod(py.importModule('configurations.importer'), 'install'));
		return;
	}
	const file = fileOf(py, settingsModule);
	const text = file && readText(py.host, file);
	if (!text) return;
	const imported = /^[ \t]*(?:from|import)[ \t]+configurations\b/m.exec(text);
	if (!imported) return;
	const classes = [...text.matchAll(/^class[ \t]+(\w+)/gm)].map(([, name]) => name);
	problems.push({
		severity: 'warning',
		code: 'unknown-value',
		message: `${settingsModule} holds settings classes (${classes.join(', ')}): the variable DJANGO_CONFIGURATION says which one, and is not set.`,
		place: { file, line: text.slice(0, imported.index).split('\n').length },
	});
}

function fileOf({ host, sysPath }: Interpreter, module: string): string | undefined {
	const path = module.replaceAll('.', '/');
	return sysPath
		.flatMap((folder) => [`${folder}/${path}.py`, `${folder}/${path}/__init__.py`])
		.find((file) => isFile(host, file));
}
