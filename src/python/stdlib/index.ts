import type { NativeModule } from '../runtime/native';
import { importlibMetadataModule } from './importlib-metadata';
import { interpreterModules } from './interpreter';

const all: readonly NativeModule[] = [...interpreterModules, importlibMetadataModule];

/** The modules of the standard library that are implemented in TypeScript, by dotted name. */
export const nativeModules: ReadonlyMap<string, NativeModule> = new Map(all.map((module) => [module.name, module]));
