import type { Host } from '../../shared/host';
import type { BinaryOperator, CompareOperator, Module, Stmt, SyntaxProblem, UnaryOp } from '../syntax/ast';
import {
	boolType,
	CodePlace,
	exceptionType,
	type HashKey,
	hashKey,
	identity,
	intType,
	type LazyBinding,
	listType,
	type Namespace,
	noneType,
	objectType,
	type Place,
	type Problem,
	PyClass,
	PyDict,
	PyException,
	type PyGenerator,
	PyInstance,
	PyIterator,
	PyList,
	PyModule,
	PyObject,
	PyRaise,
	PyTuple,
	PyUnknown,
	type Source,
	type StatementRun,
	strType,
	textOf,
	typeType,
	type Value,
} from '../values';
import * as arithmetic from './arithmetic';
import * as attributes from './attributes';
import { Budget, type Limits } from './budget';
import * as calls from './calls';
import { Classes } from './classes';
import { PyCode } from './code-object';
import * as comparison from './comparison';
import { display } from './display';
import * as exceptions from './exceptions';
import { executeText } from './execute';
import { type Exec, Frame } from './frames';
import { type BoundedHost, boundedHost } from './importing/boundary';
import { Imports } from './importing/imports';
import type { Interpreter, Keywords, StackEntry } from './interpreter';
import * as items from './items';
import * as iteration from './iteration';
import { NamespaceView } from './namespace-view';
import type { NativeModule, Summary } from './native';
import { reportSyntax } from './syntax-problems';
import { Unknowns } from './unknowns';
import { DeferredClass } from './waiting/deferred-class';
import { WaitingForLibraries } from './waiting/library-statements';
import { Outlines } from './waiting/outlines';

/** What an interpreter is made from. */
export interface MachineOptions {
	readonly host: Host;
	/** Folders in which modules are looked for, in order, `.pth` files already followed. */
	readonly sysPath: readonly string[];
	readonly builtins: ReadonlyMap<string, Value>;
	readonly natives: ReadonlyMap<string, NativeModule>;
	readonly summaries?: readonly Summary[];
	/** Folders of the standard library, which also stand in `sysPath`. */
	readonly standardFolders?: readonly string[];
	readonly projectRoots?: readonly string[];
	/** Folders and files beside `sysPath` that belong to the project or its environment, and may be read. */
	readonly readable?: readonly string[];
	/** Modules that editable installs map to a file or folders, by dotted name. */
	readonly editable?: ReadonlyMap<string, readonly string[]>;
	/** On top of the host's. */
	readonly environment?: Readonly<Record<string, string>>;
	/** False when no environment was found: missing modules are unknown instead of an error. Default true. */
	readonly environmentKnown?: boolean;
	readonly version?: readonly [number, number, number];
	readonly limits?: Limits;
}

/** The interpreter: state and the operations of `Interpreter`, each done by the file that knows it. */
export class Machine implements Interpreter {
	readonly host: BoundedHost;
	readonly sysPath: string[];
	readonly builtins: Map<string, Value>;
	readonly natives: ReadonlyMap<string, NativeModule>;
	/** By module, then by qualified name. */
	readonly summaries = new Map<string, Map<string, Summary>>();
	readonly standardFolders: readonly string[];
	readonly projectRoots: readonly string[];
	readonly environment: Map<string, string>;
	readonly environmentKnown: boolean;
	readonly version: readonly [number, number, number];
	readonly budget: Budget;
	readonly registering = new Set<string>();
	readonly modules = new Map<string, PyModule | PyUnknown>();
	readonly unknowns = new Unknowns(this);
	readonly classes = new Classes(this);
	readonly outlines = new Outlines();
	readonly libraries = new WaitingForLibraries();
	readonly imports: Imports;
	/** The top-level statement of a module that is being executed, the innermost one. */
	running: StatementRun | undefined = undefined;
	afterStatement: Interpreter['afterStatement'] = undefined;
	readonly opened = new Set<string>();
	/** A class whose `__subclasses__()` somebody has asked for. */
	readonly asked = new Set<PyClass>();
	/** The innermost frame. */
	frame: Frame | undefined = undefined;
	/** Blocks being run whose exceptions are caught: `try` with `except`, and `with`. */
	guards = 0;
	private readonly states = new Map<symbol, unknown>();
	private readonly builtinSubclasses = new Map<PyClass, PyClass[]>();

	constructor(options: MachineOptions) {
		this.sysPath = [...options.sysPath];
		this.builtins = new Map(options.builtins);
		this.natives = options.natives;
		this.standardFolders = options.standardFolders ?? [];
		this.projectRoots = options.projectRoots ?? [];
		this.environment = new Map(Object.entries({ ...options.host.environment, ...options.environment }));
		this.host = boundedHost(options.host, {
			projects: [...this.projectRoots, ...(this.projectRoots.length > 0 ? (options.readable ?? []) : [])],
			environment: () => this.sysPath,
			variables: options.host.environment,
		});
		this.environmentKnown = options.environmentKnown ?? true;
		this.version = options.version ?? [3, 12, 0];
		this.budget = new Budget(options.limits);
		for (const summary of options.summaries ?? []) {
			const table = this.summaries.get(summary.module) ?? new Map<string, Summary>();
			table.set(summary.qualname, summary);
			this.summaries.set(summary.module, table);
		}
		this.imports = new Imports(this, options.editable);
	}

	// Calls and frames

	call(callee: Value, args: readonly Value[] = [], keywords?: Keywords): Value {
		return calls.call(this, callee, args, keywords);
	}

	callMethod(self: Value, name: string, ...args: Value[]): Value {
		const method = attributes.findMethod(this, self, name);
		return method === undefined ? this.call(this.getAttr(self, name), args) : this.call(method, [self, ...args]);
	}

	findMethod(self: Value, name: string): Value | undefined {
		return attributes.findMethod(this, self, name);
	}

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

	/** Evaluates something late in what a frame sees, whether that is still on the stack or not. */
	inFrame<T>(frame: Frame, body: (f: Frame) => T): T {
		const { frame: back } = this;
		const { module, names, name, variables, slots, cells, globals } = frame;
		const late = new Frame(this, module, names, name, frame.function, variables, slots, cells, back, globals);
		late.node = frame.node;
		this.frame = late;
		try {
			return body(late);
		} finally {
			this.frame = back;
		}
	}

	/** A late import runs as if its statement were executing now. */
	importing(frame: Frame, body: () => Value): Value {
		return this.frame === undefined ? this.inFrame(frame, body) : body();
	}

	stack(): Frame[] {
		const stack: Frame[] = [];
		for (let f = this.frame; f; f = f.back) stack.push(f);
		return stack;
	}

	place(): Place | undefined {
		for (let f = this.frame; f; f = f.back) if (f.node && f.module.source) return f.module.place(f.node);
		return undefined;
	}

	/** Where the frames stand, outermost first; the innermost thirty of them. */
	trace(): PyException['traceback'] {
		const entries: CodePlace[] = [];
		for (let f = this.frame; f && entries.length < 30; f = f.back) entries.push(new CodePlace(f.module, f.node, f.name));
		return entries.reverse();
	}

	// Attributes

	/** Undefined when missing; see `attributes.ts`. */
	lookup(object: Value, name: string): Value | undefined {
		return attributes.lookupAttr(this, object, name);
	}

	getAttr(object: Value, name: string): Value {
		const value = attributes.lookupAttr(this, object, name);
		return value !== undefined ? value : (this.notYetNative(object, name) ?? this.attributeMissing(object, name));
	}

	/** What a class of the standard library has in its source, and its stand-in here lacks, is unknown; Python would have it. */
	private notYetNative(object: Value, name: string): PyUnknown | undefined {
		if (!(object instanceof PyObject) || object instanceof PyModule || name.startsWith('__')) return undefined;
		for (const cls of object instanceof PyClass ? object.mro : object.cls.mro) {
			if (cls.immutable && this.imports.natives.declaresMember(cls.moduleName, name))
				return this.unknowns.make(`${cls.moduleName}.${cls.name}.${name} is not implemented`);
		}
		return undefined;
	}

	private attributeMissing(object: Value, name: string): never {
		const what =
			object instanceof PyClass
				? `type object '${object.name}'`
				: object instanceof PyModule
					? `module '${object.name}'`
					: `'${this.typeOf(object).name}' object`;
		const partial = object instanceof PyModule && object.state === 'running' ? 'partially initialized ' : '';
		const exception = this.makeException('AttributeError', [`${partial}${what} has no attribute '${name}'`]);
		exception.attrs = new Map<string, Value>([
			['\0name', name],
			['\0obj', object],
		]);
		throw this.raised(exception);
	}

	findAttr(object: Value, name: string): Value | undefined {
		try {
			return attributes.lookupAttr(this, object, name);
		} catch (error) {
			if (this.caught(error, 'AttributeError')) return undefined;
			throw error;
		}
	}

	hasAttr(object: Value, name: string): boolean {
		return this.findAttr(object, name) !== undefined;
	}

	setAttr(object: Value, name: string, value: Value): void {
		attributes.setAttr(this, object, name, value);
	}

	delAttr(object: Value, name: string): void {
		attributes.delAttr(this, object, name);
	}

	special(object: Value, name: string): Value | undefined {
		const cls = this.typeOf(object);
		const found = cls.lookup(name);
		if (found === undefined || found === null) return undefined;
		return attributes.bind(this, found, object, cls);
	}

	bindSpecial(found: Value, self: Value): Value {
		return attributes.bind(this, found, self, this.typeOf(self));
	}

	// Items and iteration

	getItem(object: Value, key: Value): Value {
		return items.getItem(this, object, key);
	}

	setItem(object: Value, key: Value, value: Value): void {
		items.setItem(this, object, key, value);
	}

	delItem(object: Value, key: Value): void {
		items.delItem(this, object, key);
	}

	contains(container: Value, item: Value): boolean {
		return comparison.contains(this, container, item);
	}

	length(object: Value): number {
		return items.length(this, object);
	}

	iterate(iterable: Value): Iterable<Value> {
		return iteration.iterate(this, iterable);
	}

	list(iterable: Value): Value[] {
		if ((iterable instanceof PyList || iterable instanceof PyTuple) && iterable.cls.immutable) return [...iterable.items];
		const list: Value[] = [];
		const { items: most } = this.budget.limits;
		for (const item of this.iterate(iterable)) {
			list.push(item);
			if (list.length > most) this.budget.items(list.length);
		}
		return list;
	}

	listOf(values: Iterable<Value>): PyList {
		return new PyList([...values]);
	}

	iter(iterable: Value): Value {
		return iteration.iter(this, iterable);
	}

	next(iterator: Value): Value | undefined {
		return iteration.next(this, iterator);
	}

	iterator(values: Iterable<Value>, name?: string): PyIterator {
		return new PyIterator(values[Symbol.iterator](), name);
	}

	resume(generator: PyGenerator, value: Value, thrown?: PyRaise): IteratorResult<Value, Value> {
		return iteration.resume(this, generator, value, thrown);
	}

	delegate(value: Value): Generator<Value, Value, Value> {
		return iteration.delegate(this, value);
	}

	await(value: Value): Value {
		return iteration.awaitValue(this, value);
	}

	/** `{**mapping}`, `dict.update(mapping)`. */
	mergeInto(dict: PyDict, mapping: Value): void {
		if (mapping instanceof PyUnknown) this.dropped(mapping);
		else if (mapping instanceof PyDict && (mapping.cls.immutable || this.findAttr(mapping, 'keys') === undefined)) {
			for (const { key, value } of mapping.entries()) dict.set(this, key, value);
		} else {
			for (const key of this.iterate(this.callMethod(mapping, 'keys'))) dict.set(this, key, this.getItem(mapping, key));
		}
	}

	/** `f(**mapping)`. */
	mergeKeywords(keywords: Map<string, Value>, mapping: Value, twice?: (name: string) => never): void {
		if (mapping instanceof PyUnknown) {
			this.dropped(mapping);
			return;
		}
		const dict = new PyDict();
		this.mergeInto(dict, mapping);
		for (const { key, value } of dict.entries()) {
			const name = textOf(key);
			if (name === undefined) this.raise('TypeError', 'keywords must be strings');
			else if (twice && keywords.has(name)) twice(name);
			else keywords.set(name, value);
		}
	}

	// Operators

	truth(value: Value): boolean {
		if (typeof value === 'boolean') return value;
		if (value === null) return false;
		if (typeof value === 'string') return value !== '';
		if (typeof value === 'number') return value !== 0;
		if (typeof value === 'bigint') return true;
		return this.objectTruth(value);
	}

	private objectTruth(value: PyObject): boolean {
		if (value instanceof PyUnknown) {
			this.unknowns.used(value, 'Taken as false');
			return false;
		}
		if (value.cls.immutable && (value instanceof PyList || value instanceof PyTuple)) return value.items.length > 0;
		if (value.cls.immutable && value instanceof PyDict) return value.size > 0;
		const bool = this.special(value, '__bool__');
		if (bool !== undefined) {
			const result = this.call(bool);
			return result instanceof PyUnknown ? this.objectTruth(result) : result === true || result === 1;
		}
		if (value.cls.lookup('__len__') !== undefined) {
			const length = this.call(this.special(value, '__len__') ?? null);
			return this.truth(length);
		}
		if (value instanceof PyInstance && value.payload !== undefined) return this.truth(value.payload);
		return true;
	}

	equals(a: Value, b: Value): boolean {
		return comparison.equals(this, a, b);
	}

	same(a: Value, b: Value): boolean {
		return comparison.same(this, a, b);
	}

	less(a: Value, b: Value): boolean {
		return this.truth(comparison.compare(this, '<', a, b));
	}

	compare(op: CompareOperator, a: Value, b: Value): Value {
		return comparison.compare(this, op, a, b);
	}

	binary(op: BinaryOperator, a: Value, b: Value): Value {
		return arithmetic.binary(this, op, a, b);
	}

	unary(op: UnaryOp['op'], value: Value): Value {
		return arithmetic.unary(this, op, value);
	}

	inPlace(op: BinaryOperator, a: Value, b: Value): Value {
		return arithmetic.inPlace(this, op, a, b);
	}

	hashKey(value: Value): HashKey {
		return hashKey(this, value);
	}

	/** Objects with an equality of their own: the first equal one seen stands for them all. */
	private readonly equalObjects = new Map<HashKey, PyObject[]>();

	hashObject(value: PyObject): HashKey {
		if (value instanceof PyUnknown) return value;
		const hash = value.cls.lookup('__hash__');
		const eq = value.cls.lookup('__eq__');
		if (hash === null || (hash === undefined && eq !== undefined && value.cls.immutable && isUnhashable(value))) {
			return this.raise('TypeError', `unhashable type: '${value.cls.name}'`);
		}
		if (value instanceof PyClass && (value.cls === typeType || eq === objectType.dict.get('__eq__') || eq === undefined))
			return value;
		if (eq === undefined || eq === objectType.dict.get('__eq__') || value.cls.immutable) {
			if (isUnhashable(value) && hash === objectType.dict.get('__hash__'))
				return this.raise('TypeError', `unhashable type: '${value.cls.name}'`);
			if (
				!(
					value.cls.immutable &&
					eq !== undefined &&
					eq !== objectType.dict.get('__eq__') &&
					hash !== objectType.dict.get('__hash__')
				)
			)
				return value;
		}
		if (hash === undefined) return value;
		const key = this.call(this.bindSpecial(hash, value));
		const bucketKey: HashKey = key instanceof PyObject ? identity(key) : typeof key === 'boolean' ? Number(key) : key;
		const bucket = this.equalObjects.get(bucketKey);
		if (!bucket) {
			this.equalObjects.set(bucketKey, [value]);
			return value;
		}
		for (const other of bucket) if (other === value || this.equals(other, value)) return other;
		bucket.push(value);
		return value;
	}

	repr(value: Value): string {
		return display(this, value, '__repr__');
	}

	str(value: Value): string {
		return display(this, value, '__str__');
	}

	format(value: Value, spec: string): string {
		if (typeof value === 'string' && spec === '') return value;
		const method = this.special(value, '__format__');
		if (method === undefined) return this.str(value);
		return textOf(this.call(method, [spec])) ?? this.str(value);
	}

	// Types and classes

	typeOf(value: Value): PyClass {
		if (value instanceof PyObject) return value.cls;
		if (typeof value === 'string') return strType;
		if (value === null) return noneType;
		return typeof value === 'boolean' ? boolType : intType;
	}

	isInstance(value: Value, cls: Value): boolean {
		return this.classes.isInstance(value, cls);
	}

	isSubclass(cls: PyClass, of: Value): boolean {
		return this.classes.isSubclass(cls, of);
	}

	subclasses(cls: PyClass): readonly PyClass[] {
		this.asked.add(cls);
		this.classes.deferred.makeSubclasses(cls);
		return [...this.madeSubclasses(cls)].sort((a, b) => a.born - b.born);
	}

	madeSubclasses(cls: PyClass): readonly PyClass[] {
		return cls.immutable ? (this.builtinSubclasses.get(cls) ?? []) : cls.children;
	}

	/** Built-in types outlive the interpreter, which keeps their subclasses itself. */
	noteSubclass(base: PyClass, cls: PyClass): void {
		const list = this.builtinSubclasses.get(base);
		if (list) list.push(cls);
		else this.builtinSubclasses.set(base, [cls]);
	}

	private readonly postponed = new Map<string, (() => void)[]>();

	postpone(kind: string, effect: () => void): void {
		const waiting = this.postponed.get(kind);
		if (waiting) waiting.push(effect);
		else this.postponed.set(kind, [effect]);
	}

	settle(kind: string): void {
		const waiting = this.postponed.get(kind);
		if (!waiting || waiting.length === 0) return;
		this.postponed.delete(kind);
		for (const effect of waiting) {
			try {
				effect();
			} catch (error) {
				if (!(error instanceof PyRaise)) throw error;
				// In Python the module that lacks something would have failed as a whole, before this.
				if (!this.caught(error, 'ImportError')) this.problem(this.describe(error.exception));
			}
			// What an effect postpones in its turn belongs in its place.
			this.settle(kind);
		}
	}

	unlinkClass(cls: PyClass): boolean {
		for (const base of cls.bases) {
			const list = base.immutable ? this.builtinSubclasses.get(base) : base.children;
			const at = list?.indexOf(cls) ?? -1;
			if (at >= 0) list?.splice(at, 1);
		}
		return !cls.mro.some((base) => this.asked.has(base));
	}

	boundClass(binding: Value | LazyBinding | undefined): PyClass | undefined {
		if (binding instanceof PyClass) return binding;
		if (!(binding instanceof DeferredClass)) return undefined;
		this.classes.deferred.forget(binding);
		return binding.made instanceof PyClass ? binding.made : undefined;
	}

	makeClass(name: string, bases: readonly PyClass[], own: ReadonlyMap<string, Value>, module?: string): PyClass {
		const names = new Map(own);
		if (module !== undefined) names.set('__module__', module);
		let metaclass = typeType;
		for (const base of bases) if (base.cls.derivesFrom(metaclass)) metaclass = base.cls;
		if (metaclass === typeType) return this.classes.make(typeType, name, bases, names, new Map());
		const dict = new PyDict();
		for (const [key, value] of names) dict.setStr(key, value);
		const made = this.call(metaclass, [name, new PyTuple([...bases]), dict]);
		return made instanceof PyClass ? made : this.classes.make(typeType, name, bases, names, new Map());
	}

	instantiate(cls: PyClass): PyObject {
		if (cls.derivesFrom(exceptionType('BaseException'))) return new PyException(cls);
		return new PyInstance(cls);
	}

	/** Calling a class one of whose bases is unknown: nobody knows what `__init__` does. */
	constructUnknown(cls: PyClass): Value {
		return cls.unknownBase ? this.unknowns.derive(cls.unknownBase, `${cls.name}()`) : this.instantiate(cls);
	}

	genericAlias(cls: PyClass, key: Value): Value {
		const make = cls.immutable ? listType.lookup('__class_getitem__') : undefined;
		if (make === undefined) return this.raise('TypeError', `type '${cls.name}' is not subscriptable`);
		return this.call(make, [cls, key]);
	}

	// Exceptions

	raise(type: string, ...args: Value[]): never {
		throw this.raised(this.makeException(type, args));
	}

	raiseValue(exception: Value): never {
		return exceptions.throwValue(this, exception);
	}

	throwValue(value: Value, cause?: Value): never {
		return exceptions.throwValue(this, value, cause);
	}

	reraise(frame: Frame): never {
		return exceptions.reraise(this, frame);
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

	matches(exception: PyException, type: Value): boolean {
		return exceptions.matches(this, exception, type);
	}

	describe(exception: PyObject): string {
		return exceptions.describe(this, exception);
	}

	caught(error: unknown, ...types: string[]): boolean {
		return error instanceof PyRaise && types.some((type) => error.exception.cls.derivesFrom(exceptionType(type)));
	}

	/** `__traceback__`: what stands there is of no use to configuration. */
	traceback(_exception: PyException): Value {
		return null;
	}

	nameMissing(frame: Frame, name: string): Value {
		if (name === '__builtins__') return this.builtinsModule;
		if (name === '__annotations__') {
			const dict = new PyDict();
			frame.names.set(name, dict);
			return dict;
		}
		if (frame.module.unknownNames) return this.unknowns.derive(frame.module.unknownNames, `.${name}`);
		const exception = this.makeException('NameError', [`name '${name}' is not defined`]);
		exception.attrs = new Map([['\0name', name]]);
		throw this.raised(exception);
	}

	private builtinsCache: PyModule | undefined;
	get builtinsModule(): PyModule {
		if (!this.builtinsCache) {
			this.builtinsCache = this.makeModule('builtins', this.builtins);
		}
		return this.builtinsCache;
	}

	// Modules

	importModule(name: string): PyModule | PyUnknown {
		return this.imports.import(name);
	}

	findModule(name: string): boolean {
		return this.imports.exists(name);
	}

	/** `sys.modules[name]`: what replaced the module, or the module. */
	loadedModule(name: string): Value | undefined {
		return this.replaced.get(name) ?? this.modules.get(name) ?? (name === 'builtins' ? this.builtinsModule : undefined);
	}

	/** Objects that stand in `sys.modules` without being modules. */
	readonly replaced = new Map<string, Value>();

	replaceModule(name: string, value: Value): void {
		if (value instanceof PyModule || value instanceof PyUnknown) {
			this.modules.set(name, value);
			this.replaced.delete(name);
		} else this.replaced.set(name, value);
	}

	private pathList: PyList | undefined;
	/** `sys.path`: changes show in where modules are looked for. */
	sysPathList(): PyList {
		this.pathList ??= new PyList(this.sysPath as Value[]);
		return this.pathList;
	}

	/** `sys.prefix`: the folder above `lib` of the standard library. */
	get prefix(): string {
		return this.standardFolders[0]?.replace(/\/lib\/[^/]*$/, '') ?? '/usr';
	}

	/** The exception whose handler is running. */
	handled(): PyException | undefined {
		return exceptions.currentlyHandled(this.frame);
	}

	/** `sys._getframe()`. */
	frameObject(cls: PyClass, entry: StackEntry): Value {
		const object = new PyInstance(cls);
		const frame = entry instanceof Frame ? entry : undefined;
		const names = frame?.globals ?? entry.module.names;
		object.attrs = new Map<string, Value>([
			['f_globals', this.namespaceView(names)],
			['f_locals', frame && !frame.variables ? this.namespaceView(frame.names) : new PyDict()],
			['f_lasti', -1],
			['f_lineno', entry.node ? (entry.module.source?.lineOf(entry.node.start) ?? 0) : 0],
			[
				'f_code',
				entry.function ? PyCode.of(entry.function) : new PyCode(undefined, entry.name, entry.module.source?.path ?? '', 1),
			],
			['f_back', frame?.back ? this.frameObject(cls, frame.back) : null],
		]);
		return object;
	}

	makeModule(name: string, names: ReadonlyMap<string, Value>): PyModule {
		const module = new PyModule(name);
		module.names.set('__name__', name);
		for (const [key, value] of names) module.names.set(key, value);
		module.state = 'done';
		return module;
	}

	/** `module.__spec__`. */
	moduleSpec(module: PyModule): Value {
		const spec = this.instantiate(
			this.state(specKey, () => this.makeClass('ModuleSpec', [objectType], new Map(), 'importlib.machinery')),
		);
		spec.attrs = new Map<string, Value>([
			['name', module.name],
			['origin', module.source?.path ?? null],
			['loader', null],
			['parent', module.path ? module.name : module.name.split('.').slice(0, -1).join('.')],
			['submodule_search_locations', module.path ? this.listOf(module.path) : null],
			['has_location', module.source !== undefined],
		]);
		return spec;
	}

	execute(text: string, path: string, names: Namespace, globals: Namespace = names): void {
		executeText(this, text, path, names, globals);
	}

	namespaceView(names: Namespace): PyDict {
		return new NamespaceView(this, names);
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

	/** What a summary puts in the place of a name that a module has just bound. */
	summarise(frame: Frame, name: string, value: Value): Value {
		const summary = this.summaries.get(frame.module.name)?.get(name);
		return summary ? summary.replace(this, value) : value;
	}

	/** Replaces the methods that summaries name. */
	summariseClass(cls: PyClass): void {
		const table = this.summaries.get(cls.moduleName);
		if (!table) return;
		for (const [qualname, summary] of table) {
			if (!qualname.startsWith(`${cls.qualname}.`)) continue;
			const name = qualname.slice(cls.qualname.length + 1);
			if (!name.includes('.')) cls.setOwn(name, summary.replace(this, cls.dict.get(name) ?? null));
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

	runAgain(module: PyModule, source: Source, tree: Module, statements: readonly Stmt[], names?: Namespace): void {
		this.imports.runAgain(module, source, tree, statements, names);
	}

	readText(path: string): string | undefined {
		const bytes = this.host.readFile(path);
		return bytes && bytes.length <= this.budget.limits.file ? utf8.decode(bytes) : undefined;
	}

	state<T>(key: symbol, make: () => T): T {
		if (!this.states.has(key)) this.states.set(key, make());
		return this.states.get(key) as T;
	}
}

const specKey = Symbol('ModuleSpec');
const utf8 = new TextDecoder('utf-8', { ignoreBOM: false });

function isUnhashable(value: PyObject): boolean {
	return value instanceof PyList || value instanceof PyDict || (value.cls.name === 'set' && value.cls.immutable);
}
