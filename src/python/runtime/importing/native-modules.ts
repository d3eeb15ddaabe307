import { parseModule } from '../../syntax/parse';
import { LazyBinding, PyBuiltin, PyModule, type Value } from '../../values';
import type { Machine } from '../machine';
import type { NativeModule } from '../native';
import { makeSource } from '../source';
import type { Imports } from './imports';
import { runModule } from './module-body';

/** Modules that are implemented natively; what one of them lacks comes from its own source, where there is any. */
export class NativeModules {
	/** The sources of partial ones, run beside them. */
	private readonly sourced = new Map<string, PyModule | undefined>();

	constructor(
		private readonly py: Machine,
		private readonly imports: Imports,
	) {}

	load(native: NativeModule): PyModule {
		const { py } = this;
		const module = new PyModule(native.name);
		py.modules.set(native.name, module);
		const { names } = module;
		names.set('__name__', native.name);
		names.set(
			'__package__',
			native.package ? native.name : native.name.includes('.') ? native.name.slice(0, native.name.lastIndexOf('.')) : '',
		);
		names.set('__doc__', null);
		names.set('__spec__', null);
		const file = this.imports.locate(native.name);
		if (file) names.set('__file__', file.path);
		if (native.package) {
			module.path = [...(file?.folders ?? [])];
			names.set('__path__', py.listOf(module.path));
		}
		for (const [name, member] of Object.entries(native.members)) {
			names.set(name, typeof member === 'function' ? new LazyBinding(() => member(py), `${native.name}.${name}`) : member);
		}
		if (!native.partial && !names.has('__all__')) {
			const exported = Object.keys(native.members).filter((name) => !name.startsWith('_'));
			names.set('__all__', new LazyBinding(() => py.listOf(exported), `${native.name}.__all__`));
		}
		module.state = 'done';
		return module;
	}

	/** An attribute that a module has not bound: a partial native's source, `__getattr__`, `__dict__`. */
	missingAttribute(module: PyModule, name: string): Value | undefined {
		const { py } = this;
		if (name === '__dict__') return py.namespaceView(module.names);
		if (name === '__class__') return module.cls;
		const submodule = this.lazySubmodule(module, name);
		if (submodule !== undefined) return submodule;
		if (module.unknownNames && !name.startsWith('__')) return py.unknowns.derive(module.unknownNames, `.${name}`);
		const hook = module.names.get('__getattr__');
		if (hook !== undefined && !(hook instanceof LazyBinding)) return py.call(hook, [name]);
		const native = py.natives.get(module.name);
		if (windowsOnly.has(`${module.name}.${name}`) && py.host.platform !== 'win32') return undefined;
		if (native?.open && !name.startsWith('__')) return py.unknowns.make(`${module.name}.${name} is not evaluated`);
		if (native?.partial) return this.fromSource(module, native, name);
		if (native && !native.complete && !name.startsWith('__') && this.sourceNames(native.name, name))
			return py.unknowns.make(`${native.name}.${name} is not implemented`);
		if (module.state === 'done' || module.state === 'running') {
			const own = module.cls.lookup(name);
			if (own !== undefined && !(own instanceof PyBuiltin && module.cls.immutable)) return py.bindSpecial(own, module);
		}
		return undefined;
	}

	/** Whether the source of a natively implemented module has a method of that name, or a class sets such an attribute. */
	declaresMember(module: string, name: string): boolean {
		if (module === 'builtins' || !this.py.natives.has(module)) return false;
		const found = this.imports.locate(module);
		const text = found && (found.kind === 'source' || found.kind === 'package') ? this.py.readText(found.path) : undefined;
		return text !== undefined && new RegExp(`^ {4}(?:def ${name}\\(|${name} *=[^=])`, 'm').test(text);
	}

	/** Whether the module's own source has the name at all; one that is compiled may have any. */
	private sourceNames(module: string, name: string): boolean {
		const found = this.imports.locate(module);
		const text = found && (found.kind === 'source' || found.kind === 'package') ? this.py.readText(found.path) : undefined;
		return text === undefined || new RegExp(`\\b${name}\\b`).test(text);
	}

	/**
	 * `package.module` where nobody has imported that module yet. In Python the package itself would have, at some import that
	 * still waits here.
	 */
	private lazySubmodule(module: PyModule, name: string): Value | undefined {
		if (!module.path || module.state !== 'done' || name.startsWith('__')) return undefined;
		const installed = module.path.some(
			(folder) => /\/(site|dist)-packages\//.test(folder) || this.imports.isStandard(`${folder}/`),
		);
		const full = `${module.name}.${name}`;
		return installed && this.imports.exists(full) ? this.imports.value(full) : undefined;
	}

	/** What a partial native module lacks comes from the module's own source file, run beside it. */
	private fromSource(module: PyModule, native: NativeModule, name: string): Value | undefined {
		const { py } = this;
		if (name.startsWith('__') && name.endsWith('__')) return undefined;
		let source = this.sourced.get(native.name);
		if (!this.sourced.has(native.name)) {
			const found = this.imports.locate(native.name);
			const text = found && (found.kind === 'source' || found.kind === 'package') ? py.readText(found.path) : undefined;
			if (found && text !== undefined) {
				source = new PyModule(native.name);
				source.source = makeSource(found.path, text);
				source.path = module.path;
				this.sourced.set(native.name, source);
				source.names.set('__name__', native.name);
				source.names.set('__package__', module.names.get('__package__') ?? '');
				source.names.set('__file__', found.path);
				source.names.set('__doc__', null);
				if (found.folders) source.names.set('__path__', py.listOf([...found.folders]));
				runModule(py, source, source.names, parseModule(text), undefined);
			}
			this.sourced.set(native.name, source);
		}
		const value = source?.names.get(name);
		if (value === undefined) {
			if (source?.unknownNames) return py.unknowns.derive(source.unknownNames, `.${name}`);
			const hook = source?.names.get('__getattr__');
			if (hook !== undefined && !(hook instanceof LazyBinding)) return this.orMissing(() => py.call(hook, [name]));
			return source ? undefined : py.unknowns.make(`${native.name}.${name} is not implemented`);
		}
		const resolved = value instanceof LazyBinding && source ? py.force(source.names, name, value) : value;
		if (!(resolved instanceof LazyBinding)) {
			module.names.set(name, resolved);
			return resolved;
		}
		return undefined;
	}

	/** What it gives; undefined where it raises AttributeError. */
	private orMissing(ask: () => Value): Value | undefined {
		try {
			return ask();
		} catch (error) {
			if (this.py.caught(error, 'AttributeError')) return undefined;
			throw error;
		}
	}
}

/** Names that tell Windows from the rest. */
const windowsOnly: ReadonlySet<string> = new Set([
	'ctypes.WinDLL',
	'ctypes.windll',
	'ctypes.OleDLL',
	'ctypes.oledll',
	'ctypes.WinError',
	'ctypes.FormatError',
	'ctypes.HRESULT',
	'ctypes.GetLastError',
	'os.O_BINARY',
	'os.O_TEXT',
	'os.O_NOINHERIT',
	'os.O_SEQUENTIAL',
	'os.O_RANDOM',
	'os.O_TEMPORARY',
	'os.O_SHORT_LIVED',
	'os.startfile',
	'os.add_dll_directory',
]);
