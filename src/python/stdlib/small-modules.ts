import { getter, method, type NativeModule, native, nativeModule, newType } from '../runtime/native';
import { PyDict, PyTuple, tupleType, type Value } from '../values';
import { strftime } from './strftime';

/** Modules written in C of which configuration only uses names, or that tell of the running process. */

const errors: Readonly<Record<string, number>> = {
	EPERM: 1,
	ENOENT: 2,
	ESRCH: 3,
	EINTR: 4,
	EIO: 5,
	EBADF: 9,
	ECHILD: 10,
	EAGAIN: 11,
	EWOULDBLOCK: 11,
	ENOMEM: 12,
	EACCES: 13,
	EBUSY: 16,
	EEXIST: 17,
	EXDEV: 18,
	ENOTDIR: 20,
	EISDIR: 21,
	EINVAL: 22,
	EMFILE: 24,
	ENOTTY: 25,
	ENOSPC: 28,
	EROFS: 30,
	EPIPE: 32,
	ENAMETOOLONG: 36,
	ENOSYS: 38,
	ENOTEMPTY: 39,
	ELOOP: 40,
	ENODATA: 61,
	EOPNOTSUPP: 95,
	ENOTSUP: 95,
	EADDRINUSE: 98,
	ECONNABORTED: 103,
	ECONNRESET: 104,
	ENOTCONN: 107,
	ESHUTDOWN: 108,
	ETIMEDOUT: 110,
	ECONNREFUSED: 111,
	EHOSTUNREACH: 113,
	EALREADY: 114,
	EINPROGRESS: 115,
	ENOTSOCK: 88,
};

const errno = nativeModule('errno', Object.entries(errors), {
	lazy: {
		errorcode: (py) => {
			const dict = new PyDict();
			for (const [name, number] of Object.entries(errors)) dict.set(py, number, name);
			return dict;
		},
	},
});

const atexit = nativeModule(
	'atexit',
	['register', 'unregister', '_clear', '_run_exitfuncs'].map((name) =>
		native(name, 'func=None, /, *args, **kwargs', (_, [func]) => (name === 'register' ? func : null), { acceptsUnknown: true }),
	),
);

const clocks = ['time', 'monotonic', 'perf_counter', 'process_time', 'thread_time', 'time_ns', 'monotonic_ns', 'perf_counter_ns'];
const timeFields = ['year', 'mon', 'mday', 'hour', 'min', 'sec', 'wday', 'yday', 'isdst'].map((name) => `tm_${name}`);
const structTime = newType(
	'struct_time',
	'time',
	[
		...timeFields.map((name, at) => getter(name, (_, self) => (self instanceof PyTuple ? (self.items[at] ?? null) : null))),
		method('__repr__', 'self, /', (py, [self]) => {
			const items = self instanceof PyTuple ? self.items : [];
			return `time.struct_time(${timeFields.map((name, at) => `${name}=${py.repr(items[at] ?? null)}`).join(', ')})`;
		}),
	],
	[tupleType],
);
const time = nativeModule('time', [
	...clocks.map((name) => native(name, '', (py) => py.unknown('the time'))),
	...['localtime', 'gmtime', 'ctime', 'asctime', 'strptime', 'mktime', 'get_clock_info'].map((name) =>
		native(name, '*args', (py) => py.unknown('the time')),
	),
	native('strftime', 'format, tuple=None, /', (py, [format, tuple]) =>
		tuple === null ? py.unknown('the time') : strftime(py, format, tuple),
	),
	native('sleep', 'secs, /', () => null, { acceptsUnknown: true }),
	native('tzset', '', () => null),
	['timezone', 0],
	['altzone', 0],
	['daylight', 0],
	['tzname', new PyTuple(['UTC', 'UTC'])],
	['struct_time', structTime],
	['CLOCK_REALTIME', 0],
	['CLOCK_MONOTONIC', 1],
]);

const random = nativeModule(
	'random',
	[
		...[
			'random',
			'randint',
			'randrange',
			'choice',
			'choices',
			'sample',
			'uniform',
			'gauss',
			'getrandbits',
			'randbytes',
			'triangular',
			'betavariate',
			'expovariate',
			'normalvariate',
		].map((name) => native(name, '*args, **kwargs', (py) => py.unknown('a random value'), { acceptsUnknown: true })),
		native('seed', '*args, **kwargs', () => null, { acceptsUnknown: true }),
		native('shuffle', 'x', () => null, { acceptsUnknown: true }),
		native('getstate', '', (py) => py.unknown('a random state')),
		native('setstate', 'state', () => null),
		...['Random', 'SystemRandom'].map((name): readonly [string, Value] => [name, randomClass(name)]),
	],
	{ open: true },
);

function randomClass(name: string) {
	return newType(name, 'random', [
		// With a seed, too.
		method('__init__', 'self, *args, **kwargs', () => null, { acceptsUnknown: true }),
		...['random', 'randint', 'randrange', 'choice', 'choices', 'sample', 'uniform', 'getrandbits', 'shuffle', 'seed'].map((one) =>
			native(one, '*args, **kwargs', (py) => py.unknown('a random value'), { acceptsUnknown: true }),
		),
	]);
}

const secrets = nativeModule('secrets', [
	...['token_hex', 'token_urlsafe', 'token_bytes', 'choice', 'randbelow', 'randbits'].map((name) =>
		native(name, '*args', (py) => py.unknown('a random value')),
	),
	native('compare_digest', 'a, b', (py, [a, b]) => py.equals(a, b)),
	['SystemRandom', randomClass('SystemRandom')],
	['DEFAULT_ENTROPY', 32],
]);

/** The limits of whichever process will serve are not known: none is assumed, which is what `RLIM_INFINITY` says. */
const resource = nativeModule(
	'resource',
	[
		native('getrusage', 'who', (py) => py.unknown("the process's resources")),
		['RUSAGE_SELF', 0],
		['RLIM_INFINITY', -1],
		['RLIMIT_NOFILE', 7],
		native('getrlimit', 'resource, /', () => new PyTuple([-1, -1])),
		native('setrlimit', 'resource, limits, /', () => null),
	],
	{ open: true },
);

/** Bits of `co_flags`, of which the source of `inspect` makes names. */
const codeFlags = [
	'OPTIMIZED',
	'NEWLOCALS',
	'VARARGS',
	'VARKEYWORDS',
	'NESTED',
	'GENERATOR',
	'NOFREE',
	'COROUTINE',
	'ITERABLE_COROUTINE',
	'ASYNC_GENERATOR',
];
const dis = nativeModule('dis', [], {
	open: true,
	lazy: {
		COMPILER_FLAG_NAMES: (py) => {
			const dict = new PyDict();
			codeFlags.forEach((name, bit) => {
				dict.set(py, 2 ** bit, name);
			});
			return dict;
		},
	},
});

export const smallModules: readonly NativeModule[] = [errno, atexit, time, random, secrets, resource, dis];
