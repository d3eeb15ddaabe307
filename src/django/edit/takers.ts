import type { Interpreter } from '../../python/runtime/interpreter';
import { type PyModule, type StatementRun, sameReader, sameStatement } from '../../python/values';

const key = Symbol('who takes names from modules that no text names');

/** What Django takes of a URLconf, and of what is named as a view, the walk asks again. */
const walked = /^django\.(?:urls|conf\.urls|core\.urlresolvers)\b/;

type Runs = (StatementRun | undefined)[];

/**
 * Who has taken which names from the project's modules that a program got at by a name it put together (`import_module(f'{app}.hooks')`,
 * `sys.modules[…]`): the importing text doesn't tell. Names that were not there count as well.
 */
class Takers {
	private readonly modules = new Map<PyModule, Map<string, Runs>>();

	/** `name`: `*` where it has looked at all. */
	add(module: PyModule, name: string, run: StatementRun | undefined): void {
		const names = this.modules.get(module) ?? new Map<string, Runs>();
		this.modules.set(module, names);
		const runs = names.get(name);
		if (!runs) names.set(name, [run]);
		else if (!runs.some((one) => one === run || (one && run && sameReader(one, run)))) runs.push(run);
	}

	/** The executions that took one of these names; undefined where none of a module's statements was running. */
	of(module: PyModule, names: ReadonlySet<string>): ReadonlySet<StatementRun | undefined> {
		const out = new Set<StatementRun | undefined>();
		for (const [name, runs] of this.modules.get(module) ?? [])
			if (name === '*' || names.has(name)) for (const run of runs) if (!run?.source.isGone(run.start)) out.add(run);
		return out;
	}

	/** Whether the execution has taken any. */
	has(run: StatementRun): boolean {
		const isSame = (one: StatementRun | undefined) => one !== undefined && sameStatement(one, run);
		return [...this.modules.values()].some((names) => [...names.values()].some((runs) => runs.some(isSame)));
	}

	takeBack(gone: (run: StatementRun) => boolean): void {
		for (const names of this.modules.values())
			for (const [name, runs] of names) {
				const left = runs.filter((run) => !(run && gone(run)));
				if (left.length === 0) names.delete(name);
				else if (left.length < runs.length) names.set(name, left);
			}
	}
}

export const takersIn = (py: Interpreter): Takers => py.state(key, () => new Takers());

/** Notes them from now on. */
export function noteTakers(py: Interpreter, isProject: (path: string) => boolean): void {
	const takers = takersIn(py);
	const known = new Map<PyModule, boolean>();
	py.whenTaken = (module, name, by) => {
		if (/^__\w+__$/.test(name) || by === module.name || (by !== undefined && walked.test(by))) return;
		let own = known.get(module);
		if (own === undefined) {
			own = module.source !== undefined && isProject(module.source.path);
			known.set(module, own);
		}
		if (own) takers.add(module, name, py.running);
	};
}
