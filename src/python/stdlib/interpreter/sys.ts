import { machine } from '../../builtins/model/object';
import type { Interpreter } from '../../runtime/interpreter';
import { method, native, nativeModule, newType } from '../../runtime/native';
import { frameObject } from '../../runtime/stack';
import {
	dictType,
	type Entry,
	floatType,
	gotByName,
	type HashKey,
	PyDict,
	PyException,
	PyFloat,
	PyInstance,
	PyList,
	PyTuple,
	tupleType,
	type Value,
} from '../../values';
import { pathFinder } from './importlib-machinery';

/** `sys.modules`: live; a module may replace itself or another there. */
class ModulesView extends PyDict {
	constructor(private readonly py: Interpreter) {
		super(dictType);
	}
	override get size(): number {
		return this.py.modules.size;
	}
	override getKey(hash: HashKey): Value | undefined {
		const module = typeof hash === 'string' ? machine(this.py).loaded.get(hash) : undefined;
		return module && gotByName(module);
	}
	override setKey(hash: HashKey, _key: Value, value: Value): void {
		if (typeof hash === 'string') machine(this.py).loaded.replace(hash, value);
	}
	override deleteKey(hash: HashKey): boolean {
		return typeof hash === 'string' && this.py.modules.delete(hash);
	}
	override *entries(): IterableIterator<Entry> {
		for (const key of [...this.py.modules.keys()]) {
			const value = this.getKey(key);
			if (value !== undefined) yield { key, value };
		}
	}
}

type Field = readonly [name: string, value: Value];

/** A tuple whose items also have names: `sys.version_info`. `more`: attributes that are no items. */
function structSequence(name: string, moduleName: string, fields: readonly Field[], more: readonly Field[] = []): Value {
	const cls = newType(name, moduleName, [], [tupleType]);
	const value = new PyTuple(
		fields.map(([, item]) => item),
		cls,
	);
	value.attrs = new Map([...fields, ...more]);
	return value;
}

function simpleNamespace(py: Interpreter, fields: Readonly<Record<string, Value>>): Value {
	const object = py.call(py.getAttr(py.importModule('types'), 'SimpleNamespace'));
	for (const [name, value] of Object.entries(fields)) py.setAttr(object, name, value);
	return object;
}

export const frameType = newType('frame', 'types', []);

/** Hooks and settings of the running process: there to be asked for, without effect. */
const inert = [
	'unraisablehook',
	'excepthook',
	'displayhook',
	'breakpointhook',
	'addaudithook',
	'audit',
	'set_asyncgen_hooks',
	'get_asyncgen_hooks',
	'call_tracing',
	'settrace',
	'gettrace',
	'setprofile',
	'getprofile',
	'setswitchinterval',
	'set_int_max_str_digits',
	'get_int_max_str_digits',
	'set_coroutine_origin_tracking_depth',
	'setdlopenflags',
];
/** What only the running process could tell. */
const asked = [
	'getsizeof',
	'getrefcount',
	'getallocatedblocks',
	'getswitchinterval',
	'_current_frames',
	'_current_exceptions',
	'get_coroutine_origin_tracking_depth',
	'getdlopenflags',
];

export const sys = nativeModule(
	'sys',
	[
		...inert.map((name) => native(name, '*args, **kwargs', () => null, { acceptsUnknown: true })),
		...asked.map((name) => native(name, '*args, **kwargs', (py) => py.unknown(`sys.${name}`), { acceptsUnknown: true })),
		native('is_finalizing', '', () => false),
		native('getfilesystemencodeerrors', '', () => 'surrogateescape'),
		['float_repr_style', 'short'],
		['platlibdir', 'lib'],
		['abiflags', ''],
		['copyright', ''],
		['_git', new PyTuple(['CPython', '', ''])],
		['pycache_prefix', null],
		native('exc_info', '', (py) => {
			const handled = machine(py).handled();
			return new PyTuple(handled instanceof PyException ? [handled.cls, handled, null] : [null, null, null]);
		}),
		native('exception', '', (py) => machine(py).handled() ?? null),
		native('exit', 'code=None', (py, [code]) => py.raise('SystemExit', code)),
		native('getrecursionlimit', '', (py) => py.budget.limits.depth),
		native('setrecursionlimit', 'limit, /', () => null),
		native('getdefaultencoding', '', () => 'utf-8'),
		native('getfilesystemencoding', '', () => 'utf-8'),
		native('getfilesystemencodeerrors', '', () => 'surrogateescape'),
		native('intern', 'text, /', (_py, [text]) => text),
		native('getsizeof', 'object, default?', () => 64),
		native('getrefcount', 'object, /', () => 2),
		native('gettrace', '', () => null),
		native('settrace', 'function, /', () => null),
		native('getprofile', '', () => null),
		native('setprofile', 'function, /', () => null),
		native('audit', 'event, *args', () => null),
		native('addaudithook', 'hook', () => null),
		native('is_finalizing', '', () => false),
		native('getswitchinterval', '', () => new PyFloat(0.005)),
		native('excepthook', '*args', () => null),
		native('displayhook', 'value', () => null),
		native('_getframe', 'depth=0, /', (py, [depth]) => {
			const stack = py.stack();
			const entry = stack[typeof depth === 'number' ? depth : 0];
			if (!entry) return py.raise('ValueError', 'call stack is not deep enough');
			return frameObject(machine(py), frameType, entry);
		}),
		native(
			'_getframemodulename',
			'depth=0',
			(py, [depth]) => py.stack()[typeof depth === 'number' ? depth : 0]?.module.name ?? null,
		),
	],
	{
		lazy: {
			modules: (py) => new ModulesView(py),
			path: (py) => machine(py).sysPathList(),
			argv: () => new PyList(['manage.py', 'check']),
			orig_argv: () => new PyList(['python', 'manage.py', 'check']),
			version_info: (py) => {
				const [major, minor, micro] = py.version;
				return structSequence('version_info', 'sys', [
					['major', major],
					['minor', minor],
					['micro', micro],
					['releaselevel', 'final'],
					['serial', 0],
				]);
			},
			version: (py) => `${py.version.join('.')} (main, Jan  1 2024, 00:00:00) [GCC 12.2.0]`,
			hexversion: (py) => (py.version[0] << 24) | (py.version[1] << 16) | (py.version[2] << 8) | 0xf0,
			api_version: () => 1013,
			implementation: (py) => simpleNamespace(py, { name: 'cpython', cache_tag: `cpython-${py.version[0]}${py.version[1]}` }),
			platform: (py) => py.host.platform,
			byteorder: () => 'little',
			maxsize: () => 9223372036854775807n,
			maxunicode: () => 1114111,
			prefix: (py) => machine(py).prefix,
			exec_prefix: (py) => machine(py).prefix,
			base_prefix: (py) => machine(py).prefix,
			base_exec_prefix: (py) => machine(py).prefix,
			executable: (py) => executable(py),
			_base_executable: (py) => executable(py),
			platlibdir: () => 'lib',
			abiflags: () => '',
			copyright: () => '',
			pycache_prefix: () => null,
			dont_write_bytecode: () => true,
			warnoptions: () => new PyList([]),
			meta_path: () => new PyList([pathFinder]),
			path_hooks: () => new PyList([]),
			path_importer_cache: () => new PyDict(),
			builtin_module_names: () => new PyTuple(['sys', 'builtins', '_thread', 'itertools', 'time', 'posix', 'errno']),
			stdlib_module_names: () => new PyTuple([]),
			stdin: (py) => py.unknown('standard input'),
			stdout: (py) => stream(py),
			stderr: (py) => stream(py),
			__stdout__: (py) => stream(py),
			__stderr__: (py) => stream(py),
			flags: (py) =>
				structSequence(
					'flags',
					'sys',
					[
						['debug', 0],
						['inspect', 0],
						['interactive', 0],
						['optimize', 0],
						['dont_write_bytecode', 1],
						['no_user_site', 0],
						['no_site', 0],
						['ignore_environment', 0],
						['verbose', 0],
						['bytes_warning', 0],
						['quiet', 0],
						['hash_randomization', 1],
						['isolated', 0],
						['dev_mode', false],
						['utf8_mode', 0],
						['warn_default_encoding', 0],
						['safe_path', false],
						['int_max_str_digits', 4300],
					],
					py.version[1] < 14
						? []
						: [
								['gil', 1],
								['thread_inherit_context', 0],
								['context_aware_warnings', 0],
								...(py.version[1] < 15 ? [] : [['lazy_imports', -1] as const]),
							],
				),
			float_info: () =>
				structSequence('float_info', 'sys', [
					['max', new PyFloat(Number.MAX_VALUE, floatType)],
					['min', new PyFloat(2.2250738585072014e-308)],
					['epsilon', new PyFloat(Number.EPSILON)],
					['dig', 15],
					['mant_dig', 53],
					['max_exp', 1024],
					['min_exp', -1021],
					['max_10_exp', 308],
					['radix', 2],
				]),
			int_info: () =>
				structSequence('int_info', 'sys', [
					['bits_per_digit', 30],
					['sizeof_digit', 4],
				]),
			hash_info: () =>
				structSequence('hash_info', 'sys', [
					['width', 64],
					['modulus', 2305843009213693951n],
					['inf', 314159],
					['nan', 0],
					['imag', 1000003],
					['algorithm', 'siphash13'],
				]),
			thread_info: () => structSequence('thread_info', 'sys', [['name', 'pthread']]),
		},
		complete: true,
	},
);

const streamType = newType('TextIOWrapper', 'io', [
	method('write', '*args', () => 0, { acceptsUnknown: true }),
	method('flush', '*args', () => null),
	method('isatty', '*args', () => false),
	method('fileno', '*args', () => 1),
]);

/** Output goes nowhere. */
function stream(_py: Interpreter): Value {
	const object = new PyInstance(streamType);
	object.attrs = new Map<string, Value>([
		['encoding', 'utf-8'],
		['errors', 'strict'],
		['closed', false],
	]);
	return object;
}

function executable(py: Interpreter): string {
	const { prefix } = machine(py);
	return py.host.platform === 'win32' ? `${prefix}\\python.exe` : `${prefix}/bin/python`;
}
