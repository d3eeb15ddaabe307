import {
	type Attributes,
	dictType,
	type Entry,
	type HashKey,
	LazyBinding,
	mappingProxyType,
	type Namespace,
	PyClass,
	PyDict,
	type Value,
	wrote,
} from '../values';
import { evaluated } from './annotations';
import type { Machine } from './machine';
import type { Patches } from './patches';
import { DeferredClass } from './waiting/deferred-class';

/** A live view of a module's or class body's names as a dict: `globals()`, `locals()`, `vars(module)`, `module.__dict__`. */
export class NamespaceView extends PyDict {
	constructor(
		private readonly py: Machine,
		readonly names: Namespace,
	) {
		super(dictType);
	}
	override get size(): number {
		return this.names.size;
	}
	/** A name that is bound lazily may bring others, submodules say, when it is looked at. */
	override get watchesSize(): boolean {
		return false;
	}
	override getKey(hash: HashKey): Value | undefined {
		if (typeof hash !== 'string') return undefined;
		const value = this.names.get(hash);
		// A class that is being made has no name yet.
		if (value instanceof DeferredClass && value.unborn) return undefined;
		return value instanceof LazyBinding ? this.py.force(this.names, hash, value) : value;
	}
	override setKey(hash: HashKey, _key: Value, value: Value): void {
		wrote(this.names);
		if (typeof hash === 'string') this.names.set(hash, value);
	}
	override deleteKey(hash: HashKey): boolean {
		wrote(this.names);
		return typeof hash === 'string' && this.names.delete(hash);
	}
	override clear(): void {
		this.names.clear();
	}
	/** Over the names as they are now. */
	override *entries(): IterableIterator<Entry> {
		for (const key of [...this.names.keys()]) {
			const own = this.names.get(key);
			if (own instanceof PyClass && own.born > this.py.classes.time && own.source?.module.names === this.names) continue;
			if (own instanceof DeferredClass && own.made === undefined && own.born > this.py.classes.time) continue;
			const value = this.getKey(key);
			if (value !== undefined) yield { key, value };
		}
	}
	override *keys(): IterableIterator<Value> {
		yield* [...this.names.keys()];
	}
}

/** `Class.__dict__`: read-only; annotations are evaluated when they are asked for. */
export class ClassView extends PyDict {
	constructor(
		private readonly owner: PyClass,
		private readonly patches?: Patches,
	) {
		super(mappingProxyType);
	}
	override get size(): number {
		return this.owner.dict.size;
	}
	override getKey(hash: HashKey): Value | undefined {
		if (typeof hash !== 'string') return undefined;
		const { owner } = this;
		let value = owner.dict.get(hash);
		if (value === undefined) value = this.patches?.own(owner, hash);
		if (value !== undefined || hash !== '__annotations__' || !owner.annotate) return value;
		const annotations = evaluated(owner.annotate());
		owner.annotate = undefined;
		owner.dict.set(hash, annotations);
		return annotations;
	}
	override *entries(): IterableIterator<Entry> {
		for (const [key, value] of [...this.owner.dict]) yield { key, value };
	}
	override setKey(hash: HashKey, _key: Value, value: Value): void {
		if (typeof hash === 'string') this.owner.setOwn(hash, value);
	}
	override deleteKey(hash: HashKey): boolean {
		return typeof hash === 'string' && this.owner.deleteOwn(hash);
	}
}

/** A live view of an instance's own attributes: `__dict__`. */
export class AttributesView extends PyDict {
	constructor(
		readonly attributes: Attributes,
		cls: PyClass = dictType,
	) {
		super(cls);
	}
	override get size(): number {
		return this.attributes.size;
	}
	override getKey(hash: HashKey): Value | undefined {
		return typeof hash === 'string' ? this.attributes.get(hash) : undefined;
	}
	override setKey(hash: HashKey, _key: Value, value: Value): void {
		if (typeof hash === 'string') this.attributes.set(hash, value);
	}
	override deleteKey(hash: HashKey): boolean {
		return typeof hash === 'string' && this.attributes.delete(hash);
	}
	override clear(): void {
		this.attributes.clear();
	}
	override *entries(): IterableIterator<Entry> {
		for (const [key, value] of [...this.attributes]) yield { key, value };
	}
}
