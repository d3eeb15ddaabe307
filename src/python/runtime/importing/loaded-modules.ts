import { objectType, PyModule, PyUnknown, type Value } from '../../values';
import type { Machine } from '../machine';

/** `sys.modules`. */
export class LoadedModules {
	readonly modules = new Map<string, PyModule | PyUnknown>();
	/** Objects that stand there without being modules. */
	readonly replaced = new Map<string, Value>();
	private builtinsMade: PyModule | undefined;

	constructor(private readonly builtinNames: ReadonlyMap<string, Value>) {}

	get builtins(): PyModule {
		this.builtinsMade ??= makeModule('builtins', this.builtinNames);
		return this.builtinsMade;
	}

	/** What replaced the module, or the module. */
	get(name: string): Value | undefined {
		return this.replaced.get(name) ?? this.modules.get(name) ?? (name === 'builtins' ? this.builtins : undefined);
	}

	replace(name: string, value: Value): void {
		if (value instanceof PyModule || value instanceof PyUnknown) {
			this.modules.set(name, value);
			this.replaced.delete(name);
		} else this.replaced.set(name, value);
	}
}

/** A module made by hand from names. */
export function makeModule(name: string, names: ReadonlyMap<string, Value>): PyModule {
	const module = new PyModule(name);
	module.names.set('__name__', name);
	for (const [key, value] of names) module.names.set(key, value);
	module.state = 'done';
	return module;
}

const specKey = Symbol('ModuleSpec');

/** `module.__spec__`. */
export function moduleSpec(py: Machine, module: PyModule): Value {
	const spec = py.instantiate(
		py.state(specKey, () => py.makeClass('ModuleSpec', [objectType], new Map(), 'importlib.machinery')),
	);
	spec.attrs = new Map<string, Value>([
		['name', module.name],
		['origin', module.source?.path ?? null],
		['loader', null],
		['parent', module.path ? module.name : module.name.split('.').slice(0, -1).join('.')],
		['submodule_search_locations', module.path ? py.listOf(module.path) : null],
		['has_location', module.source !== undefined],
	]);
	return spec;
}
