import { getter, method, native, nativeModule, newType, PyNative, staticMethod } from '../../runtime/native';
import { exceptionType, objectType, PyClass, PyFloat, PyInstance, type Value } from '../../values';

/** `_thread`: there is one thread; locks can always be had, and threads that are started never run. */
interface Lock {
	count: number;
}

function lockOf(self: Value): Lock {
	return self instanceof PyNative ? (self.data as Lock) : { count: 0 };
}

function lockType(name: string, reentrant: boolean): PyClass {
	const cls: PyClass = newType(name, '_thread', [
		staticMethod('__new__', 'cls, *args', (_py, [own]) => new PyNative<Lock>(own instanceof PyClass ? own : cls, { count: 0 })),
		method('acquire', 'self, blocking=True, timeout=-1', (_py, [self]) => {
			const lock = lockOf(self);
			lock.count = reentrant ? lock.count + 1 : 1;
			return true;
		}),
		method('release', 'self', (_py, [self]) => {
			const lock = lockOf(self);
			lock.count = Math.max(0, lock.count - 1);
			return null;
		}),
		method('locked', 'self', (_py, [self]) => lockOf(self).count > 0),
		method('__enter__', 'self', (_py, [self]) => {
			lockOf(self).count++;
			return true;
		}),
		method('__exit__', 'self, *args', (_py, [self]) => {
			lockOf(self).count--;
			return null;
		}),
		method('_is_owned', 'self', (_py, [self]) => lockOf(self).count > 0),
		method('_release_save', 'self', (_py, [self]) => {
			const lock = lockOf(self);
			const { count } = lock;
			lock.count = 0;
			return count;
		}),
		method('_acquire_restore', 'self, state', (_py, [self, state]) => {
			lockOf(self).count = typeof state === 'number' ? state : 1;
			return null;
		}),
		method('_at_fork_reinit', 'self', () => null),
	]);
	return cls;
}

const lock = lockType('lock', false);
const reentrantLock = lockType('RLock', true);

/** `threading.local`: a subclass's `__init__` runs once, for the one thread. */
const local = newType('_local', '_thread', [
	staticMethod('__new__', 'cls, *args, **keywords', (_py, [cls]) => new PyInstance(cls instanceof PyClass ? cls : local)),
]);

const handle = newType('_ThreadHandle', '_thread', [
	getter('ident', () => 1),
	method('is_done', 'self', () => true),
	method('join', 'self, timeout=None', () => null),
	method('_set_done', 'self', () => null),
]);

export const thread = nativeModule('_thread', [
	['LockType', lock],
	['lock', lock],
	['RLock', reentrantLock],
	['_local', local],
	['_ThreadHandle', handle],
	['error', exceptionType('RuntimeError')],
	['TIMEOUT_MAX', new PyFloat(9223372036)],
	['_ExceptHookArgs', newType('_ExceptHookArgs', '_thread', [], [objectType])],
	native('allocate_lock', '', () => new PyNative<Lock>(lock, { count: 0 })),
	native('allocate', '', () => new PyNative<Lock>(lock, { count: 0 })),
	native('_set_sentinel', '', () => new PyNative<Lock>(lock, { count: 0 })),
	native('get_ident', '', () => 1),
	native('get_native_id', '', () => 1),
	native('_get_main_thread_ident', '', () => 1),
	native('_make_thread_handle', 'ident', () => new PyInstance(handle)),
	native('start_new_thread', 'function, args, kwargs=None', () => 2),
	native('start_new', 'function, args, kwargs=None', () => 2),
	native('start_joinable_thread', 'function, handle=None, daemon=True', () => new PyInstance(handle)),
	native('daemon_threads_allowed', '', () => true),
	native('interrupt_main', '*args', () => null),
	native('stack_size', '*args', () => 0),
	native('_count', '', () => 0),
	native('_excepthook', '*args', () => null),
	native('_is_main_interpreter', '', () => true),
	native('_shutdown', '', () => null),
	native('set_name', '*args', () => null),
]);
