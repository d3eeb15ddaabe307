import type { Interpreter } from '../python/runtime/interpreter';
import type { FunctionDef } from '../python/syntax/ast';
import type { Source, StatementRun } from '../python/values';

const key = Symbol('functions that may have made patterns');

/** Calls of these may add to the URLs. */
const speaks = /\b(?:path|url|static|register|\w+_(?:path|patterns|urls|urlpatterns))\s*\(/;

/** The project's functions that have been called and whose text may add to the URLs, each with the statements whose execution called it. */
class CalledFunctions {
	private readonly speaking = new WeakMap<FunctionDef, boolean>();
	private readonly functions = new Map<FunctionDef, { readonly source: Source; readonly runs: Set<StatementRun | undefined> }>();

	add(source: Source, node: FunctionDef, run: StatementRun | undefined): void {
		let isSpeaking = this.speaking.get(node);
		if (isSpeaking === undefined) {
			isSpeaking = speaks.test(source.text.slice(node.start, node.end));
			this.speaking.set(node, isSpeaking);
		}
		if (!isSpeaking) return;
		const known = this.functions.get(node);
		if (known) known.runs.add(run);
		else this.functions.set(node, { source, runs: new Set([run]) });
	}

	/** Those that still stand in the newest text, by file and place. */
	all(): { readonly source: Source; readonly node: FunctionDef }[] {
		const out = [...this.functions].flatMap(([node, { source }]) => (source.isGone(node.start) ? [] : [{ source, node }]));
		const order = ({ source, node }: (typeof out)[number]) => source.nowAt(node.start);
		return out.sort((a, b) => (a.source.path === b.source.path ? order(a) - order(b) : a.source.path < b.source.path ? -1 : 1));
	}

	takeBack(gone: (run: StatementRun) => boolean): void {
		for (const [node, { runs }] of this.functions) {
			for (const run of runs) if (run && gone(run)) runs.delete(run);
			if (runs.size === 0) this.functions.delete(node);
		}
	}
}

/** The functions of the project that have been called since that is noted. */
export function calledIn(py: Interpreter): CalledFunctions {
	return py.state(key, () => new CalledFunctions());
}

/** Notes them from now on. */
export function noteCalled(py: Interpreter): void {
	const called = calledIn(py);
	py.whenCalled = (source, node) => called.add(source, node, py.running);
}
