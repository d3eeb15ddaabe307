import type { Interpreter } from '../runtime/interpreter';
import * as posixPaths from './posix-paths';
import * as windowsPaths from './windows-paths';

/** What a system's paths look like: `posixpath` and `ntpath`. */
export interface PathFlavour {
	readonly joinPaths: (first: string, ...rest: readonly string[]) => string;
	readonly normalPath: (path: string) => string;
	readonly normalCase: (path: string) => string;
	readonly splitPath: (path: string) => [head: string, tail: string];
	readonly splitRoot: (path: string) => [drive: string, root: string, tail: string];
	readonly isAbsolutePath: (path: string) => boolean;
	readonly absolutePath: (path: string, cwd: string) => string;
	/** Undefined where no path leads from one to the other. */
	readonly relativePath: (path: string, start: string, cwd: string) => string | undefined;
	readonly commonPath: (paths: readonly string[]) => string | undefined;
	readonly expandVariables: (path: string, environment: ReadonlyMap<string, string>) => string;
	readonly expandUser: (path: string, environment: ReadonlyMap<string, string>) => string;
	/** Constants of the module. */
	readonly constants: Readonly<Record<string, string | boolean | null>>;
}

const everywhere = { curdir: '.', pardir: '..', extsep: '.', supports_unicode_filenames: true };

export const posix: PathFlavour = {
	...posixPaths,
	constants: { ...everywhere, sep: '/', altsep: null, pathsep: ':', devnull: '/dev/null', defpath: '/bin:/usr/bin' },
};

export const windows: PathFlavour = {
	...windowsPaths,
	constants: { ...everywhere, sep: '\\', altsep: '/', pathsep: ';', devnull: 'nul', defpath: '.;C:\\bin' },
};

/** That of the machine whose Python is interpreted. */
export const pathFlavour = (py: Interpreter): PathFlavour => (py.host.platform === 'win32' ? windows : posix);
