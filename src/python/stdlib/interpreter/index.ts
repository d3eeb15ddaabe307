import { machine } from '../../builtins/model/object';
import { native, nativeModule } from '../../runtime/native';
import { PyList, PyTuple } from '../../values';
import { copy } from './copy';
import { importlib, importlibUtil } from './importlib';
import { importlibMachinery } from './importlib-machinery';
import { inspect } from './inspect';
import { opaqueModules } from './opaque';
import { pkgutil } from './pkgutil';
import { resources } from './resources';
import { struct } from './struct';
import { sys } from './sys';
import { sysconfig } from './sysconfig';
import { thread } from './thread';
import { types } from './types';
import { typingCore } from './typing-core';
import { weakref } from './weakref';

const gc = nativeModule('gc', [
	native('collect', 'generation=2', () => 0),
	native('enable', '', () => null),
	native('disable', '', () => null),
	native('isenabled', '', () => true),
	native('freeze', '', () => null),
	native('get_objects', '*args', () => new PyList([])),
	native('get_referrers', '*args', () => new PyList([])),
	native('set_threshold', '*args', () => null),
]);

/** The frames of the exception in hand from the one that handles it inward, as its traceback has them. */
function framesOfHandled(py: ReturnType<typeof machine>): PyList {
	const all = py.handled()?.traceback ?? [];
	const outside = Math.min(py.stack().length, 30) - 1;
	return new PyList(
		all.slice(Math.max(0, outside)).map(({ place, name }) => new PyTuple([place?.path ?? '', place?.line ?? 0, name, ''])),
	);
}

const traceback = nativeModule(
	'traceback',
	[
		native('format_exc', 'limit=None, chain=True', (py) => {
			const handled = machine(py).handled();
			return handled ? machine(py).describe(handled) : 'NoneType: None';
		}),
		native('print_exc', '*args, **keywords', () => null),
		native('extract_tb', 'tb, limit=None', (py) => framesOfHandled(machine(py))),
		native('print_stack', '*args, **keywords', () => null),
		native('print_exception', '*args, **keywords', () => null),
		native('extract_stack', 'f=None, limit=None', (py, [, limit]) => {
			const frames = py
				.stack()
				.map(
					({ module, node, name }) =>
						new PyTuple([module.source?.path ?? '', node ? (module.source?.lineOf(node.start) ?? 0) : 0, name, '']),
				);
			return new PyList((typeof limit === 'number' ? frames.slice(0, Math.max(0, limit)) : frames).reverse());
		}),
		native('format_stack', '*args, **keywords', () => new PyList([])),
	],
	{ partial: true },
);

/** Modules that look into the interpreter. */
export const interpreterModules = [
	copy,
	typingCore,
	resources,
	struct,
	sys,
	sysconfig,
	thread,
	types,
	importlib,
	importlibUtil,
	importlibMachinery,
	pkgutil,
	weakref,
	gc,
	traceback,
	inspect,
	...opaqueModules,
];
