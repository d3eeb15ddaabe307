import {
	coroutineType,
	generatorType,
	objectType,
	PyBoundMethod,
	PyBuiltin,
	PyCell,
	PyClass,
	PyClassMethod,
	PyDict,
	PyFunction,
	PyGenerator,
	PyObject,
	PyStaticMethod,
	PyTuple,
	PyUnknown,
	superType,
	typeType,
	type Value,
} from '../values';
import { type Body, FunctionCode, type Parameter } from './compile/functions';
import type { Steps } from './compile/generators';
import { type Exec, Frame, RETURN } from './frames';
import type { Keywords } from './interpreter';
import type { Machine } from './machine';
import { bindArguments, nativeSignature } from './signature';
import { zeroArgumentSuper } from './super';

/** Calls of everything that can be called. */
export function call(py: Machine, callee: Value, args: readonly Value[], keywords: Keywords | undefined): Value {
	if (callee instanceof PyFunction) return callFunction(py, callee, args, keywords);
	if (callee instanceof PyBuiltin) return callBuiltin(py, callee, args, keywords);
	if (callee instanceof PyBoundMethod) return call(py, callee.func, [callee.self, ...args], keywords);
	if (callee instanceof PyClass) return callClass(py, callee, args, keywords);
	if (callee instanceof PyUnknown) {
		return py.unknowns.derive(callee, '()');
	}
	if (callee instanceof PyStaticMethod || callee instanceof PyClassMethod) return call(py, callee.func, args, keywords);
	const method = callee instanceof PyObject ? callee.cls.lookup('__call__') : undefined;
	if (callee instanceof PyObject && method !== undefined && method !== null)
		return call(py, py.bindSpecial(method, callee), args, keywords);
	return py.raise('TypeError', `'${py.typeOf(callee).name}' object is not callable`);
}

function callBuiltin(py: Machine, func: PyBuiltin, args: readonly Value[], keywords: Keywords | undefined): Value {
	py.budget.step();
	const signature = nativeSignature(func);
	const bound = bindArguments(signature, args, keywords);
	if (typeof bound === 'string') return py.raise('TypeError', `${func.name}() ${bound}`);
	if (!func.acceptsUnknown) {
		const unknown = unknownIn(bound);
		if (unknown) return unknown;
		const rest = signature.varargs < 0 ? undefined : bound[signature.varargs];
		const left = rest instanceof PyTuple ? unknownIn(rest.items) : undefined;
		if (left) return left;
	}
	return func.body(py, bound);
}

function unknownIn(values: readonly (Value | undefined)[]): PyUnknown | undefined {
	for (let i = 0; i < values.length; i++) {
		const value = values[i];
		if (value instanceof PyUnknown) return value;
	}
	return undefined;
}

/** `Class(…)`: the metaclass's `__call__`, else `__new__` and `__init__`. */
function callClass(py: Machine, cls: PyClass, args: readonly Value[], keywords: Keywords | undefined): Value {
	const meta = cls.cls;
	if (meta !== typeType) {
		const own = meta.lookup('__call__');
		if (own !== undefined && own !== typeType.dict.get('__call__')) return call(py, py.bindSpecial(own, cls), args, keywords);
	}
	return construct(py, cls, args, keywords);
}

/** `type.__call__`. */
export function construct(py: Machine, cls: PyClass, args: readonly Value[], keywords: Keywords | undefined): Value {
	if (cls === typeType && args.length === 1 && !keywords?.size) return py.typeOf(args[0] ?? null);
	if (cls === superType && args.length === 0) return zeroArgumentSuper(py);
	if (cls.unknownBase) {
		const init = cls.lookup('__init__');
		// Nobody knows what the unknown base's does.
		if (!(init instanceof PyFunction)) return py.unknowns.derive(cls.unknownBase, `${cls.name}()`);
	}
	const maker = cls.lookup('__new__');
	let instance: Value;
	if (maker === undefined || maker === objectType.dict.get('__new__')) {
		const init = cls.lookup('__init__');
		if ((args.length > 0 || keywords?.size) && init === objectType.dict.get('__init__') && !cls.unknownBase) {
			return py.raise('TypeError', `${cls.name}() takes no arguments`);
		}
		instance = py.instantiate(cls);
	} else {
		instance = make(py, cls, maker instanceof PyStaticMethod ? maker.func : maker, args, keywords);
	}
	if (instance instanceof PyUnknown) return instance;
	const made = py.typeOf(instance);
	if (made !== cls && !made.derivesFrom(cls)) return instance;
	const init = made.lookup('__init__');
	if (init === undefined || init === objectType.dict.get('__init__')) return instance;
	if (init instanceof PyFunction) callFunction(py, init, [instance, ...args], keywords);
	else if (init instanceof PyBuiltin) {
		if (instance instanceof PyObject) callBuiltin(py, init, [instance, ...args], keywords);
	} else call(py, py.bindSpecial(init, instance), args, keywords);
	return instance;
}

/**
 * Calls `__new__`. A built-in type's may be stricter than CPython's, which leaves the arguments to `__init__`: where a subclass has an
 * `__init__` of its own and they don't fit, `__new__` gets what it needs.
 */
function make(py: Machine, cls: PyClass, maker: Value, args: readonly Value[], keywords: Keywords | undefined): Value {
	if (maker instanceof PyBuiltin && cls.lookup('__init__') instanceof PyFunction) {
		const signature = nativeSignature(maker);
		if (typeof bindArguments(signature, [cls, ...args], keywords) === 'string') {
			const given: Value[] = [cls, ...args].slice(0, signature.positional);
			const required = signature.parameters.filter((parameter) => parameter.required).length;
			while (given.length < required) given.push(null);
			return call(py, maker, given, undefined);
		}
	}
	return call(py, maker, [cls, ...args], keywords);
}

/** Binds the arguments, makes the frame and runs the body; a generator function's body waits. */
function callFunction(py: Machine, func: PyFunction, args: readonly Value[], keywords: Keywords | undefined): Value {
	const { code } = func;
	if (!(code instanceof FunctionCode)) return py.unknown('a function without a text');
	const { body } = code;
	const { layout } = body.scope;
	const { slotCount } = layout;
	// Here and below loops count: iterators are dear in code that runs this often.
	const slots = new Array<Value | undefined>(slotCount);
	const cells = cellsOf(func.closure, body.newCells);
	const frame = new Frame(
		py,
		func.module,
		func.globals ?? func.module.names,
		func.name,
		func,
		layout,
		slots,
		cells,
		py.frame,
		func.globals,
	);
	if (body.plain && !keywords?.size && args.length === body.parameters.length) {
		for (let i = 0; i < args.length; i++) slots[i] = args[i];
		for (let i = args.length; i < slotCount; i++) slots[i] = undefined;
	} else {
		for (let i = 0; i < slotCount; i++) slots[i] = undefined;
		bindParameters(py, func, body, frame, args, keywords);
	}
	if (body.told && py.whenCalled && func.module.source) py.whenCalled(func.module.source, body.told);
	if (body.steps) return new PyGenerator(generatorBody(frame, body.steps(frame)), func.name, frame, generatorType);
	if (code.isAsync) return new PyGenerator(coroutineBody(frame, body.exec), func.name, frame, coroutineType);
	return runFrame(py, frame, body.exec);
}

function cellsOf(closure: readonly PyCell[], own: readonly number[]): PyCell[] {
	const cells = closure.slice();
	for (let i = 0; i < own.length; i++) cells[own[i] ?? 0] = new PyCell();
	return cells;
}

/** Puts the frame on the stack, runs it, and gives what it returned. */
export function runFrame(py: Machine, frame: Frame, exec: Exec): Value {
	py.deeper();
	const back = py.frame;
	py.frame = frame;
	try {
		return exec(frame) === RETURN ? frame.result : null;
	} finally {
		py.frame = back;
		py.budget.depth--;
	}
}

function* generatorBody(frame: Frame, steps: Steps): Generator<Value, Value, Value> {
	return (yield* steps) === RETURN ? frame.result : null;
}

// biome-ignore lint/correctness/useYield: a coroutine never has to wait
function* coroutineBody(frame: Frame, exec: Exec): Generator<Value, Value, Value> {
	return exec(frame) === RETURN ? frame.result : null;
}

function put(frame: Frame, parameter: Parameter, value: Value): void {
	if (parameter.cell) {
		const cell = frame.cells[parameter.index];
		if (cell) cell.value = value;
	} else frame.slots[parameter.index] = value;
}

function bindParameters(
	py: Machine,
	func: PyFunction,
	body: Body,
	frame: Frame,
	args: readonly Value[],
	keywords: Keywords | undefined,
): void {
	const { parameters, positional, positionalOnly, vararg, kwarg } = body;
	const values = new Array<Value | undefined>(parameters.length).fill(undefined);
	const given = Math.min(args.length, positional);
	for (let i = 0; i < given; i++) values[i] = args[i];
	if (vararg) put(frame, vararg, new PyTuple(args.length > positional ? args.slice(positional) : []));
	else if (args.length > positional) {
		py.raise(
			'TypeError',
			`${func.qualname}() takes ${positional} positional argument${positional === 1 ? '' : 's'} but ${args.length} were given`,
		);
	}
	const rest = kwarg && new PyDict();
	if (kwarg && rest) put(frame, kwarg, rest);
	if (keywords) {
		for (const [name, value] of keywords) {
			const at = parameters.findIndex((parameter) => parameter.name === name);
			if (at >= positionalOnly) {
				if (values[at] !== undefined) py.raise('TypeError', `${func.qualname}() got multiple values for argument '${name}'`);
				values[at] = value;
			} else if (rest) rest.setStr(name, value);
			else if (at >= 0)
				py.raise('TypeError', `${func.qualname}() got some positional-only arguments passed as keyword arguments: '${name}'`);
			else py.raise('TypeError', `${func.qualname}() got an unexpected keyword argument '${name}'`);
		}
	}
	let missing: number[] | undefined;
	for (let i = 0; i < parameters.length; i++) {
		const parameter = parameters[i];
		if (!parameter) continue;
		const value = values[i] ?? (values[i] === null ? null : func.defaults.get(parameter.name));
		if (value === undefined) {
			missing ??= [];
			missing.push(i);
		} else put(frame, parameter, value);
	}
	if (missing) {
		const byPosition = missing.filter((index) => index < positional);
		const kind = byPosition.length > 0 ? 'positional' : 'keyword-only';
		const names = (byPosition.length > 0 ? byPosition : missing).map((index) => `'${parameters[index]?.name}'`);
		py.raise(
			'TypeError',
			`${func.qualname}() missing ${names.length} required ${kind} argument${names.length === 1 ? '' : 's'}: ${listed(names)}`,
		);
	}
}

/** `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`. */
function listed(names: readonly string[]): string {
	if (names.length < 3) return names.join(' and ');
	return `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1]}`;
}
