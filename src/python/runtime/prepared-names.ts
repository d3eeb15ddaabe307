import { LazyBinding, PyBuiltin, type PyDict, type Value } from '../values';
import type { Machine } from './machine';

/**
 * The namespace of a class body where the metaclass's `__prepare__` gave a dict of its own kind: what the body binds goes
 * through that dict at once, and what it reads is what the dict made of it (an enumeration turns `auto()` into a value).
 */
export class PreparedNames extends Map<string, Value | LazyBinding> {
	constructor(
		private readonly py: Machine,
		private readonly dict: PyDict,
	) {
		super();
		for (const { key, value } of dict.entries()) if (typeof key === 'string') super.set(key, value);
	}

	override set(name: string, value: Value | LazyBinding): this {
		// Map's own constructor sets before there is a dict.
		if (!this.dict || value instanceof LazyBinding) return super.set(name, value);
		const custom = this.dict.cls.lookup('__setitem__');
		if (custom === undefined || custom instanceof PyBuiltin) this.dict.setStr(name, value);
		else this.py.setItem(this.dict, name, value);
		return super.set(name, this.dict.getStr(name) ?? value);
	}

	override delete(name: string): boolean {
		this.dict.delete(this.py, name);
		return super.delete(name);
	}

	/** Into the dict with what was bound lazily. */
	settle(): void {
		for (const [name, value] of this) if (value instanceof LazyBinding) this.set(name, value.resolve());
	}
}
