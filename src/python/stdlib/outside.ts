import { type Member, type NativeModule, native, nativeModule, newType, staticMethod } from '../runtime/native';
import { exceptionType, PyBoundMethod, PyClass, PyFunction, typeType, type Value } from '../values';

/**
 * Modules that reach outside of the process: event loops, the network, other processes. Their exceptions and a few plain names are
 * there; whatever else is asked of them is unknown, with that as the reason.
 */
function outside(name: string, what: string, members: readonly Member[], asPackage = false): NativeModule {
	const rest = native('__getattr__', 'name', (py, [asked]) => {
		if (typeof asked === 'string' && asked.startsWith('__'))
			return py.raise('AttributeError', `module '${name}' has no attribute '${asked}'`);
		return py.unknown(`${name}.${py.str(asked)} (${what})`);
	});
	return nativeModule(name, [rest, ...members], { package: asPackage });
}

function exception(name: string, module: string, base: string): Member {
	const parent = exceptionType(base);
	const cls = new PyClass(name, module, [parent], new Map(), typeType);
	cls.mro = [cls, ...parent.mro];
	cls.immutable = true;
	return [name, cls];
}

/** Classes to derive from and to compare with; an instance can't be known. */
const classes = (module: string, ...names: string[]): Member[] =>
	names.map((name) => {
		const make = staticMethod('__new__', 'cls, *args, **kwargs', (py) => py.unknown(`${module}.${name}()`), {
			acceptsUnknown: true,
		});
		return [name, newType(name, module, [make])];
	});
const constants = (values: Readonly<Record<string, Value>>): Member[] => Object.entries(values);

/** A function, or a method bound of one, that is declared with `async def` or marked as one. */
function isCoroutineFunction(value: Value): boolean {
	const fn = value instanceof PyBoundMethod ? value.func : value;
	return (
		fn instanceof PyFunction &&
		((fn.node.kind === 'FunctionDef' && fn.node.async && !fn.node.generator) ||
			fn.attrs?.has('_is_coroutine') === true ||
			fn.attrs?.has('_is_coroutine_mark') === true)
	);
}

const iscoroutinefunction = native('iscoroutinefunction', 'func', (_, [fn]) => isCoroutineFunction(fn));
const noLoop = native('get_running_loop', '', (py) => py.raise('RuntimeError', 'no running event loop'));
const marker = newType('_is_coroutine', 'asyncio.coroutines', []);

const asyncioMembers: readonly Member[] = [
	iscoroutinefunction,
	noLoop,
	native('_get_running_loop', '', () => null),
	native('current_task', 'loop=None', () => null),
	native('iscoroutine', 'obj', () => false),
	native('isfuture', 'obj', () => false),
	exception('CancelledError', 'asyncio.exceptions', 'BaseException'),
	['TimeoutError', exceptionType('TimeoutError')],
	exception('InvalidStateError', 'asyncio.exceptions', 'Exception'),
	exception('QueueEmpty', 'asyncio', 'Exception'),
	exception('QueueFull', 'asyncio', 'Exception'),
	exception('IncompleteReadError', 'asyncio', 'EOFError'),
	...classes(
		'asyncio',
		'AbstractEventLoop',
		'BaseEventLoop',
		'Future',
		'Task',
		'Event',
		'Lock',
		'Condition',
		'Semaphore',
		'BoundedSemaphore',
		'Queue',
		'PriorityQueue',
		'LifoQueue',
		'Protocol',
		'BaseProtocol',
		'DatagramProtocol',
		'SubprocessProtocol',
		'Transport',
		'BaseTransport',
		'Handle',
		'TimerHandle',
		'StreamReader',
		'StreamWriter',
		'TaskGroup',
		'Runner',
		'AbstractEventLoopPolicy',
		'DefaultEventLoopPolicy',
		'AbstractServer',
		'Server',
	),
];

export const outsideModules: readonly NativeModule[] = [
	outside('asyncio', 'no event loop runs', asyncioMembers, true),
	outside('asyncio.coroutines', 'no event loop runs', [iscoroutinefunction, ['_is_coroutine', marker]]),
	outside('asyncio.events', 'no event loop runs', asyncioMembers),
	outside('asyncio.futures', 'no event loop runs', asyncioMembers),
	outside('asyncio.tasks', 'no event loop runs', asyncioMembers),
	outside('asyncio.exceptions', 'no event loop runs', asyncioMembers),
	outside('asyncio.locks', 'no event loop runs', asyncioMembers),
	outside('asyncio.queues', 'no event loop runs', asyncioMembers),
	outside('asyncio.subprocess', 'no process is started', constants({ PIPE: -1, STDOUT: -2, DEVNULL: -3 })),
	outside('ssl', 'the network is not reached', [
		exception('SSLError', 'ssl', 'OSError'),
		exception('SSLCertVerificationError', 'ssl', 'OSError'),
		exception('CertificateError', 'ssl', 'OSError'),
		exception('SSLZeroReturnError', 'ssl', 'OSError'),
		exception('SSLWantReadError', 'ssl', 'OSError'),
		exception('SSLWantWriteError', 'ssl', 'OSError'),
		exception('SSLSyscallError', 'ssl', 'OSError'),
		exception('SSLEOFError', 'ssl', 'OSError'),
		...classes('ssl', 'SSLContext', 'SSLSocket', 'SSLObject', 'MemoryBIO', 'SSLSession'),
		...constants({
			CERT_NONE: 0,
			CERT_OPTIONAL: 1,
			CERT_REQUIRED: 2,
			PROTOCOL_TLS: 2,
			PROTOCOL_SSLv23: 2,
			PROTOCOL_TLS_CLIENT: 16,
			PROTOCOL_TLS_SERVER: 17,
			PROTOCOL_TLSv1: 3,
			PROTOCOL_TLSv1_1: 4,
			PROTOCOL_TLSv1_2: 5,
			OP_NO_SSLv2: 0,
			OP_NO_SSLv3: 33554432,
			OP_NO_TLSv1: 67108864,
			OP_NO_TLSv1_1: 268435456,
			OP_NO_COMPRESSION: 131072,
			OP_NO_TICKET: 16384,
			OP_ALL: 2147483728,
			HAS_SNI: true,
			HAS_ALPN: true,
			HAS_NEVER_CHECK_COMMON_NAME: true,
			OPENSSL_VERSION: 'OpenSSL 3.0',
			OPENSSL_VERSION_NUMBER: 805306368,
			VERIFY_X509_STRICT: 32,
			VERIFY_X509_PARTIAL_CHAIN: 524288,
		}),
	]),
	outside('socket', 'the network is not reached', [
		['error', exceptionType('OSError')],
		['timeout', exceptionType('TimeoutError')],
		exception('gaierror', 'socket', 'OSError'),
		exception('herror', 'socket', 'OSError'),
		...classes('socket', 'socket', 'SocketType'),
		native('getfqdn', "name=''", (py) => py.unknown("the machine's name")),
		native('gethostname', '', (py) => py.unknown("the machine's name")),
		native('setdefaulttimeout', 'timeout', () => null),
		native('getdefaulttimeout', '', () => null),
		...constants({
			AF_UNSPEC: 0,
			AF_UNIX: 1,
			AF_INET: 2,
			AF_INET6: 10,
			SOCK_STREAM: 1,
			SOCK_DGRAM: 2,
			SOCK_RAW: 3,
			SOL_SOCKET: 1,
			SO_REUSEADDR: 2,
			SO_KEEPALIVE: 9,
			SO_REUSEPORT: 15,
			SO_ERROR: 4,
			SO_LINGER: 13,
			SO_SNDBUF: 7,
			SO_RCVBUF: 8,
			SO_BROADCAST: 6,
			IPPROTO_TCP: 6,
			IPPROTO_UDP: 17,
			IPPROTO_IP: 0,
			IPPROTO_IPV6: 41,
			IPV6_V6ONLY: 26,
			TCP_NODELAY: 1,
			TCP_KEEPIDLE: 4,
			TCP_KEEPINTVL: 5,
			TCP_KEEPCNT: 6,
			SHUT_RD: 0,
			SHUT_WR: 1,
			SHUT_RDWR: 2,
			SOMAXCONN: 4096,
			AI_PASSIVE: 1,
			has_ipv6: true,
			INADDR_ANY: 0,
			MSG_PEEK: 2,
			MSG_DONTWAIT: 64,
			_GLOBAL_DEFAULT_TIMEOUT: marker,
			EAI_NONAME: -2,
			EAI_AGAIN: -3,
			NI_NUMERICHOST: 1,
			NI_MAXHOST: 1025,
			NI_NUMERICSERV: 2,
		}),
	]),
	outside('select', 'the network is not reached', [['error', exceptionType('OSError')]]),
	outside('selectors', 'the network is not reached', [
		...classes('selectors', 'BaseSelector', 'DefaultSelector', 'SelectSelector'),
		...constants({ EVENT_READ: 1, EVENT_WRITE: 2 }),
	]),
	outside('subprocess', 'no process is started', [
		exception('SubprocessError', 'subprocess', 'Exception'),
		exception('CalledProcessError', 'subprocess', 'Exception'),
		exception('TimeoutExpired', 'subprocess', 'Exception'),
		...classes('subprocess', 'Popen', 'CompletedProcess'),
		...constants({ PIPE: -1, STDOUT: -2, DEVNULL: -3 }),
	]),
	outside(
		'multiprocessing',
		'no process is started',
		[native('cpu_count', '', (py) => py.unknown('the number of processors')), ...classes('multiprocessing', 'Process')],
		true,
	),
	outside('multiprocessing.pool', 'no process is started', classes('multiprocessing.pool', 'Pool', 'ThreadPool')),
	outside('multiprocessing.managers', 'no process is started', []),
	outside('multiprocessing.context', 'no process is started', []),
	outside('multiprocessing.util', 'no process is started', []),
	outside(
		'ctypes',
		'compiled code is not called',
		[...classes('ctypes', 'Structure', 'Union', 'c_char_p', 'c_int', 'c_void_p')],
		true,
	),
	outside('ctypes.util', 'compiled code is not called', [
		native('find_library', 'name', (py) => py.unknown('libraries of the machine')),
	]),
	outside('signal', 'the process gets no signals', [
		native('signal', 'signum, handler', () => null, { acceptsUnknown: true }),
		native('getsignal', 'signum', () => null),
		...constants({
			SIGINT: 2,
			SIGTERM: 15,
			SIGHUP: 1,
			SIGKILL: 9,
			SIGUSR1: 10,
			SIGUSR2: 12,
			SIGCHLD: 17,
			SIGALRM: 14,
			SIGPIPE: 13,
			SIGQUIT: 3,
			SIGABRT: 6,
			SIGSEGV: 11,
			SIGCONT: 18,
			SIGSTOP: 19,
			SIGTSTP: 20,
			SIGWINCH: 28,
			SIG_DFL: 0,
			SIG_IGN: 1,
			SIGTTIN: 21,
			SIGTTOU: 22,
		}),
	]),
	nativeModule('atexit', [
		native('register', 'func, *args, **kwargs', (_, [fn]) => fn, { acceptsUnknown: true }),
		native('unregister', 'func', () => null),
	]),
	nativeModule('gc', [
		...['collect', 'disable', 'enable', 'freeze', 'set_threshold', 'set_debug'].map((name) =>
			native(name, '*args', (): Value => 0),
		),
		native('isenabled', '', () => true),
	]),
	nativeModule(
		'faulthandler',
		['enable', 'disable', 'register', 'dump_traceback_later'].map((name) => native(name, '*args, **kwargs', (): Value => null)),
	),
];
