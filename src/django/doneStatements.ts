import type { Interpreter } from '../python/runtime/interpreter';
import type { Stmt } from '../python/syntax/ast';
import { parseModule } from '../python/syntax/parse';
import type { Source, StatementRun } from '../python/values';
import { moduleOf } from './places';

const key = Symbol('nested statements that have run');

/** The statements within compound ones at the top of the project's modules that have run to their end. */
class DoneStatements {
	private readonly files = new Map<string, Map<Stmt, { readonly source: Source; readonly run: StatementRun | undefined }>>();

	add(source: Source, node: Stmt, run: StatementRun | undefined): void {
		const known = this.files.get(source.path);
		if (known) known.set(node, { source, run });
		else this.files.set(source.path, new Map([[node, { source, run }]]));
	}

	/** Their offsets in the file's newest text. */
	of(file: string): ReadonlySet<number> {
		const starts = new Set<number>();
		for (const [{ start }, { source }] of this.files.get(file) ?? []) if (!source.isGone(start)) starts.add(source.nowAt(start));
		return starts;
	}

	takeBack(gone: (run: StatementRun) => boolean): void {
		for (const list of this.files.values()) for (const [node, { run }] of list) if (run && gone(run)) list.delete(node);
	}
}

/** The statements that have run to their end since that is noted. */
export function doneIn(py: Interpreter): DoneStatements {
	return py.state(key, () => new DoneStatements());
}

/**
 * Whether the statement at an offset of a module's newest text has run to its end: a nested one as it was noted; one of the top level
 * where nothing has left the module before its end (what one of them raises doesn't, in a project's module).
 */
export function hasRun(py: Interpreter, source: Source): (start: number) => boolean {
	const nested = doneIn(py).of(source.path);
	let isWhole: boolean | undefined;
	return (start) => {
		if (nested.has(start)) return true;
		if (!topLevel(source).has(start)) return false;
		isWhole ??= moduleOf(py, source.path)?.state === 'done';
		return isWhole;
	};
}

const topLevels = new WeakMap<Source, ReadonlySet<number>>();

/** The offsets of the statements of a module's top level. */
function topLevel(source: Source): ReadonlySet<number> {
	let starts = topLevels.get(source);
	if (!starts) {
		starts = new Set(parseModule(source.text).body.map(({ start }) => start));
		topLevels.set(source, starts);
	}
	return starts;
}

/** Notes them from now on. */
export function noteDone(py: Interpreter): void {
	const done = doneIn(py);
	py.afterNested = (source, node) => done.add(source, node, py.running);
}
