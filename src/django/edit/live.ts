import type { Interpreter } from '../../python/runtime/interpreter';
import type { FunctionDef, Module, Stmt, SyntaxProblem } from '../../python/syntax/ast';
import { definedFunctions } from '../../python/syntax/definitions';
import { parseModule } from '../../python/syntax/parse';
import type { PyModule, Source, StatementRun } from '../../python/values';
import type { Element } from './elements';
import { type Statement, statementsOf } from './statements';

/** A top-level statement of a loaded module, and the execution that it stands for. */
export interface Live {
	readonly statement: Statement;
	readonly run: StatementRun;
	/** What was run, if it may hold functions; what the newest text has in its place may be another. */
	readonly made: Stmt | undefined;
	/** What it made item by item, where it is a list that has run again. */
	readonly elements?: readonly Element[];
	/** A class whose body nobody would have read by now. */
	readonly unread?: boolean;
}

/** A loaded module of the project as its newest text has it, statement by statement. */
export interface LiveModule {
	readonly module: PyModule;
	readonly source: Source;
	readonly tree: Module;
	/** Of the text as it is read at first: bodies that are read later add theirs to the tree. */
	readonly errors: readonly SyntaxProblem[];
	readonly statements: readonly Live[];
}

const states = Symbol('modules that were edited or asked for');

/** The module's statements; read when they are first asked for. */
export function liveModule(py: Interpreter, module: PyModule): LiveModule | undefined {
	const known = py.state(states, () => new Map<PyModule, LiveModule>());
	const before = known.get(module);
	if (before) return before;
	const { source } = module;
	if (!source || source.newest !== source) return undefined;
	const tree = parseModule(source.text);
	const errors = [...tree.errors];
	const made = new Map(module.body.map((node) => [node.start, node]));
	const statements = statementsOf(tree, { text: source.text, errors: [] }).map((statement): Live => {
		const start = statement.nodeStart;
		return { statement, run: { source, start }, made: made.get(start) };
	});
	const live = { module, source, tree, errors, statements };
	known.set(module, live);
	return live;
}

/** Remembers how a module stands, for the next edit of it. */
export function keepLive(py: Interpreter, live: LiveModule): void {
	py.state(states, () => new Map<PyModule, LiveModule>()).set(live.module, live);
}

/** The functions that the statement made; what the newest text has in their place may be another. */
export const madeFunctions = ({ made }: Live): readonly FunctionDef[] => (made ? definedFunctions([made]) : []);

/** Whether an execution is among these. */
export function among(runs: readonly StatementRun[]): (run: StatementRun) => boolean {
	const starts = new Map<Source, Set<number>>();
	for (const { source, start } of runs) {
		const known = starts.get(source);
		if (known) known.add(start);
		else starts.set(source, new Set([start]));
	}
	return ({ source, start }) => starts.get(source)?.has(start) ?? false;
}
