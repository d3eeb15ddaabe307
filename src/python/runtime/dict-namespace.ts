import { LazyBinding, type PyDict, type Value } from '../values';

/** A dict as a namespace to run text in, `exec(text, {…})`: live both ways. What is bound lazily waits beside it. */
export class DictNamespace extends Map<string, Value | LazyBinding> {
	constructor(private readonly dict: PyDict) {
		super();
	}
	override get size(): number {
		return [...this.keys()].length;
	}
	override has(name: string): boolean {
		return super.has(name) || this.dict.getKey(name) !== undefined;
	}
	override get(name: string): Value | LazyBinding | undefined {
		const waiting = super.get(name);
		return waiting === undefined ? this.dict.getKey(name) : waiting;
	}
	override set(name: string, value: Value | LazyBinding): this {
		if (value instanceof LazyBinding) {
			super.set(name, value);
			return this;
		}
		super.delete(name);
		this.dict.setKey(name, name, value);
		return this;
	}
	override delete(name: string): boolean {
		const waited = super.delete(name);
		return this.dict.deleteKey(name) || waited;
	}
	override *keys(): MapIterator<string> {
		for (const key of this.dict.keys()) if (typeof key === 'string') yield key;
		for (const key of super.keys()) if (this.dict.getKey(key) === undefined) yield key;
	}
	override *entries(): MapIterator<[string, Value | LazyBinding]> {
		for (const key of this.keys()) {
			const value = this.get(key);
			if (value !== undefined) yield [key, value];
		}
	}
	override *values(): MapIterator<Value | LazyBinding> {
		for (const [, value] of this.entries()) yield value;
	}
	override [Symbol.iterator](): MapIterator<[string, Value | LazyBinding]> {
		return this.entries();
	}
}
