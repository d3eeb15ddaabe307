import type { Kept, Possible, Scope } from './scope';

/** What is being asked on the way to an answer, so that a variable or attribute that depends on itself adds nothing. */
export class Questions {
	private readonly asked = new Set<string>();
	private readonly ids = new Map<object, number>();
	/** How often a question was given up because it was being asked. */
	private circles = 0;

	/** Worked out once for each way in which the function is called, unless it depends on what was asked before. */
	kept<K, V>(all: Kept<K, V>, scope: Scope, key: K, name: string, work: () => V): V {
		const known = all.of(scope, name);
		const before = known.get(key);
		if (before !== undefined || known.has(key)) return before as V;
		const { circles } = this;
		const value = work();
		if (circles === this.circles) known.set(key, value);
		return value;
	}

	/** Nothing where the question is being asked already. */
	once(of: object, name: string, body: () => readonly Possible[]): readonly Possible[] {
		let id = this.ids.get(of);
		if (id === undefined) {
			id = this.ids.size;
			this.ids.set(of, id);
		}
		const key = `${id} ${name}`;
		if (this.asked.has(key)) {
			this.circles++;
			return [];
		}
		this.asked.add(key);
		try {
			return body();
		} finally {
			this.asked.delete(key);
		}
	}
}
