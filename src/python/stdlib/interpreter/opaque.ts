import { type NativeModule, native, nativeModule, newType } from '../../runtime/native';
import {
	coroutineType,
	exceptionType,
	objectType,
	PyBoundMethod,
	PyBytes,
	type PyClass,
	PyDict,
	PyFunction,
	PyGenerator,
	PyTuple,
	type Value,
} from '../../values';

/**
 * Modules about running things (event loops, processes, sockets, tests): configuration names them but asks nothing of
 * them. A few names are real; all others are unknown, and their source is not read.
 */

export function isCoroutineFunction(value: Value): boolean {
	const func = value instanceof PyBoundMethod ? value.func : value;
	return func instanceof PyFunction && func.node.kind === 'FunctionDef' && func.node.async && !func.node.generator;
}

const asyncioErrors = ['CancelledError', 'InvalidStateError', 'IncompleteReadError', 'QueueEmpty', 'QueueFull'].map(
	(name): readonly [string, PyClass] => [
		name,
		newType(name, 'asyncio', [], [exceptionType(name === 'CancelledError' ? 'BaseException' : 'Exception')]),
	],
);

const asyncio = nativeModule(
	'asyncio',
	[
		native('iscoroutinefunction', 'func', (_py, [func]) => isCoroutineFunction(func)),
		native('iscoroutine', 'object', (_py, [object]) => object instanceof PyGenerator && object.cls === coroutineType),
		native('get_running_loop', '', (py) => py.raise('RuntimeError', 'no running event loop')),
		native('get_event_loop', '', (py) => py.raise('RuntimeError', 'no running event loop')),
		native('current_task', 'loop=None', (py) => py.raise('RuntimeError', 'no running event loop')),
		native('run', 'main, *, debug=None, loop_factory=None', (py, [main]) =>
			py.call(py.builtin('next'), [py.getAttr(main, '__await__'), null]),
		),
		['TimeoutError', exceptionType('TimeoutError')],
		['AbstractEventLoop', newType('AbstractEventLoop', 'asyncio', [])],
		['Future', newType('Future', 'asyncio', [])],
		['Task', newType('Task', 'asyncio', [])],
		...asyncioErrors,
	],
	{ open: true, package: true },
);

const socket = nativeModule(
	'socket',
	[
		['error', exceptionType('OSError')],
		['timeout', exceptionType('TimeoutError')],
		['gaierror', newType('gaierror', 'socket', [], [exceptionType('OSError')])],
		['herror', newType('herror', 'socket', [], [exceptionType('OSError')])],
		['socket', newType('socket', 'socket', [], [objectType])],
		native('gethostname', '', (py) => py.unknown("the machine's name")),
		native('getfqdn', "name=''", (py) => py.unknown("the machine's name")),
		native('gethostbyname', 'name', (py) => py.unknown('an address of the network')),
		native('getaddrinfo', '*args, **keywords', (py) => py.unknown('an address of the network')),
		['AF_INET', 2],
		['AF_INET6', 10],
		['AF_UNIX', 1],
		['SOCK_STREAM', 1],
		['SOCK_DGRAM', 2],
	],
	{ open: true },
);

const subprocess = nativeModule(
	'subprocess',
	[
		['CalledProcessError', newType('CalledProcessError', 'subprocess', [], [exceptionType('Exception')])],
		['SubprocessError', newType('SubprocessError', 'subprocess', [], [exceptionType('Exception')])],
		['TimeoutExpired', newType('TimeoutExpired', 'subprocess', [], [exceptionType('Exception')])],
		...['PIPE', 'STDOUT', 'DEVNULL'].map((name, index): readonly [string, Value] => [name, -1 - index]),
		...['run', 'call', 'check_call', 'check_output', 'getoutput', 'getstatusoutput'].map((name) =>
			native(name, '*args, **keywords', (py) => py.unknown('what another program prints')),
		),
	],
	{ open: true },
);

const codecs = nativeModule(
	'codecs',
	[
		['BOM_UTF8', new PyBytes(new Uint8Array([0xef, 0xbb, 0xbf]))],
		['BOM_UTF16_LE', new PyBytes(new Uint8Array([0xff, 0xfe]))],
		['BOM_UTF16_BE', new PyBytes(new Uint8Array([0xfe, 0xff]))],
		['BOM_UTF16', new PyBytes(new Uint8Array([0xff, 0xfe]))],
		['BOM_UTF32_LE', new PyBytes(new Uint8Array([0xff, 0xfe, 0, 0]))],
		['BOM_UTF32_BE', new PyBytes(new Uint8Array([0, 0, 0xfe, 0xff]))],
		native('open', "filename, mode='r', encoding=None, errors='strict', buffering=-1", (py, [filename, , encoding]) =>
			py.call(py.builtin('open'), [filename], new Map([['encoding', encoding]])),
		),
		native('encode', "object, encoding='utf-8', errors='strict'", (py, [object, encoding, errors]) =>
			py.callMethod(object, 'encode', encoding, errors),
		),
		native('decode', "object, encoding='utf-8', errors='strict'", (py, [object, encoding, errors]) =>
			py.callMethod(object, 'decode', encoding, errors),
		),
	],
	{ open: true },
);

const platform = nativeModule(
	'platform',
	[
		native('system', '', (py) => ({ linux: 'Linux', darwin: 'Darwin', win32: 'Windows' })[py.host.platform]),
		native('python_implementation', '', () => 'CPython'),
		native('python_version', '', (py) => py.version.join('.')),
		native('python_version_tuple', '', (py) => new PyTuple(py.version.map(String))),
		...['machine', 'node', 'processor', 'release', 'version', 'uname', 'platform', 'architecture'].map((name) =>
			native(name, '*args, **keywords', (py) => py.unknown('what machine this is')),
		),
	],
	{ open: true },
);

/** `inspect` tells kinds of functions apart by these. */
const codeFlags = new PyDict();
for (const [flag, name] of [
	[1, 'OPTIMIZED'],
	[2, 'NEWLOCALS'],
	[4, 'VARARGS'],
	[8, 'VARKEYWORDS'],
	[16, 'NESTED'],
	[32, 'GENERATOR'],
	[64, 'NOFREE'],
	[128, 'COROUTINE'],
	[256, 'ITERABLE_COROUTINE'],
	[512, 'ASYNC_GENERATOR'],
] as const) {
	codeFlags.setKey(flag, flag, name);
}
const dis = nativeModule('dis', [['COMPILER_FLAG_NAMES', codeFlags]], { open: true });

/** Its files have random names; its folder is the first of those that it looks for. */
const tempfile = nativeModule(
	'tempfile',
	[
		native('gettempdir', '', (py) => {
			const named = ['TMPDIR', 'TEMP', 'TMP'].flatMap((name) => py.environment.get(name) || []);
			const folders = [...named, '/tmp', '/var/tmp', '/usr/tmp', py.host.cwd];
			return folders.find((folder) => py.host.stat(folder)?.type === 'directory') ?? py.unknown('the folder of temporary files');
		}),
	],
	{ open: true },
);

const others = [
	'_pyio zoneinfo ast opcode tokenize symtable codeop code cmd zipimport timeit compileall hashlib hmac logging.config logging.handlers shutil zipfile tarfile gzip bz2 lzma zlib asyncio.coroutines concurrent concurrent.futures ctypes ctypes.util ctypes.wintypes curses dbm ftplib http.server imaplib mmap multiprocessing',
	'multiprocessing.pool multiprocessing.synchronize nntplib pdb poplib profile cProfile pstats pty readline sched select selectors',
	'signal smtpd smtplib socketserver sqlite3 ssl telnetlib test tkinter trace tracemalloc tty unittest unittest.mock unittest.case',
	'unittest.util unittest.suite venv webbrowser wsgiref wsgiref.simple_server wsgiref.handlers wsgiref.util xmlrpc xmlrpc.client xmlrpc.server faulthandler doctest',
]
	.join(' ')
	.split(' ');

export const opaqueModules: readonly NativeModule[] = [
	asyncio,
	codecs,
	dis,
	platform,
	socket,
	subprocess,
	tempfile,

	...others.map((name) => nativeModule(name, [], { open: true, package: others.some((other) => other.startsWith(`${name}.`)) })),
];
