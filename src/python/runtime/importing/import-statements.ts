import { LazyBinding, LazyImport, PyModule, PyUnknown, textOf, type Value } from '../../values';
import type { Frame } from '../frames';
import type { Machine } from '../machine';
import { importPolicy } from './import-policy';
import type { Imports } from './imports';

/** What import statements bind, at once or when it is asked for. */
export class ImportStatements {
	constructor(
		private readonly py: Machine,
		private readonly imports: Imports,
	) {}

	/** The dotted name that `from ..module import` means in this frame. */
	absolute(f: Frame, module: string | undefined, level: number): string {
		if (level === 0) return module ?? '';
		const declared = f.globals.get('__package__');
		let base = typeof declared === 'string' ? declared : '';
		if (base === '' && level > 0) return this.py.raise('ImportError', 'attempted relative import with no known parent package');
		for (let i = 1; i < level; i++) {
			const dot = base.lastIndexOf('.');
			if (dot < 0) return this.py.raise('ImportError', 'attempted relative import beyond top-level package');
			base = base.slice(0, dot);
		}
		return module ? `${base}.${module}` : base;
	}

	/** `import a.b.c`: the top-level module, or with `as` the last one. */
	module(name: string, last: boolean, guarded = false): Value {
		const module = this.imports.value(name, guarded);
		if (last) return module;
		const top = name.split('.', 1)[0] ?? name;
		return this.py.loaded.get(top) ?? module;
	}

	/** `from module import name`. */
	fromModule(moduleName: string, name: string, guarded = false): Value {
		const { py } = this;
		const module = this.imports.value(moduleName, guarded);
		if (module instanceof PyUnknown) return py.unknowns.derive(module, `.${name}`);
		if (!(module instanceof PyModule)) return py.getAttr(module, name);
		const own = module.names.get(name);
		if (own !== undefined && !(own instanceof LazyBinding)) return own;
		if (own instanceof LazyBinding && !own.resolving) return py.force(module.names, name, own);
		const full = `${module.name}.${name}`;
		if (own === undefined && py.natives.has(full)) return this.imports.import(full, guarded);
		const attribute = own ? undefined : py.findAttr(module, name);
		if (attribute !== undefined) return attribute;
		const submodule =
			py.loaded.get(full) ??
			((module.path || module.names.has('__path__')) && this.imports.exists(full)
				? this.imports.value(full, guarded)
				: undefined);
		if (submodule !== undefined) return submodule;
		const partial = module.state === 'running' ? 'partially initialized module ' : '';
		const reason = partial ? ' (most likely due to a circular import)' : '';
		return py.raise(
			'ImportError',
			`cannot import name '${name}' from ${partial}'${module.name}'${reason} (${module.source?.path ?? 'unknown location'})`,
		);
	}

	/** `from module import *`. */
	star(f: Frame, moduleName: string, guarded = false): void {
		const { py } = this;
		const module = this.imports.import(moduleName, guarded);
		if (module instanceof PyUnknown) {
			f.module.unknownNames ??= module;
			return;
		}
		const all = module.names.get('__all__');
		if (all !== undefined) {
			const list = all instanceof LazyBinding ? py.force(module.names, '__all__', all) : all;
			for (const item of py.iterate(list)) {
				const name = textOf(item);
				if (name === undefined) continue;
				const own = module.names.get(name);
				f.names.set(name, own instanceof LazyBinding && !own.resolving ? own : this.fromModule(moduleName, name));
			}
			return;
		}
		f.module.unknownNames ??= module.unknownNames;
		for (const [name, value] of [...module.names]) {
			if (name.startsWith('_')) continue;
			// What it has from here is what is here already.
			const own = value instanceof LazyBinding && value.target === `${f.module.name}.${name}` && f.names.has(name);
			if (!own) f.names.set(name, value);
		}
		const native = py.natives.get(module.name);
		if (native)
			for (const name of Object.keys(native.members)) if (!name.startsWith('_')) f.names.set(name, py.getAttr(module, name));
	}

	/** Binds `import module [as name]` lazily when the policy says so; false when it must be run now. */
	bindModule(f: Frame, name: string, module: string, last: boolean, written: boolean): boolean {
		if (!written && !this.mayWait(f, module)) return false;
		const { py } = this;
		const before = f.names.get(name);
		if (!last && module.includes('.') && before instanceof LazyBinding) {
			// `import os` and `import os.path` share the name: both are to be loaded.
			const both = (): Value => {
				before.resolve();
				return this.module(module, last);
			};
			f.names.set(name, new LazyBinding(both, module));
			return true;
		}
		f.names.set(name, new LazyBinding(() => py.importing(f, () => this.module(module, last)), module));
		return true;
	}

	/** Binds `from module import name` lazily when the policy says so, or where it is `written`: `lazy from module import name`. */
	bindName(f: Frame, name: string, module: string, from: string, written: boolean): boolean {
		if (!written && !this.mayWait(f, module)) return false;
		const { py } = this;
		const { replacements } = this.imports;
		const since = replacements.count;
		const resolve = (): Value =>
			py.importing(f, () => {
				const before = since < replacements.count ? replacements.before(`${module}.${from}`, since) : undefined;
				if (before instanceof LazyBinding) return before.resolve();
				return before === undefined ? this.fromModule(module, from) : before;
			});
		f.names.set(name, new LazyImport(resolve, module, from));
		return true;
	}

	/** Runs the module; its binding of the name where that is one that waits, to be shared. */
	waitingName(module: string, from: string): LazyBinding | undefined {
		const loaded = this.imports.value(module);
		const own = loaded instanceof PyModule ? loaded.names.get(from) : undefined;
		return own instanceof LazyBinding && !own.resolving ? own : undefined;
	}

	/** Whether this module was loaded after that one: when that one ran first, it was still to come. */
	private isLater(module: string, other: string): boolean {
		for (const name of this.py.modules.keys()) if (name === module || name === other) return name === other;
		return false;
	}

	private mayWait(f: Frame, module: string): boolean {
		const { py } = this;
		const loaded = py.modules.get(module);
		if (
			loaded instanceof PyModule &&
			loaded.state !== 'running' &&
			!(f.module === this.imports.again && this.isLater(module, f.module.name))
		)
			return false;
		const native = py.natives.has(module);
		const found = native ? undefined : this.imports.locate(module);
		if (!native && !found) return false;
		const standard = native || this.imports.isStandard(found?.path ?? '');
		const path = found?.path;
		const installed = path !== undefined && py.installed.has(path);
		return (
			importPolicy({
				module,
				path,
				importer: f.module.name,
				standard,
				installed,
				carried: installed && py.installed.isCarried(path),
				registering: py.registering,
				guarded: this.imports.expectsFailure,
				isTable: () => this.imports.tables.has(module),
			}) === 'lazy'
		);
	}
}
