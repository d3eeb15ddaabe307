import { type PyBuiltin, PyDict, PyFloat, PyTuple, type Value } from '../values';

/** A native's parameters, as its text signature says them. */
export interface Signature {
	readonly text: string;
	/** Positional ones (with those before `/` first), then keyword-only ones. */
	readonly parameters: readonly Parameter[];
	/** How many of them are positional-only, how many may be given by position. */
	readonly positionalOnly: number;
	readonly positional: number;
	/** Index of `*args` and `**kwargs` in the bound list; -1 where there is none. */
	readonly varargs: number;
	readonly kwargs: number;
	/** Length of the bound list. */
	readonly size: number;
}

export interface Parameter {
	readonly name: string;
	readonly required: boolean;
	/** Undefined: the body gets `undefined` when the argument is absent (`name?`). */
	readonly default: Value | undefined;
	/** Index in the bound list. */
	readonly index: number;
}

type Trim<S extends string> = S extends ` ${infer T}` ? Trim<T> : S extends `${infer T} ` ? Trim<T> : S;
type Split<S extends string> = S extends `${infer H},${infer T}` ? [Trim<H>, ...Split<T>] : Trim<S> extends '' ? [] : [Trim<S>];
type Bound<P extends string> = P extends `**${string}`
	? PyDict
	: P extends `*${string}`
		? PyTuple
		: P extends `${string}?`
			? Value | undefined
			: Value;
type BindAll<T extends string[]> = T extends [infer H extends string, ...infer R extends string[]]
	? H extends '/' | '*'
		? BindAll<R>
		: [Bound<H>, ...BindAll<R>]
	: [];

/** The types of the bound arguments, read off the signature text: `'self, sep=None, *rest'` → `[Value, Value, PyTuple]`. */
export type Arguments<S extends string> = BindAll<Split<S>>;

/** Most natives are never called: their signatures are read when they are. */
export function nativeSignature(func: PyBuiltin): Signature {
	func.signature ??= parseSignature(func.signatureText);
	return func.signature;
}

/**
 * Reads `self, a, b=None, /, c=1, d?, *args, e='x', **kwargs`. Defaults are None, True, False, numbers, quoted strings, `()`;
 * a parameter that ends in `?` is optional and undefined when absent. A default holds no comma.
 */
function parseSignature(text: string): Signature {
	const parameters: Parameter[] = [];
	let positionalOnly = 0;
	let positional = -1;
	let varargs = -1;
	let kwargs = -1;
	let index = 0;
	for (const raw of text.split(',')) {
		const part = raw.trim();
		if (part === '') continue;
		if (part === '/') {
			positionalOnly = parameters.length;
		} else if (part === '*') {
			positional = parameters.length;
		} else if (part.startsWith('**')) {
			kwargs = index++;
		} else if (part.startsWith('*')) {
			positional = parameters.length;
			varargs = index++;
		} else {
			const [name = '', fallback] = part.split('=');
			const optional = name.endsWith('?');
			parameters.push({
				name: optional ? name.slice(0, -1) : name,
				required: !optional && fallback === undefined,
				default: fallback === undefined ? undefined : constant(fallback),
				index: index++,
			});
		}
	}
	if (positional < 0) positional = parameters.length;
	return { text, parameters, positionalOnly, positional, varargs, kwargs, size: index };
}

const emptyTuple = new PyTuple([]);

function constant(text: string): Value {
	if (text === 'None') return null;
	if (text === 'True' || text === 'False') return text === 'True';
	if (text === '()') return emptyTuple;
	if (/^(['"]).*\1$/.test(text)) return text.slice(1, -1);
	if (/^-?\d+$/.test(text)) return Number(text);
	if (/^-?\d*\.\d*$/.test(text)) return new PyFloat(Number(text));
	throw new Error(`a native's default can't be ${text}`);
}

/**
 * Binds a call's arguments. Returns the message of the TypeError that Python would raise when they don't fit, without the function's name.
 */
export function bindArguments(
	signature: Signature,
	args: readonly Value[],
	keywords: ReadonlyMap<string, Value> | undefined,
): (Value | undefined)[] | string {
	const { parameters, positional, varargs, kwargs, positionalOnly, size } = signature;
	// Nothing to fill in: the usual case.
	if (!keywords && args.length === size && positional === size) return args.slice();
	const bound = new Array<Value | undefined>(size);
	for (let i = 0; i < size; i++) bound[i] = undefined;
	const given = Math.min(args.length, positional);
	for (let i = 0; i < given; i++) bound[parameters[i]?.index ?? 0] = args[i];
	if (varargs >= 0) bound[varargs] = new PyTuple(args.length > positional ? args.slice(positional) : []);
	else if (args.length > positional) return `takes at most ${positional} positional arguments (${args.length} given)`;
	let rest: PyDict | undefined;
	if (kwargs >= 0) {
		rest = new PyDict();
		bound[kwargs] = rest;
	}
	if (keywords) {
		for (const [name, value] of keywords) {
			const at = parameters.findIndex((parameter) => parameter.name === name);
			const parameter = at >= positionalOnly ? parameters[at] : undefined;
			if (parameter) {
				if (bound[parameter.index] !== undefined) return `got multiple values for argument '${name}'`;
				bound[parameter.index] = value;
			} else if (rest) rest.setStr(name, value);
			else return `got an unexpected keyword argument '${name}'`;
		}
	}
	for (let i = keywords ? 0 : given; i < parameters.length; i++) {
		const parameter = parameters[i];
		if (!parameter || bound[parameter.index] !== undefined) continue;
		if (parameter.required) return `missing required argument: '${parameter.name}'`;
		bound[parameter.index] = parameter.default;
	}
	return bound;
}
