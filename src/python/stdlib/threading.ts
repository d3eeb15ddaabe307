import { getter, type Member, method, native, nativeModule, newType } from '../runtime/native';
import { exceptionType, PyDict, PyList, type Value } from '../values';

/** There is one thread: locks are free, threads are never started, what they would have done is not known. */

const anything = { acceptsUnknown: true };

/** `with lock:`, acquire and release: all succeed. */
const lockMembers: readonly Member[] = [
	method('__init__', 'self, *args, **kwargs', () => null, anything),
	method('acquire', 'self, blocking=True, timeout=-1', () => true, anything),
	method('release', 'self, *args', () => null),
	method('locked', 'self', () => false),
	method('__enter__', 'self', () => true),
	method('__exit__', 'self, *args', () => null, anything),
	method('wait', 'self, timeout=None', () => true, anything),
	method('wait_for', 'self, predicate, timeout=None', (py, [, predicate]) => py.call(predicate)),
	method('notify', 'self, n=1', () => null),
	method('notify_all', 'self', () => null),
	method('_is_owned', 'self', () => true),
	method('_at_fork_reinit', 'self', () => null),
	method('_release_save', 'self', () => null),
	method('_acquire_restore', 'self, state', () => null),
];
const lock = newType('lock', '_thread', lockMembers);
const rlock = newType('RLock', '_thread', lockMembers);
const condition = newType('Condition', 'threading', lockMembers);
const semaphore = newType('Semaphore', 'threading', lockMembers);
const boundedSemaphore = newType('BoundedSemaphore', 'threading', [], [semaphore]);
const barrier = newType('Barrier', 'threading', lockMembers);

const event = newType('Event', 'threading', [
	method('__init__', 'self', () => null),
	method('set', 'self', (py, [self]) => {
		py.setAttr(self, '_flag', true);
		return null;
	}),
	method('clear', 'self', (py, [self]) => {
		py.setAttr(self, '_flag', false);
		return null;
	}),
	method('is_set', 'self', (py, [self]) => py.findAttr(self, '_flag') ?? false),
	method('wait', 'self, timeout=None', (py, [self]) => py.findAttr(self, '_flag') ?? false, anything),
]);

const thread = newType('Thread', 'threading', [
	method(
		'__init__',
		'self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None, **more',
		(py, [self, , target, name, args, kwargs, daemon]) => {
			py.setAttr(self, '_target', target);
			py.setAttr(self, '_args', args);
			py.setAttr(self, '_kwargs', kwargs ?? new PyDict());
			py.setAttr(self, 'name', name ?? 'Thread-1');
			py.setAttr(self, 'daemon', daemon ?? false);
			return null;
		},
		anything,
	),
	method('start', 'self', () => null),
	method('run', 'self', () => null),
	method('join', 'self, timeout=None', () => null, anything),
	method('cancel', 'self', () => null),
	method('is_alive', 'self', () => false),
	method('isDaemon', 'self', (py, [self]) => py.findAttr(self, 'daemon') ?? false),
	method('setDaemon', 'self, daemonic', (py, [self, daemonic]) => {
		py.setAttr(self, 'daemon', daemonic);
		return null;
	}),
	method('getName', 'self', (py, [self]) => py.getAttr(self, 'name')),
	method('setName', 'self, name', (py, [self, name]) => {
		py.setAttr(self, 'name', name);
		return null;
	}),
	getter('ident', () => 1),
	getter('native_id', () => 1),
]);
const timer = newType(
	'Timer',
	'threading',
	[
		method(
			'__init__',
			'self, interval, function, args=None, kwargs=None',
			(py, [self, interval, target]) => {
				py.setAttr(self, 'interval', interval);
				py.setAttr(self, 'function', target);
				return null;
			},
			anything,
		),
	],
	[thread],
);
const local = newType('local', '_thread', [method('__init__', 'self, *args, **kwargs', () => null, anything)]);

const mainKey = Symbol('main thread');
const current = native('current_thread', '', (py) =>
	py.state(mainKey, () => {
		const main = py.call(thread);
		py.setAttr(main, 'name', 'MainThread');
		return main;
	}),
);
const identity = native('get_ident', '', () => 1);
const ignored = (name: string, signature: string): Member => native(name, signature, (): Value => null, anything);

export const threading = nativeModule('threading', [
	['Lock', lock],
	['RLock', rlock],
	['_RLock', rlock],
	['_PyRLock', rlock],
	['_CRLock', rlock],
	['Condition', condition],
	['Semaphore', semaphore],
	['BoundedSemaphore', boundedSemaphore],
	['Barrier', barrier],
	['Event', event],
	['Thread', thread],
	['_DummyThread', thread],
	['_MainThread', thread],
	['Timer', timer],
	['local', local],
	['ThreadError', exceptionType('RuntimeError')],
	['BrokenBarrierError', exceptionType('RuntimeError')],
	['TIMEOUT_MAX', 9223372036],
	current,
	['currentThread', current],
	['main_thread', current],
	identity,
	['get_native_id', identity],
	native('active_count', '', () => 1),
	native('enumerate', '', (py) => new PyList([py.call(current)])),
	native('stack_size', 'size=0', () => 0),
	ignored('settrace', 'func'),
	ignored('setprofile', 'func'),
	ignored('excepthook', 'args'),
	ignored('_register_atexit', 'func, *args, **kwargs'),
	ignored('_shutdown', ''),
]);

export const privateThread = nativeModule('_thread', [
	['LockType', lock],
	['lock', lock],
	['RLock', rlock],
	['_local', local],
	['error', exceptionType('RuntimeError')],
	['TIMEOUT_MAX', 9223372036],
	native('allocate_lock', '', (py) => py.call(lock)),
	identity,
	['get_native_id', identity],
	native('_count', '', () => 0),
	ignored('start_new_thread', 'function, args, kwargs?'),
	native('stack_size', 'size=0', () => 0),
]);
