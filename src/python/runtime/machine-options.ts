import type { Host } from '../../shared/host';
import type { Value } from '../values';
import type { Limits } from './budget';
import type { NativeModule, Summary } from './native';

/** What an interpreter is made from. */
export interface MachineOptions {
	readonly host: Host;
	/** Folders in which modules are looked for, in order, `.pth` files already followed. */
	readonly sysPath: readonly string[];
	readonly builtins: ReadonlyMap<string, Value>;
	readonly natives: ReadonlyMap<string, NativeModule>;
	readonly summaries?: readonly Summary[];
	/** Folders of the standard library, which also stand in `sysPath`. */
	readonly standardFolders?: readonly string[];
	readonly projectRoots?: readonly string[];
	/** Folders and files beside `sysPath` that belong to the project or its environment, and may be read. */
	readonly readable?: readonly string[];
	/** Modules that editable installs map to a file or folders, by dotted name. */
	readonly editable?: ReadonlyMap<string, readonly string[]>;
	/** On top of the host's. */
	readonly environment?: Readonly<Record<string, string>>;
	/** False when no environment was found: missing modules are unknown instead of an error. Default true. */
	readonly environmentKnown?: boolean;
	readonly version?: readonly [number, number, number];
	readonly limits?: Limits;
}
