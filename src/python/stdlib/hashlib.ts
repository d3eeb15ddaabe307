import { bytesOf } from '../builtins/arguments';
import type { Interpreter } from '../runtime/interpreter';
import { getter, method, native, nativeModule, newType } from '../runtime/native';
import { PyBytes, type PyClass, PyObject, textOf, type Value } from '../values';
import { md5, sha1, sha256 } from './digest';

/** Native: `_hashlib` and its like are written in C. Algorithms beyond the three here give unknown digests. */

const algorithms: Readonly<Record<string, { readonly size: number; readonly compute?: (bytes: Uint8Array) => Uint8Array }>> = {
	md5: { size: 16, compute: md5 },
	sha1: { size: 20, compute: sha1 },
	sha224: { size: 28 },
	sha256: { size: 32, compute: sha256 },
	sha384: { size: 48 },
	sha512: { size: 64 },
	sha3_256: { size: 32 },
	sha3_512: { size: 64 },
	blake2b: { size: 64 },
	blake2s: { size: 32 },
};

class PyHash extends PyObject {
	constructor(
		readonly name: string,
		public data: Uint8Array,
	) {
		super(hashType);
	}
}

function own(py: Interpreter, self: Value): PyHash {
	return self instanceof PyHash ? self : py.raise('TypeError', 'expected a hash object');
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
	const all = new Uint8Array(a.length + b.length);
	all.set(a);
	all.set(b, a.length);
	return all;
}

function digest(py: Interpreter, self: Value, show: (bytes: Uint8Array) => Value): Value {
	const hash = own(py, self);
	const compute = algorithms[hash.name]?.compute;
	return compute ? show(compute(hash.data)) : py.unknown(`a ${hash.name} digest`);
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const hashType: PyClass = newType('HASH', '_hashlib', [
	method('update', 'self, data, /', (py, [self, data]) => {
		const bytes = bytesOf(data);
		if (!bytes) return py.raise('TypeError', 'Strings must be encoded before hashing');
		own(py, self).data = joined(own(py, self).data, bytes);
		return null;
	}),
	method('digest', 'self', (py, [self]) => digest(py, self, (bytes) => new PyBytes(bytes))),
	method('hexdigest', 'self', (py, [self]) => digest(py, self, hex)),
	method('copy', 'self', (py, [self]) => new PyHash(own(py, self).name, own(py, self).data)),
	getter('name', (py, self) => own(py, self).name),
	getter('digest_size', (py, self) => algorithms[own(py, self).name]?.size ?? 0),
	getter('block_size', (py, self) => (/512|384|blake2b/.test(own(py, self).name) ? 128 : 64)),
]);

function make(py: Interpreter, name: string, data: Value): Value {
	const bytes = bytesOf(data);
	if (!bytes) return py.raise('TypeError', 'Strings must be encoded before hashing');
	return new PyHash(name, bytes);
}

const empty = new PyBytes(new Uint8Array());

export const hashlib = nativeModule(
	'hashlib',
	[
		...Object.keys(algorithms).map((name) =>
			native(name, 'string?, *, usedforsecurity=True', (py, [data]) => make(py, name, data ?? empty)),
		),
		native('new', 'name, string?, *, usedforsecurity=True', (py, [name, data]) =>
			make(py, (textOf(name) ?? '').toLowerCase(), data ?? empty),
		),
		native('pbkdf2_hmac', '*args, **kwargs', (py) => py.unknown('a key derivation')),
		native('scrypt', '*args, **kwargs', (py) => py.unknown('a key derivation')),
	],
	{
		lazy: {
			algorithms_available: (py) =>
				py.call(py.builtin('set'), [py.call(py.builtin('list'), [py.iterator(Object.keys(algorithms))])]),
			algorithms_guaranteed: (py) =>
				py.call(py.builtin('set'), [py.call(py.builtin('list'), [py.iterator(Object.keys(algorithms))])]),
		},
	},
);
