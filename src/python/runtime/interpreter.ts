import type { BinaryOperator, CompareOperator, FunctionDef, Module, Node, Stmt, SyntaxProblem } from '../syntax/ast';
import type {
	Hasher,
	HashKey,
	LazyBinding,
	Namespace,
	Place,
	Problem,
	PyClass,
	PyFunction,
	PyIterator,
	PyModule,
	PyObject,
	PyUnknown,
	Source,
	StatementRun,
	Value,
} from '../values';
import type { Budget } from './budget';
import type { BoundedHost } from './importing/boundary';
import type { OutlinedClasses } from './waiting/outlines';

/** Keyword arguments of a call. */
export type Keywords = ReadonlyMap<string, Value>;

/** One call (or module, or class body) that is being executed. */
export interface StackEntry {
	readonly module: PyModule;
	/** Undefined in a module's or class's body. */
	readonly function: PyFunction | undefined;
	/** `<module>`, a function's or a class's name. */
	readonly name: string;
	/** The statement or call that is being executed. */
	readonly node: Node | undefined;
	/** A local variable of the frame (a parameter, say), undefined where unbound. */
	local(name: string): Value | undefined;
}

/** How statements run again. */
export interface AgainOptions {
	/** In the stead of the module's namespace. */
	readonly names?: Namespace;
	/** Attributes of a plain class that name classes and queries wait until somebody asks for them. */
	readonly waits?: boolean;
	/** What assignments in the bodies of plain classes have made before, and need not make again. */
	readonly kept?: ReadonlyMap<Stmt, Value> | undefined;
}

/** What natives, and the Django layer, see of the interpreter. Every operation may raise (`PyRaise`). */
export interface Interpreter extends Hasher {
	call(callee: Value, args?: readonly Value[], keywords?: Keywords): Value;
	callMethod(self: Value, name: string, ...args: Value[]): Value;

	getAttr(object: Value, name: string): Value;
	/** Undefined instead of AttributeError; other exceptions pass. */
	findAttr(object: Value, name: string): Value | undefined;
	hasAttr(object: Value, name: string): boolean;
	setAttr(object: Value, name: string, value: Value): void;
	delAttr(object: Value, name: string): void;
	/** The special method as found on the type, bound; undefined where there is none (or it is None). */
	special(object: Value, name: string): Value | undefined;

	getItem(object: Value, key: Value): Value;
	setItem(object: Value, key: Value, value: Value): void;
	delItem(object: Value, key: Value): void;
	contains(container: Value, item: Value): boolean;
	length(object: Value): number;
	/** JavaScript iteration over any Python iterable; an unknown one yields nothing and is reported. */
	iterate(iterable: Value): Iterable<Value>;
	/** All items at once, within the budget. */
	list(iterable: Value): Value[];
	/** `iter()`. */
	iter(iterable: Value): Value;
	/** `next()`; undefined at the end. */
	next(iterator: Value): Value | undefined;
	/** A Python iterator over JavaScript values. */
	iterator(values: Iterable<Value>, name?: string): PyIterator;

	/** Truth of an unknown is false, and reported. */
	truth(value: Value): boolean;
	equals(a: Value, b: Value): boolean;
	/** `is`. */
	same(a: Value, b: Value): boolean;
	/** `a < b` as `sorted` needs it. */
	less(a: Value, b: Value): boolean;
	compare(op: CompareOperator, a: Value, b: Value): Value;
	binary(op: BinaryOperator, a: Value, b: Value): Value;
	hashKey(value: Value): HashKey;
	repr(value: Value): string;
	str(value: Value): string;
	format(value: Value, spec: string): string;

	typeOf(value: Value): PyClass;
	isInstance(value: Value, cls: Value): boolean;
	isSubclass(cls: PyClass, of: Value): boolean;
	/** Direct subclasses, in order of definition. */
	subclasses(cls: PyClass): readonly PyClass[];
	/** Those that have been made so far: a class whose statement waits has no instance and is known to nobody. */
	madeSubclasses(cls: PyClass): readonly PyClass[];
	/** Keeps an effect that nobody sees but those who ask for its kind: `settle` runs all of that kind, in order. */
	postpone(kind: string, effect: () => void): void;
	settle(kind: string): void;
	/** Classes that are known by name and bases, and whose bodies wait. */
	readonly outlines: OutlinedClasses;
	/** What `type(name, bases, dict)` does, with the metaclass worked out. */
	makeClass(name: string, bases: readonly PyClass[], attributes: ReadonlyMap<string, Value>, module?: string): PyClass;
	/** `object.__new__(cls)`: an empty instance, no `__init__`. */
	instantiate(cls: PyClass): PyObject;

	/** Raises a built-in exception by name: `py.raise('ValueError', 'no such key')`. */
	raise(type: string, ...args: Value[]): never;
	raiseValue(exception: Value): never;
	/** The exception class of that name in builtins. */
	exceptionType(name: string): PyClass;
	/** True when a thrown JavaScript value is a Python exception of (one of) these built-in types. */
	caught(error: unknown, ...types: string[]): boolean;

	/** `import a.b` returns `a.b` here (not `a`); runs it. Raises ModuleNotFoundError. */
	importModule(name: string): PyModule | PyUnknown;
	/** Whether the module exists, without running it. */
	findModule(name: string): boolean;
	/** Top-level packages whose modules run as soon as they are imported, because they fill registries (see `import-policy.ts`). */
	readonly registering: Set<string>;
	/** Loaded modules by dotted name: `sys.modules`. */
	readonly modules: Map<string, PyModule | PyUnknown>;
	/** A module made by hand from names (`types.ModuleType`, tests). */
	makeModule(name: string, names: ReadonlyMap<string, Value>): PyModule;
	/** Runs text in a namespace, as `exec` does. */
	execute(text: string, path: string, names: Map<string, Value>): void;
	/** The value of a name of `builtins`. */
	builtin(name: string): Value;

	/** An unknown value that arises here. */
	unknown(reason: string): PyUnknown;
	/** Reports something that the user should know of; the place is that of the executing node unless given. */
	problem(reason: string, place?: Place): void;
	readonly problems: readonly Problem[];
	/** How often a problem was met, those that were known included. */
	readonly timesMet: number;
	/** Whether the execution met a problem. */
	hasMet(run: StatementRun): boolean;
	/** Takes back the problems that only these executions met. */
	takeBackProblems(gone: (run: StatementRun) => boolean): void;
	/** The top-level statement of a module that is being executed, the innermost one. */
	readonly running: StatementRun | undefined;
	/**
	 * Runs statements of a newer text of a module in its namespace. What they make belongs to the
	 * module, its places are those of that text.
	 */
	runAgain(module: PyModule, source: Source, tree: Module, statements: readonly Stmt[], options?: AgainOptions): void;
	/** Told after each top-level statement of a module, while it is set. */
	afterStatement: ((names: Namespace, source: Source | undefined, node: Stmt) => void) | undefined;
	/**
	 * Told after each statement within a compound one at the top level of a project's module that has run to its end, while it is set;
	 * after `….register('…', …)` in functions, too.
	 */
	afterNested: ((source: Source, node: Stmt) => void) | undefined;
	/** Told each time the program asks for an environment variable by its name, while it is set. */
	variableAsked: ((name: string, value: string | undefined) => void) | undefined;
	/** Told when a function of the project's is called, while it is set. */
	whenCalled: ((source: Source, node: FunctionDef) => void) | undefined;
	/**
	 * Told each time a name is taken from a module that was got at by a name put together (`import_module(…)`), there or not, while it
	 * is set; `*` for all of them. `by`: the module whose code does so.
	 */
	whenTaken: ((module: PyModule, name: string, by: string | undefined) => void) | undefined;
	/** Files that the program has opened to read. */
	readonly opened: Set<string>;
	/** What `body` meets counts as met by this execution. */
	attributed<T>(run: StatementRun, body: () => T): T;
	/** Reports the errors of a module's newer text. */
	reportSyntax(source: Source, errors: readonly SyntaxProblem[]): void;
	/** The class that a name is bound to, if it has been made; one that waits no longer does. */
	boundClass(binding: Value | LazyBinding | undefined): PyClass | undefined;
	/** Whether the name is bound to a class of which it is known that nothing else has come of its statement. */
	isMadeAlone(binding: Value | LazyBinding | undefined): boolean;
	/** The bases forget a class that was replaced. False where somebody may have met it through their `__subclasses__()`. */
	unlinkClass(cls: PyClass): boolean;
	/** Of the innermost executing node. */
	place(): Place | undefined;
	/** Innermost first. */
	stack(): readonly StackEntry[];
	/** `warn` a budget: raises RecursionError or stops the evaluation. */
	readonly budget: Budget;

	/** The machine, as far as the project and its environment go. */
	readonly host: BoundedHost;
	readonly sysPath: string[];
	/** The folder whose modules are the project's own (for messages and policies). */
	readonly projectRoots: readonly string[];
	/** Environment variables: the host's with the user's on top; `os.environ` writes to it. */
	readonly environment: Map<string, string>;
	/** Reads a file that the engine may see; undefined where it is absent or outside. Decoded as UTF-8. */
	readText(path: string): string | undefined;
	/** The version of Python that is interpreted: [3, 11, 4]. */
	readonly version: readonly [number, number, number];
	/** Per-interpreter state of a native module: made on first use, by its key. */
	state<T>(key: symbol, make: () => T): T;
}
