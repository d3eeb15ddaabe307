import type { NativeModule } from '../runtime/native';
import { abcModule } from './abc';
import { collections, privateCollections } from './collections';
import { collectionsAbc, privateCollectionsAbc } from './collections-abc';
import { enumModule } from './enum';
import { functools } from './functools';
import { importlibMetadataModule } from './importlib-metadata';
import { interpreterModules } from './interpreter';
import { itertools } from './itertools';
import { operator } from './operator';
import { os } from './os';
import { osPath, posixPath } from './os-path';
import { re } from './re';

const all: readonly NativeModule[] = [
	abcModule,
	collections,
	collectionsAbc,
	enumModule,
	functools,
	importlibMetadataModule,
	...interpreterModules,
	itertools,
	operator,
	os,
	osPath,
	posixPath,
	privateCollections,
	privateCollectionsAbc,
	re,
];

/** The modules of the standard library that are implemented in TypeScript, by dotted name. */
export const nativeModules: ReadonlyMap<string, NativeModule> = new Map(all.map((module) => [module.name, module]));
