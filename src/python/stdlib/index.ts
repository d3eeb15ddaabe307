import type { NativeModule } from '../runtime/native';
import { abcModule } from './abc';
import { ast } from './ast';
import { binascii } from './binascii';
import { collections, privateCollections } from './collections';
import { collectionsAbc, privateCollectionsAbc } from './collections-abc';
import { contextvars } from './contextvars';
import { csv } from './csv';
import { enumModule } from './enum';
import { functools } from './functools';
import { hashlib } from './hashlib';
import { importlibMetadataModule } from './importlib-metadata';
import { interpreterModules } from './interpreter';
import { io } from './io';
import { itertools } from './itertools';
import { privateJson } from './json';
import { localeModule } from './locale';
import { logging, loggingConfig, loggingHandlers } from './logging';
import { math } from './math';
import { operator } from './operator';
import { os } from './os';
import { ntPath, osPath, posixPath } from './os-path';
import { outsideModules } from './outside';
import { pkgResources } from './pkg-resources';
import { re } from './re';
import { rpds } from './rpds';
import { smallModules } from './small-modules';
import { stringFields } from './string-fields';
import { textModules } from './text-modules';
import { privateThread, threading } from './threading';

const all: readonly NativeModule[] = [
	abcModule,
	collections,
	collectionsAbc,
	enumModule,
	functools,
	importlibMetadataModule,
	...interpreterModules,
	itertools,
	localeModule,
	logging,
	loggingConfig,
	loggingHandlers,
	operator,
	os,
	osPath,
	ntPath,
	...outsideModules,
	posixPath,
	privateCollections,
	privateCollectionsAbc,
	privateJson,
	privateThread,
	math,
	...smallModules,
	...contextvars,
	io,
	hashlib,
	binascii,
	stringFields,
	ast,
	csv,
	...textModules,
	pkgResources,
	re,
	rpds,
	threading,
];

/** The modules of the standard library that are implemented in TypeScript, by dotted name. */
export const nativeModules: ReadonlyMap<string, NativeModule> = new Map(all.map((module) => [module.name, module]));
