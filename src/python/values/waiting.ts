import type { LazyBinding } from './lazy';
import type { Value } from './value';

/** A class's attributes, some of which are worked out when they are first asked for. To everybody else it is a Map of values. */
export class WaitingAttributes extends Map<string, Value> {
	private readonly waiting = new Map<string, LazyBinding>();

	wait(name: string, binding: LazyBinding): void {
		super.set(name, null);
		this.waiting.set(name, binding);
	}

	isWaiting(name: string): boolean {
		return this.waiting.has(name);
	}

	/** Without those that wait. */
	*made(): IterableIterator<[string, Value]> {
		for (const name of [...super.keys()]) if (!this.waiting.has(name)) yield [name, super.get(name) ?? null];
	}

	override get(name: string): Value | undefined {
		const own = super.get(name);
		// What waits stands as None.
		if (own !== null) return own;
		const binding = this.waiting.get(name);
		if (binding === undefined) return null;
		if (binding.resolving) return undefined;
		binding.resolving = true;
		try {
			const value = binding.resolve();
			if (this.waiting.get(name) === binding) this.set(name, value);
			return value;
		} finally {
			binding.resolving = false;
		}
	}

	override set(name: string, value: Value): this {
		this.waiting.delete(name);
		return super.set(name, value);
	}

	override delete(name: string): boolean {
		this.waiting.delete(name);
		return super.delete(name);
	}

	override clear(): void {
		this.waiting.clear();
		super.clear();
	}

	private settle(): void {
		for (const name of [...this.waiting.keys()]) this.get(name);
	}

	override entries(): ReturnType<Map<string, Value>['entries']> {
		this.settle();
		return super.entries();
	}

	override values(): ReturnType<Map<string, Value>['values']> {
		this.settle();
		return super.values();
	}

	override forEach(each: (value: Value, name: string, map: Map<string, Value>) => void): void {
		this.settle();
		super.forEach(each);
	}

	override [Symbol.iterator](): ReturnType<Map<string, Value>['entries']> {
		return this.entries();
	}
}
