import type { LazyBinding, Value } from '../../values';

/**
 * What modules' names stood for before somebody put something else in their place: `urls.path = patched`. An import that ran before that,
 * and whose name waits here, is to get what it would have got then.
 */
export class Replacements {
	/** How many there were so far. */
	count = 0;
	private readonly past = new Map<string, { readonly at: number; readonly value: Value | LazyBinding }[]>();

	/** `target`: `module.name`, `value` what it is until now. */
	note(target: string, value: Value | LazyBinding): void {
		const known = this.past.get(target);
		const entry = { at: this.count++, value };
		if (known) known.push(entry);
		else this.past.set(target, [entry]);
	}

	/** What the name stood for when there were `count` replacements; undefined when it still does. */
	before(target: string, count: number): Value | LazyBinding | undefined {
		return this.past.get(target)?.find(({ at }) => at >= count)?.value;
	}
}
