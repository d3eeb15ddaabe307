import type { PyClass } from './class';
import { dictType, frozendictType, frozensetType, listType, mappingProxyType, setType, tupleType } from './core-types';
import { type Hasher, type HashKey, hashKey } from './hash';
import { wrote } from './trial';
import { PyObject, type Value } from './value';

export class PyList extends PyObject {
	constructor(
		public items: Value[],
		cls: PyClass = listType,
	) {
		super(cls);
	}
}

export class PyTuple extends PyObject {
	constructor(
		readonly items: readonly Value[],
		cls: PyClass = tupleType,
	) {
		super(cls);
	}
}

/** set or frozenset, as its `cls` says. Python's order of a set is arbitrary; ours is that of insertion. */
export class PySet extends PyObject {
	readonly map = new Map<HashKey, Value>();
	constructor(cls: PyClass = setType) {
		super(cls);
	}
	get frozen(): boolean {
		return this.cls.derivesFrom(frozensetType);
	}
	get size(): number {
		return this.map.size;
	}
	has(py: Hasher, value: Value): boolean {
		return this.map.has(hashKey(py, value));
	}
	add(py: Hasher, value: Value): void {
		const key = hashKey(py, value);
		if (this.map.has(key)) return;
		wrote(this);
		this.map.set(key, value);
	}
	/** False when it was not there. */
	delete(py: Hasher, value: Value): boolean {
		wrote(this);
		return this.map.delete(hashKey(py, value));
	}
	values(): IterableIterator<Value> {
		return this.map.values();
	}
}

export interface Entry {
	readonly key: Value;
	value: Value;
}

/** A dict, in order of insertion. Reads and writes go through the methods: a namespace's live view (`globals()`) overrides them. */
export class PyDict extends PyObject {
	protected readonly map = new Map<HashKey, Entry>();
	constructor(cls: PyClass = dictType) {
		super(cls);
	}
	/** A view, or a `frozendict`. */
	get readOnly(): boolean {
		return this.cls === mappingProxyType || this.cls === frozendictType;
	}
	/** Whether an iterator over it complains when entries come or go meanwhile. */
	get watchesSize(): boolean {
		return true;
	}
	get size(): number {
		return this.map.size;
	}
	/** Undefined when the key is missing; `TypeError` is raised for an unhashable key. */
	get(py: Hasher, key: Value): Value | undefined {
		return this.getKey(typeof key === 'string' ? key : hashKey(py, key));
	}
	has(py: Hasher, key: Value): boolean {
		return this.get(py, key) !== undefined;
	}
	set(py: Hasher, key: Value, value: Value): void {
		this.setKey(typeof key === 'string' ? key : hashKey(py, key), key, value);
	}
	/** False when it was not there. */
	delete(py: Hasher, key: Value): boolean {
		return this.deleteKey(typeof key === 'string' ? key : hashKey(py, key));
	}
	getStr(key: string): Value | undefined {
		return this.getKey(key);
	}
	setStr(key: string, value: Value): void {
		this.setKey(key, key, value);
	}
	clear(): void {
		wrote(this);
		this.map.clear();
	}
	/** Insertion order; safe against changes of values while iterating. */
	entries(): Iterable<Entry> {
		return this.map.values();
	}
	getKey(hash: HashKey): Value | undefined {
		return this.map.get(hash)?.value;
	}
	setKey(hash: HashKey, key: Value, value: Value): void {
		const entry = this.map.get(hash);
		if (entry?.value !== value) wrote(this);
		if (entry) entry.value = value;
		else this.map.set(hash, { key, value });
	}
	deleteKey(hash: HashKey): boolean {
		wrote(this);
		return this.map.delete(hash);
	}
	*keys(): IterableIterator<Value> {
		for (const entry of this.entries()) yield entry.key;
	}
	*values(): IterableIterator<Value> {
		for (const entry of this.entries()) yield entry.value;
	}
}
