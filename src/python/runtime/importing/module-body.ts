import type { Module, Stmt } from '../../syntax/ast';
import type { Namespace, PyModule } from '../../values';
import { type Context, noYields } from '../compile/context';
import { isolatedStatement } from '../compile/isolated';
import { Scope } from '../compile/scope';
import { compileStmt } from '../compile/statements';
import { type Exec, Frame, NORMAL } from '../frames';
import { isProjectModule } from '../isolation';
import type { Machine } from '../machine';
import { reportSyntax } from '../syntax-problems';
import { ClassDeferral } from '../waiting/deferral';
import { LibraryStatements } from '../waiting/library-statements';
import { Rebindings } from '../waiting/rebindings';
import { TypeAliases } from '../waiting/type-aliases';
import { WorkedOutTables } from '../waiting/worked-out';

/** Runs a tree as the body of a module. Statements are compiled one by one and forgotten. */
export function runModule(
	py: Machine,
	module: PyModule,
	names: Namespace,
	tree: Module,
	summarised: ReadonlyMap<string, unknown> | undefined,
	globals: Namespace = names,
): void {
	module.state = 'running';
	const first = tree.body[0];
	if (first?.kind === 'Expr' && first.value.kind === 'Constant' && typeof first.value.value === 'string')
		names.set('__doc__', first.value.value);
	const c = moduleContext(tree, summarised && new Set(summarised.keys()), isProjectModule(py, module));
	const frame = new Frame(
		py,
		module,
		names,
		'<module>',
		undefined,
		undefined,
		[],
		[],
		py.frame,
		globals === module.names ? undefined : globals,
	);
	const rebindings = new Rebindings(tree.body, py.builtins);
	const whole = names === module.names;
	const waits = whole
		? {
				classes: new ClassDeferral(py, tree, frame, c, rebindings),
				libraries: new LibraryStatements(py, tree, frame, c, rebindings),
				types: new TypeAliases(py, tree, frame, c, rebindings),
				tables: new WorkedOutTables(py, tree, frame, c, rebindings),
			}
		: undefined;
	if (isProjectModule(py, module)) module.body = tree.body.filter(({ kind }) => holdsDefinitions.has(kind));
	reportSyntax(py, tree.errors, module.source);
	py.runFrame(frame, statements(py, module, tree, tree.body, c, waits));
	module.state = 'done';
}

/** Runs some of a module's statements once more, in `names`; see `Interpreter.runAgain`. */
export function runStatements(
	py: Machine,
	module: PyModule,
	names: Namespace,
	tree: Module,
	body: readonly Stmt[],
	again: Pick<Context, 'waits' | 'kept'>,
): void {
	const frame = new Frame(py, module, names, '<module>', undefined, undefined, [], [], py.frame, undefined);
	const c = { ...moduleContext(tree, undefined, isProjectModule(py, module)), ...again };
	py.runFrame(frame, statements(py, module, tree, body, c, undefined));
}

const holdsDefinitions: ReadonlySet<Stmt['kind']> = new Set([
	'FunctionDef',
	'ClassDef',
	'If',
	'Try',
	'With',
	'For',
	'While',
	'Match',
]);

/** Statements of a module's top level, each noted as the one that is running; a class may wait. */
function statements(
	py: Machine,
	module: PyModule,
	tree: Module,
	body: readonly Stmt[],
	c: Context,
	waits: Waits | undefined,
): Exec {
	return (f) => {
		const outer = py.running;
		const { source } = module;
		try {
			for (const node of body) {
				py.budget.step();
				f.node = node;
				if (waits && mayWait(node, waits)) continue;
				py.running = source && { source, start: node.start };
				const errors = tree.errors.length;
				// What can't be compiled, since it nests too deep for that, costs no more than what raises.
				isolatedStatement(c, node, (own) => compileStmt(waits?.classes.contextOf(node, waits.types) ?? c, node)(own))(f);
				py.afterStatement?.(f.names, source, node);
				if (node.kind !== 'ClassDef' || tree.errors.length === 0) continue;
				// A class's body is read when it is made, or earlier by whoever compares texts.
				const own = tree.errors.filter(({ start }, at) => at >= errors || (start >= node.start && start <= node.end));
				reportSyntax(py, own, source, py.running);
			}
		} finally {
			py.running = outer;
		}
		return NORMAL;
	};
}

/** What lets statements of a module wait. */
interface Waits {
	readonly classes: ClassDeferral;
	readonly libraries: LibraryStatements;
	readonly types: TypeAliases;
	readonly tables: WorkedOutTables;
}

function mayWait(node: Stmt, { classes, libraries, types, tables }: Waits): boolean {
	const waits = node.kind === 'ClassDef' ? classes.defer(node) : node.kind === 'Expr' && classes.postpone(node);
	return waits || libraries.postpone(node) || types.postpone(node) || tables.postpone(node);
}

/** How a module's top level is compiled; `own`: the module is the project's. */
export function moduleContext(tree: Module, summarised: ReadonlySet<string> | undefined, own: boolean): Context {
	const lazyAnnotations = tree.body.some(
		(node) =>
			node.kind === 'ImportFrom' && node.module === '__future__' && node.names.some((alias) => alias.name === 'annotations'),
	);
	return {
		scope: Scope.module(),
		qualifier: '',
		yields: noYields,
		className: undefined,
		lazyAnnotations,
		own,
		errors: tree.errors,
		guarded: false,
		waits: false,
		summarised,
	};
}
