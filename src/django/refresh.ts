import type { Interpreter } from '../python/runtime/interpreter';
import { scanModule } from '../python/syntax/scan';
import { PyDict, PyModule, type Value } from '../python/values';
import type { UrlEntry } from '../shared/model';

/**
 * What a running project loads before its URLconf: settings and the app registry. Modules that come later are the URLs' own
 * (URLconfs, views): when one of them changes, they alone are run again, which takes a fraction of a whole evaluation.
 */
export interface Checkpoint {
	readonly modules: ReadonlySet<string>;
	/** `REGISTERED_CONVERTERS` as the app registry left it: a converter that is registered twice is an error. */
	readonly converters: readonly (readonly [Value, Value])[];
}

/** To be taken once `django.setup()` has run. */
export function checkpoint(py: Interpreter): Checkpoint {
	const converters = registeredConverters(py);
	return {
		modules: new Set(py.modules.keys()),
		converters: converters ? [...converters.entries()].map(({ key, value }) => [key, value] as const) : [],
	};
}

/**
 * The modules to run again after these files changed: theirs, and those that import or include them. Undefined when one of
 * them was loaded before the URLs, or isn't known: then everything has to be evaluated anew.
 */
export function affectedModules(
	py: Interpreter,
	{ modules: before }: Checkpoint,
	files: readonly string[],
	urls: readonly UrlEntry[],
	isProjectFile: (path: string) => boolean,
): ReadonlySet<string> | undefined {
	const own = [...py.modules].flatMap(([name, module]) =>
		module instanceof PyModule && module.source && isProjectFile(module.source.path)
			? [{ name, module, file: module.source.path }]
			: [],
	);
	const affected = new Set<string>();
	for (const file of files) {
		const module = own.find((one) => one.file === file);
		if (!module) return undefined;
		affected.add(module.name);
	}
	const imports = new Map(own.map(({ name, module }) => [name, importedNames(name, module)]));
	const includes = includedBy(urls);
	for (let grown = true; grown; ) {
		grown = false;
		for (const { name, file } of own) {
			if (affected.has(name)) continue;
			const uses = [...(imports.get(name) ?? []), ...(includes.get(file) ?? [])];
			if (!uses.some((used) => affected.has(used))) continue;
			affected.add(name);
			grown = true;
		}
	}
	return [...affected].some((name) => before.has(name)) ? undefined : affected;
}

/** Forgets these modules, what Django remembers of the URLs, and all problems but those that others of `reported` met. */
export function forget(
	py: Interpreter,
	names: ReadonlySet<string>,
	{ converters }: Checkpoint,
	reported: Interpreter['problems'],
): void {
	const files = new Set<string>();
	for (const name of names) {
		const module = py.modules.get(name);
		if (module instanceof PyModule && module.source) files.add(module.source.path);
		py.modules.delete(name);
		const dot = name.lastIndexOf('.');
		const parent = dot < 0 ? undefined : py.modules.get(name.slice(0, dot));
		const last = name.slice(dot + 1);
		if (parent instanceof PyModule && parent.names.get(last) === module) parent.names.delete(last);
	}
	py.resetProblems(reported.filter(({ place }) => !place || !files.has(place.path)));
	const registered = registeredConverters(py);
	if (registered) {
		py.callMethod(registered, 'clear');
		for (const [name, converter] of converters) py.setItem(registered, name, converter);
	}
	py.callMethod(py.importModule('django.urls'), 'clear_url_caches');
}

function registeredConverters(py: Interpreter): PyDict | undefined {
	const module = py.modules.get('django.urls.converters');
	const value = module instanceof PyModule ? py.findAttr(module, 'REGISTERED_CONVERTERS') : undefined;
	return value instanceof PyDict ? value : undefined;
}

/** Absolute names of the modules that a module's import statements may mean. */
function importedNames(name: string, module: PyModule): readonly string[] {
	const out: string[] = [];
	const base = module.path === undefined ? name.split('.').slice(0, -1) : name.split('.');
	for (const item of scanModule(module.source?.text ?? '').items) {
		if (item.kind === 'Import') out.push(...item.names.map((alias) => alias.name));
		if (item.kind !== 'ImportFrom') continue;
		const parent = item.level > 0 ? base.slice(0, base.length - (item.level - 1)) : [];
		const from = [...parent, ...(item.module ? [item.module] : [])].join('.');
		out.push(from, ...item.names.map((alias) => `${from}.${alias.name}`));
	}
	return out;
}

/** Included URLconfs by the file whose line includes them. */
function includedBy(urls: readonly UrlEntry[], out = new Map<string, string[]>()): ReadonlyMap<string, readonly string[]> {
	for (const entry of urls) {
		if (entry.type !== 'include') continue;
		const file = (entry.projectSite ?? entry.site)?.file;
		if (file !== undefined) out.set(file, [...(out.get(file) ?? []), entry.urlconf.name]);
		includedBy(entry.children, out);
	}
	return out;
}
