import type { PyClass, Value } from '../values';
import type { Machine } from './machine';
import type { Summary } from './native';

/** What stands in the place of library code that is not read from its source: by module, then by qualified name. */
export class Summaries {
	private readonly table = new Map<string, Map<string, Summary>>();

	constructor(summaries: readonly Summary[]) {
		for (const summary of summaries) {
			const table = this.table.get(summary.module) ?? new Map<string, Summary>();
			table.set(summary.qualname, summary);
			this.table.set(summary.module, table);
		}
	}

	get(module: string): ReadonlyMap<string, Summary> | undefined {
		return this.table.get(module);
	}

	/** What a summary puts in the place of a name that a module has just bound. */
	replace(py: Machine, module: string, name: string, value: Value): Value {
		const summary = this.table.get(module)?.get(name);
		return summary ? summary.replace(py, value) : value;
	}

	/** Replaces the methods that summaries name. */
	replaceMethods(py: Machine, cls: PyClass): void {
		const table = this.table.get(cls.moduleName);
		if (!table) return;
		for (const [qualname, summary] of table) {
			if (!qualname.startsWith(`${cls.qualname}.`)) continue;
			const name = qualname.slice(cls.qualname.length + 1);
			if (!name.includes('.')) cls.setOwn(name, summary.replace(py, cls.dict.get(name) ?? null));
		}
	}
}
