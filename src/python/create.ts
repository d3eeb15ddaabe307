import { builtinsOf } from './builtins';
import type { Interpreter } from './runtime/interpreter';
import { Machine } from './runtime/machine';
import type { MachineOptions } from './runtime/machine-options';
import { nativeModules } from './stdlib';

export type InterpreterOptions = Omit<MachineOptions, 'builtins' | 'natives'> & Partial<Pick<MachineOptions, 'natives'>>;

/** An interpreter with the built-in names and the standard library's native modules; `natives` replaces or adds modules. */
export function createInterpreter(options: InterpreterOptions): Interpreter {
	const natives = new Map([...nativeModules, ...(options.natives ?? [])]);
	for (const [name, { whereInstalled }] of natives)
		if (whereInstalled && !options.sysPath.some((folder) => options.host.stat(`${folder}/${name}`))) natives.delete(name);
	return new Machine({ ...options, builtins: builtinsOf(options.version ?? [3, 12]), natives });
}
