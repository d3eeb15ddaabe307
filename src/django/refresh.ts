import type { Interpreter } from '../python/runtime/interpreter';
import { PyModule } from '../python/values';
import type { ProjectModel, UrlEntry } from '../shared/model';
import { applyEdit, type Edited } from './edit/apply';
import { type LineMap, movedEntry, movedModel } from './edit/moved';
import { tells } from './edit/rename';
import type { EditTrace } from './edit/trace';
import { moduleOf } from './places';
import type { Changes } from './urls/kept';
import { rootFiles } from './urls/otherRoots';

/** What edits have led to, for the parts of the model that are worked out again. */
export interface Refreshed {
	/** The model with its places moved; its URLs are still to be walked. */
	readonly model: ProjectModel;
	/** What the walk may keep; undefined where nothing but lines has changed. */
	readonly changes: Changes;
	/** Something has run again. */
	readonly ran: boolean;
}

/**
 * Follows edits of these files in the interpreter that made the model. Undefined when a whole evaluation is wanted: for a file
 * that is no loaded module of the project, for what settings, apps or middleware have used, for statements that reach beyond
 * their module. The interpreter is of no more use then.
 */
export function refreshed(
	py: Interpreter,
	model: ProjectModel,
	files: readonly string[],
	early: ReadonlySet<string>,
	isProject: (path: string) => boolean,
	trace: EditTrace,
	textOf: (file: string) => string | undefined,
): Refreshed | undefined {
	const refused = (reason: string) => {
		trace.refused(reason);
		return undefined;
	};
	const maps: LineMap[] = [];
	const urlconfs = new Set<PyModule>();
	const modules = new Set<PyModule>();
	/** Names of classes that have others now, and the files that they stand in. */
	const renamed = new Map<string, string>();
	let ran = false;
	let stale = false;
	for (const file of files) {
		const module = loaded(py, file, isProject);
		const text = module && textOf(file);
		if (!module || text === undefined) return refused(`${file} is no loaded module of the project`);
		const told = () => {
			stale = true;
		};
		const edited = applyEdit(py, module, text, { early, isProject }, told, trace);
		if (!edited) return undefined;
		if (!allowed(py, model, file, text, edited)) return refused(`settings or middleware stand in ${file}`);
		if (edited.map) maps.push(edited.map);
		if (edited.renamed !== undefined) renamed.set(edited.renamed, file);
		for (const [one, names] of edited.names) {
			ran = true;
			modules.add(one);
			if (names.has('app_name')) return refused('an app_name may be another');
			if (names.has('urlpatterns')) urlconfs.add(one);
		}
	}
	const other = (entry: UrlEntry) => renamed.size > 0 && [...renamed.keys()].some((name) => tells(entry, name));
	const keep = (entry: UrlEntry) => (other(entry) ? undefined : maps.reduce((one, map) => movedEntry(one, map), entry));
	const certain = () => !stale;
	return {
		model: maps.reduce((one, map) => movedModel(one, map), model),
		changes: {
			urlconfs,
			modules,
			files: new Set([...maps.map(({ file }) => file), ...renamed.values()]),
			keep,
			gone: new Set(),
			taken: new Set(),
			walked: new Map(),
			certain,
		},
		ran,
	};
}

const twice = Symbol('files that are loaded as several modules');

/** The one module of the project that the file is loaded as. */
export function loaded(py: Interpreter, file: string, isProject: (path: string) => boolean): PyModule | undefined {
	if (!isProject(file)) return undefined;
	const known = py.state(twice, () => ({ loaded: 0, files: new Set<string>() }));
	if (known.loaded !== py.modules.size) {
		const once = new Map<string, PyModule>();
		known.files.clear();
		for (const one of py.modules.values()) {
			if (!(one instanceof PyModule) || !one.source) continue;
			const { path } = one.source;
			if ((once.get(path) ?? one) !== one) known.files.add(path);
			once.set(path, one);
		}
		known.loaded = py.modules.size;
	}
	return known.files.has(file) ? undefined : moduleOf(py, file);
}

/**
 * Middleware has been loaded, and what it does with `request.urlconf` is read from its text and that of functions it passes requests to:
 * of such a file lines may move, no more, once it speaks of URLconfs.
 */
function allowed(py: Interpreter, model: ProjectModel, file: string, text: string, edited: Edited): boolean {
	if (model.settingsFile === file) return edited.names.size === 0;
	const passed = rootFiles(py).get(file);
	const middleware =
		passed === 'telling' ||
		(passed === 'silent' && text.includes('urlconf')) ||
		model.middleware.some(({ place, hooks }) => place?.file === file || hooks.some((hook) => hook.place?.file === file));
	return !middleware || (edited.names.size === 0 && !edited.body);
}
