import { isWithin } from '../../../shared/path';
import type { Module, Stmt } from '../../syntax/ast';
import { parseModule } from '../../syntax/parse';
import {
	LazyBinding,
	PyClass,
	PyException,
	PyModule,
	PyObject,
	PyRaise,
	PyUnknown,
	type Source,
	textOf,
	type Value,
} from '../../values';
import type { AgainOptions } from '../interpreter';
import type { Machine } from '../machine';
import { makeSource } from '../source';
import { DeferredClass } from '../waiting/deferred-class';
import { Replacements } from '../waiting/replacements';
import { compiledModules, foreignModules } from './compiled-modules';
import { Finder, type Found } from './finder';
import { ImportStatements } from './import-statements';
import { moduleSpec } from './loaded-modules';
import { importByMetaPath } from './meta-path';
import { runModule, runStatements } from './module-body';
import { NativeModules } from './native-modules';
import { Tables } from './tables';

/** The import system: finding and loading modules. */
export class Imports {
	readonly finder: Finder;
	/** Packages whose guarded imports are running: who is ready for an ImportError. */
	private readonly guards: string[] = [];
	readonly replacements = new Replacements();
	readonly statements: ImportStatements;
	/** The module whose statements run once more, as they ran when it was loaded. */
	again: PyModule | undefined;
	/** Modules that are being loaded, one within another. */
	private loading = 0;
	/** Running `try` blocks that catch ImportError. */
	private expected = 0;
	private readonly found = new Map<string, Found | undefined>();
	readonly tables: Tables;
	/** Modules that are written in this program's own language, and what they lack. */
	readonly natives: NativeModules;

	constructor(
		private readonly py: Machine,
		editable?: ReadonlyMap<string, readonly string[]>,
	) {
		this.finder = new Finder(py.host, editable);
		this.natives = new NativeModules(py, this);
		this.tables = new Tables(py, this);
		this.statements = new ImportStatements(py, this);
	}

	/** Somebody is ready for an import that fails. */
	get expectsFailure(): boolean {
		return this.guards.length > 0;
	}

	isStandard(path: string): boolean {
		return this.py.standardFolders.some(
			(folder) => isWithin(path, folder) && !/^[\\/]site-packages[\\/]/.test(path.slice(folder.length)),
		);
	}

	/** A module written in Python, of the standard library: its import succeeds, also where somebody is ready for one that fails. */
	isSure(name: string): boolean {
		if (name.includes('.') || name === 'msilib' || this.py.natives.has(name)) return false;
		const found = this.locate(name);
		return (found?.kind === 'source' || found?.kind === 'package') && this.isStandard(found.path);
	}

	exists(name: string): boolean {
		return this.py.natives.has(name) || this.py.modules.has(name) || this.locate(name) !== undefined;
	}

	/** Where the module is, without running more than its packages' paths need. */
	locate(name: string): Found | undefined {
		if (this.found.has(name)) return this.found.get(name);
		const dot = name.lastIndexOf('.');
		let folders: readonly string[] | undefined = this.py.sysPath;
		if (dot >= 0) {
			const parentName = name.slice(0, dot);
			const parent = this.py.modules.get(parentName);
			folders = parent instanceof PyModule && parent.path ? this.pathOf(parent) : this.locate(parentName)?.folders;
		}
		const found = (folders && this.finder.find(name.slice(dot + 1), folders)) ?? this.finder.findEditable(name);
		// A package's `__path__` may grow while it runs: absence is not remembered.
		if (found) this.found.set(name, found);
		return found;
	}

	/** `__path__` as it is now. */
	pathOf(module: PyModule): readonly string[] {
		const value = module.names.get('__path__');
		if (value === undefined || value instanceof LazyBinding || !(value instanceof PyObject)) return module.path ?? [];
		return this.py.list(value).flatMap((item) => textOf(item) ?? []);
	}

	/** The module, or the object that it put in its place in `sys.modules`. */
	value(name: string, guarded = false): Value {
		const { modules, loaded } = this.py;
		if (!modules.has(name)) {
			// A module may put what is none below its own name (`typing.io`).
			const dot = name.lastIndexOf('.');
			if (dot > 0) this.import(name.slice(0, dot));
			const there = modules.has(name) ? undefined : loaded.replaced.get(name);
			if (there !== undefined) return there;
		}
		const module = this.import(name, guarded);
		return loaded.replaced.get(name) ?? module;
	}

	/**
	 * `importlib.import_module`: runs the module and its packages; the module itself. `guarded`: the importer is ready for an
	 * ImportError, and gets one for a compiled accelerator, so that the Python it falls back to is read.
	 */
	import(name: string, guarded = false): PyModule | PyUnknown {
		const { py } = this;
		if (name === 'builtins') return py.builtinsModule;
		const loaded = py.modules.get(name);
		if (loaded !== undefined) return loaded;
		if (name === '') return py.raise('ValueError', 'Empty module name');
		const dot = name.lastIndexOf('.');
		let parent: PyModule | undefined;
		if (dot >= 0) {
			const outer = this.import(name.slice(0, dot));
			if (outer instanceof PyUnknown) return outer;
			parent = outer;
			const afterParent = py.modules.get(name);
			if (afterParent !== undefined) return afterParent;
		} else if (py.libraries.settle(name)) {
			const since = py.modules.get(name);
			if (since !== undefined) return since;
		}
		const importer = py.frame?.module.name.split('.', 1)[0] ?? '';
		if (guarded) this.guards.push(importer);
		this.loading++;
		let module: PyModule | PyUnknown;
		try {
			module = this.load(name, parent, guarded);
		} finally {
			if (--this.loading === 0) this.tables.forget();
			if (guarded) this.guards.pop();
		}
		if (parent) {
			const tail = name.slice(dot + 1);
			const bound = parent.names.get(tail);
			// `from .name import name` stands there already, and in Python it has run.
			if (!(bound instanceof LazyBinding && bound.target.startsWith(`${name}.`))) {
				// The package's own `from elsewhere import name` is hidden from here on: what stands in the package has met the former.
				if (bound !== undefined && bound !== module && parent.state === 'done') makeWaiting(py, parent);
				parent.names.set(tail, py.loaded.replaced.get(name) ?? module);
			}
		}
		return module;
	}

	private load(name: string, parent: PyModule | undefined, guarded: boolean): PyModule | PyUnknown {
		const { py } = this;
		if (name === '__main__') return this.main();
		const native = py.natives.get(name);
		if (native) return this.natives.load(native);
		const folders = parent && this.pathOf(parent);
		const hooked = importByMetaPath(py, name, folders, 'before the path');
		if (hooked) return hooked;
		const found = this.locate(name) ?? (parent ? undefined : this.locateAfterLibraries(name));
		if (!found) return importByMetaPath(py, name, folders, 'after the path') ?? this.missing(name, parent, guarded);
		if (name === 'django') py.installed.djangoFound(found.path);
		if (parent && py.natives.get(parent.name)?.open) {
			// What an open package holds isn't read either.
			const unknown = py.unknowns.make(`${name} is not evaluated`);
			py.modules.set(name, unknown);
			return unknown;
		}
		if (found.kind === 'extension') {
			if (isAccelerator(name) && (guarded || fallsBack(parent, name))) return this.missing(name, parent, guarded);
			const unknown = py.unknowns.make(`${name} is a compiled extension`);
			py.modules.set(name, unknown);
			return unknown;
		}
		const module = new PyModule(name);
		py.modules.set(name, module);
		const { names } = module;
		names.set('__name__', name === '_pydatetime' ? 'datetime' : name);
		names.set('__doc__', null);
		names.set('__package__', found.folders ? name : name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '');
		names.set('__loader__', null);
		names.set('__spec__', new LazyBinding(() => moduleSpec(py, module), '__spec__'));
		if (found.folders) {
			module.path = [...found.folders];
			names.set('__path__', py.listOf(module.path));
		}
		if (found.kind === 'namespace') {
			module.state = 'done';
			return module;
		}
		names.set('__file__', found.path);
		names.set('__cached__', null);
		const text = this.tables.textOf(found.path);
		if (text === undefined) {
			const unknown = py.unknowns.make(`${found.path} can't be read`);
			py.modules.set(name, unknown);
			return unknown;
		}
		module.source = makeSource(found.path, text);
		try {
			runModule(py, module, module.names, parseModule(text), py.summaries.get(name));
		} catch (error) {
			module.state = 'failed';
			py.modules.delete(name);
			const unread = this.unreadable(module, error);
			if (!unread) throw error;
			py.modules.set(name, unread);
			return unread;
		}
		// A module may have replaced itself.
		return py.modules.get(name) ?? module;
	}

	/** What waits for a library may put the working folder on `sys.path`. */
	private locateAfterLibraries(name: string): Found | undefined {
		const { host, libraries } = this.py;
		const here = `${host.cwd}/${name}`;
		const isThere = libraries.some && (host.stat(here) ?? host.stat(`${here}.py`)) !== undefined;
		return isThere && libraries.settleAll() ? this.locate(name) : undefined;
	}

	/** The script that Python was started with, as far as anybody asks: its name and place. */
	private main(): PyModule {
		const { py } = this;
		const module = new PyModule('__main__');
		const folder = py.projectRoots.find((root) => py.host.stat(`${root}/manage.py`)) ?? py.host.cwd;
		module.names.set('__name__', '__main__').set('__doc__', null).set('__file__', `${folder}/manage.py`).set('__spec__', null);
		module.state = 'done';
		py.modules.set('__main__', module);
		return module;
	}

	/**
	 * A library that is no app and that fails here would hardly fail in Python: it is unknown, which is said, and what imports
	 * it goes on. Whoever is ready for an exception gets it.
	 */
	unreadable({ name, source }: PyModule, error: unknown): PyUnknown | undefined {
		const { py } = this;
		const path = source?.path ?? '';
		const top = name.split('.', 1)[0] ?? name;
		if (this.expected > 0 && py.caught(error, 'ImportError')) return undefined;
		if (this.guards.length > 0 || top === 'django' || py.registering.has(top) || !py.installed.has(path)) return undefined;
		if (!(error instanceof PyRaise) || py.caught(error, 'SystemExit', 'KeyboardInterrupt')) return undefined;
		if (error.exception instanceof PyException && this.isExpected(error.exception)) return undefined;
		const reason = `${name} could not be evaluated: ${py.describe(error.exception)}`;
		py.problem(reason);
		return py.unknowns.make(reason);
	}

	/** An exception of a library's own is raised on purpose; whether somebody waits for it. */
	private isExpected(exception: PyException): boolean {
		if (exception.cls.immutable) return false;
		for (let f = this.py.frame; f; f = f.back)
			for (let one = f.trying; one; one = one.outer) if (one.catches(exception)) return true;
		return false;
	}

	/** Runs a part of the program that is ready for an ImportError, from `importlib.import_module()` say. */
	expecting<T>(body: () => T): T {
		this.expected++;
		try {
			return body();
		} finally {
			this.expected--;
		}
	}

	/** Runs a file as the body of a module made by hand; false when it can't be read. */
	runFile(module: PyModule, path: string): boolean {
		const text = this.py.readText(path);
		if (text === undefined) return false;
		module.source = makeSource(path, text);
		module.names.set('__file__', path);
		runModule(this.py, module, module.names, parseModule(text), undefined);
		return true;
	}

	private missing(name: string, parent: PyModule | undefined, guarded: boolean): PyModule | PyUnknown {
		const { py } = this;
		if (compiledModules.has(name) && !guarded && !foreignModules(py.host.platform).has(name)) {
			const unknown = py.unknowns.make(`${name} is a compiled module of Python`);
			py.modules.set(name, unknown);
			return unknown;
		}
		if (!py.environmentKnown && !parent) {
			const unknown = py.unknowns.make(`${name} is not installed in a known environment`);
			py.modules.set(name, unknown);
			return unknown;
		}
		const exception = py.makeException('ModuleNotFoundError', [
			`No module named '${name}'${parent && !parent.path ? `; '${parent.name}' is not a package` : ''}`,
		]);
		exception.attrs = new Map<string, Value>([
			['\0name', name],
			['\0path', null],
		]);
		throw py.raised(exception);
	}

	/** See `Interpreter.runAgain`. */
	runAgain(
		module: PyModule,
		source: Source,
		tree: Module,
		body: readonly Stmt[],
		{ names = module.names, waits = false, kept }: AgainOptions = {},
	): void {
		const { py } = this;
		const own: PyModule = Object.create(module, { source: { value: source }, names: { value: names } });
		this.again = own;
		runStatements(py, own, names, tree, body, { waits, kept });
	}
}

function makeWaiting(py: Machine, { names }: PyModule): void {
	for (const bound of [...names.values()]) {
		if (bound instanceof DeferredClass && bound.resolving) continue;
		const value = bound instanceof DeferredClass ? bound.resolve() : bound;
		if (value instanceof PyClass) py.outlines.complete(value);
	}
}

/** Whether the module is the compiled half of its package (`yaml._yaml`), which goes on without it. */
function fallsBack(parent: PyModule | undefined, name: string): boolean {
	if (!parent || name !== `${parent.name}._${parent.name.split('.').at(-1) ?? ''}`) return false;
	return /\bexcept\b[^:\n]*\b(?:ImportError|ModuleNotFoundError)\b/.test(parent.source?.text ?? '');
}

/** A compiled module that Python code can do without: `_speedups`, `lib._accel`. */
function isAccelerator(name: string): boolean {
	return /(^|\.)(_[^.]*|[^.]*(speedups?|accel|cython|_c|_ext))$/.test(name);
}
