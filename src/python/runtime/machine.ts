import type { Module, Stmt, SyntaxProblem } from '../syntax/ast';
import {
	exceptionType,
	type LazyBinding,
	type Namespace,
	nowRunning,
	type Place,
	type Problem,
	type PyClass,
	PyException,
	PyInstance,
	PyList,
	PyModule,
	type PyObject,
	PyRaise,
	PyTuple,
	PyUnknown,
	type Source,
	type StatementRun,
	type Value,
} from '../values';
import { Budget } from './budget';
import * as calls from './calls';
import { Classes } from './classes';
import { DataModel } from './data-model';
import * as exceptions from './exceptions';
import { executeText } from './execute';
import type { Exec, Frame } from './frames';
import { Hashes } from './hashes';
import { type BoundedHost, boundedHost } from './importing/boundary';
import { Imports } from './importing/imports';
import { InstalledFiles } from './importing/installed';
import { LoadedModules, makeModule } from './importing/loaded-modules';
import type { AgainOptions, Interpreter } from './interpreter';
import type { Guard } from './isolation';
import type { MachineOptions } from './machine-options';
import { NamespaceView } from './namespace-view';
import type { NativeModule } from './native';
import { Patches } from './patches';
import * as stack from './stack';
import { Summaries } from './summaries';
import { reportSyntax } from './syntax-problems';
import { Unknowns } from './unknowns';
import { WaitingForLibraries } from './waiting/library-statements';
import { Outlines } from './waiting/outlines';
import { Postponed } from './waiting/postponed';

/** The interpreter: its state, frames, classes, exceptions, modules and unknowns, each kept by the file that knows it. */
export class Machine extends DataModel implements Interpreter {
	readonly host: BoundedHost;
	readonly sysPath: string[];
	readonly builtins: Map<string, Value>;
	readonly natives: ReadonlyMap<string, NativeModule>;
	readonly standardFolders: readonly string[];
	readonly projectRoots: readonly string[];
	readonly environment: Map<string, string>;
	readonly environmentKnown: boolean;
	readonly version: readonly [number, number, number];
	readonly budget: Budget;
	readonly registering = new Set<string>();
	readonly installed = new InstalledFiles(this);
	readonly unknowns = new Unknowns(this);
	readonly classes = new Classes(this);
	readonly hashes = new Hashes(this);
	readonly outlines = new Outlines();
	readonly patches = new Patches();
	readonly libraries = new WaitingForLibraries();
	readonly postponed = new Postponed();
	readonly summaries: Summaries;
	readonly loaded: LoadedModules;
	readonly modules: LoadedModules['modules'];
	readonly imports: Imports;
	private current: StatementRun | undefined = undefined;
	afterStatement: Interpreter['afterStatement'] = undefined;
	afterNested: Interpreter['afterNested'] = undefined;
	variableAsked: Interpreter['variableAsked'] = undefined;
	whenCalled: Interpreter['whenCalled'] = undefined;
	whenTaken: Interpreter['whenTaken'] = undefined;
	readonly opened = new Set<string>();
	/** The innermost frame. */
	frame: Frame | undefined = undefined;
	/** Blocks being run whose exceptions are caught: `try` with `except`, and `with`. */
	guards: Guard[] = [];
	private readonly states = new Map<symbol, unknown>();

	constructor(options: MachineOptions) {
		super();
		this.sysPath = [...options.sysPath];
		this.builtins = new Map(options.builtins);
		this.natives = options.natives;
		this.standardFolders = options.standardFolders ?? [];
		this.projectRoots = options.projectRoots ?? [];
		const variables = Object.entries({ ...options.host.environment, ...options.environment });
		// `os.environ` has them in capitals there.
		this.environment = new Map(
			options.host.platform === 'win32' ? variables.map(([name, value]) => [name.toUpperCase(), value]) : variables,
		);
		this.host = boundedHost(options.host, {
			projects: [...this.projectRoots, ...(this.projectRoots.length > 0 ? (options.readable ?? []) : [])],
			environment: () => this.sysPath,
			variables: options.host.environment,
		});
		this.environmentKnown = options.environmentKnown ?? true;
		this.version = options.version ?? [3, 12, 0];
		this.budget = new Budget(options.limits);
		this.summaries = new Summaries(options.summaries ?? []);
		this.loaded = new LoadedModules(this.builtins);
		this.modules = this.loaded.modules;
		this.imports = new Imports(this, options.editable);
	}

	/** The top-level statement of a module that is being executed, the innermost one. */
	get running(): StatementRun | undefined {
		return this.current;
	}

	set running(run: StatementRun | undefined) {
		this.current = run;
		nowRunning(run);
	}

	// Frames

	/** One level more on the stack; RecursionError beyond the limit. */
	deeper(): void {
		const { budget } = this;
		budget.step();
		if (++budget.depth > budget.limits.depth) {
			budget.depth--;
			this.raise('RecursionError', 'maximum recursion depth exceeded');
		}
	}

	runFrame(frame: Frame, exec: Exec): Value {
		return calls.runFrame(this, frame, exec);
	}

	inFrame<T>(frame: Frame, body: (f: Frame) => T): T {
		return stack.inFrame(this, frame, body);
	}

	stack(): Frame[] {
		return stack.stackFrom(this.frame);
	}

	place(): Place | undefined {
		return stack.placeFrom(this.frame);
	}

	/** A late import runs as if its statement were executing now. */
	importing(frame: Frame, body: () => Value): Value {
		return this.frame === undefined ? this.inFrame(frame, body) : body();
	}

	// Classes

	subclasses(cls: PyClass): readonly PyClass[] {
		return this.classes.subclasses.of(cls);
	}

	madeSubclasses(cls: PyClass): readonly PyClass[] {
		return this.classes.subclasses.made(cls);
	}

	unlinkClass(cls: PyClass): boolean {
		return this.classes.subclasses.unlink(cls);
	}

	boundClass(binding: Value | LazyBinding | undefined): PyClass | undefined {
		return this.classes.deferred.bound(binding);
	}

	isMadeAlone(binding: Value | LazyBinding | undefined): boolean {
		return this.classes.deferred.isAlone(binding);
	}

	postpone(kind: string, effect: () => void): void {
		this.postponed.add(kind, effect);
	}

	settle(kind: string): void {
		this.postponed.settle(this, kind);
	}

	makeClass(name: string, bases: readonly PyClass[], own: ReadonlyMap<string, Value>, module?: string): PyClass {
		return this.classes.call(name, bases, own, module);
	}

	instantiate(cls: PyClass): PyObject {
		if (cls.derivesFrom(exceptionType('BaseException'))) return new PyException(cls);
		return new PyInstance(cls);
	}

	// Exceptions

	raise(type: string, ...args: Value[]): never {
		throw this.raised(this.makeException(type, args));
	}

	raiseValue(exception: Value): never {
		return exceptions.throwValue(this, exception);
	}

	raised(exception: PyException): PyRaise {
		return exceptions.raised(this, exception);
	}

	makeException(type: string, args: readonly Value[]): PyException {
		const exception = new PyException(exceptionType(type));
		exception.args = new PyTuple(args);
		return exception;
	}

	exceptionType(name: string): PyClass {
		return exceptionType(name);
	}

	asException(error: unknown, frame?: Frame): PyException | undefined {
		return exceptions.asException(this, error, frame);
	}

	describe(exception: PyObject): string {
		return exceptions.describe(this, exception);
	}

	caught(error: unknown, ...types: string[]): boolean {
		return error instanceof PyRaise && types.some((type) => error.exception.cls.derivesFrom(exceptionType(type)));
	}

	// Modules

	importModule(name: string): PyModule | PyUnknown {
		return this.imports.import(name);
	}

	get builtinsModule(): PyModule {
		return this.loaded.builtins;
	}

	makeModule(name: string, names: ReadonlyMap<string, Value>): PyModule {
		return makeModule(name, names);
	}

	findModule(name: string): boolean {
		return this.imports.exists(name);
	}

	private pathList: PyList | undefined;
	/** `sys.path`: changes show in where modules are looked for. */
	sysPathList(): PyList {
		this.pathList ??= new PyList(this.sysPath as Value[]);
		return this.pathList;
	}

	/** `sys.prefix`: the folder above `lib` of the standard library. */
	get prefix(): string {
		return this.standardFolders[0]?.replace(/\/lib\/[^/]*$|\\Lib$/, '') ?? '/usr';
	}

	/** The exception whose handler is running. */
	handled(): PyException | undefined {
		return exceptions.currentlyHandled(this.frame);
	}

	execute(text: string, path: string, names: Namespace, globals: Namespace = names): void {
		executeText(this, text, path, names, globals);
	}

	/** One for each, as `globals() is locals()` in a module. */
	private readonly views = new WeakMap<Namespace, NamespaceView>();
	namespaceView(names: Namespace): NamespaceView {
		let view = this.views.get(names);
		if (!view) {
			view = new NamespaceView(this, names);
			this.views.set(names, view);
		}
		return view;
	}

	/** The value of a lazy binding, which it replaces in its namespace. */
	force(names: Namespace, name: string, binding: LazyBinding): Value {
		if (binding.resolving)
			return this.raise('ImportError', `cannot import name '${name}' (most likely due to a circular import)`);
		binding.resolving = true;
		try {
			const value = binding.resolve();
			// Importing a submodule may have bound its name in between; the import statement binds after that.
			const now = names.get(name);
			if (now === binding || now instanceof PyModule) names.set(name, value);
			return value;
		} finally {
			binding.resolving = false;
		}
	}

	builtin(name: string): Value {
		return this.builtins.get(name) ?? this.raise('NameError', `name '${name}' is not defined`);
	}

	// Unknowns

	unknown(reason: string): PyUnknown {
		return this.unknowns.make(reason);
	}

	unknownIn(value: Value): PyUnknown | undefined {
		return value instanceof PyUnknown ? value : undefined;
	}

	/** Content that was to come from an unknown is missing. */
	dropped(unknown: PyUnknown): void {
		this.unknowns.used(unknown, 'Left out');
	}

	problem(reason: string, place?: Place): void {
		this.unknowns.report(reason, place ?? this.place());
	}

	get problems(): readonly Problem[] {
		return this.unknowns.problems;
	}

	get timesMet(): number {
		return this.unknowns.times;
	}

	hasMet(run: StatementRun): boolean {
		return this.unknowns.met(run);
	}

	takeBackProblems(gone: (run: StatementRun) => boolean): void {
		this.unknowns.takeBack(gone);
	}

	attributed<T>(run: StatementRun, body: () => T): T {
		const outer = this.running;
		this.running = run;
		try {
			return body();
		} finally {
			this.running = outer;
		}
	}

	reportSyntax(source: Source, errors: readonly SyntaxProblem[]): void {
		reportSyntax(this, errors, source);
	}

	runAgain(module: PyModule, source: Source, tree: Module, statements: readonly Stmt[], options?: AgainOptions): void {
		this.imports.runAgain(module, source, tree, statements, options);
	}

	readText(path: string): string | undefined {
		const open = this.host.readText?.(path);
		if (open !== undefined && open.length <= this.budget.limits.file) return open;
		const bytes = this.host.readFile(path);
		return bytes && bytes.length <= this.budget.limits.file ? utf8.decode(bytes) : undefined;
	}

	state<T>(key: symbol, make: () => T): T {
		if (!this.states.has(key)) this.states.set(key, make());
		return this.states.get(key) as T;
	}
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: false });
