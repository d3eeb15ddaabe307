import type { Value } from './value';

/**
 * Attributes of which some are known before the rest has been worked out. Whoever asks for another one, or for all, has that done;
 * from then on their owner has other attributes, to which this passes on whoever still holds it.
 */
export class UnfinishedAttributes extends Map<string, Value> {
	constructor(
		readonly known: ReadonlyMap<string, Value>,
		/** Works out the rest; the attributes that the owner has then, itself while that is going on. */
		private readonly finished: () => Map<string, Value> | undefined,
		/** Names that will not be there. */
		private readonly isAbsent: (name: string) => boolean = () => false,
	) {
		super();
	}

	private get whole(): Map<string, Value> {
		const whole = this.finished();
		return whole === undefined || whole === this ? new Map(this.known) : whole;
	}

	override get(name: string): Value | undefined {
		const known = this.known.get(name);
		return known !== undefined || this.isAbsent(name) ? known : this.whole.get(name);
	}

	override has(name: string): boolean {
		return this.known.has(name) || (!this.isAbsent(name) && this.whole.has(name));
	}

	override set(name: string, value: Value): this {
		this.whole.set(name, value);
		return this;
	}

	override delete(name: string): boolean {
		return this.whole.delete(name);
	}

	override clear(): void {
		this.whole.clear();
	}

	override get size(): number {
		return this.whole.size;
	}

	override keys(): ReturnType<Map<string, Value>['keys']> {
		return this.whole.keys();
	}

	override entries(): ReturnType<Map<string, Value>['entries']> {
		return this.whole.entries();
	}

	override values(): ReturnType<Map<string, Value>['values']> {
		return this.whole.values();
	}

	override forEach(each: (value: Value, name: string, map: Map<string, Value>) => void): void {
		this.whole.forEach(each);
	}

	override [Symbol.iterator](): ReturnType<Map<string, Value>['entries']> {
		return this.entries();
	}
}
