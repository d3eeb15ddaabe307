import type { NativeModule } from '../runtime/native';

const all: readonly NativeModule[] = [];

/** The modules of the standard library that are implemented in TypeScript, by dotted name. */
export const nativeModules: ReadonlyMap<string, NativeModule> = new Map(all.map((module) => [module.name, module]));
