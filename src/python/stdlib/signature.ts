import { PyMappingProxy } from '../builtins/dict-views';
import { annotationsIn } from '../runtime/annotations';
import type { Interpreter } from '../runtime/interpreter';
import { classMethod, getter, type Member, method, native, newType, PyNative, staticMethod } from '../runtime/native';
import { nativeSignature } from '../runtime/signature';
import {
	intOf,
	intType,
	objectType,
	PyBoundMethod,
	PyBuiltin,
	PyClass,
	PyClassMethod,
	PyDict,
	PyFunction,
	PyInstance,
	PyList,
	PyObject,
	PyStaticMethod,
	PyTuple,
	textOf,
	type Value,
} from '../values';
import { PyCachedFunction } from './functools-cache';
import { PyPartial } from './functools-partial';
import { keywordDict, keywordMap } from './keywords';
import { namedTuple } from './namedtuple';

/** Native part of `inspect`: signatures, read off the syntax tree. */

const kinds = ['POSITIONAL_ONLY', 'POSITIONAL_OR_KEYWORD', 'VAR_POSITIONAL', 'KEYWORD_ONLY', 'VAR_KEYWORD'] as const;
type Kind = (typeof kinds)[number];

interface Parameter {
	readonly name: string;
	readonly kind: Kind;
	readonly fallback: Value | undefined;
	readonly annotation: Value | undefined;
}

interface Signature {
	readonly parameters: readonly Parameter[];
	readonly returns: Value | undefined;
}

const empty = newType('_empty', 'inspect', []);
/** `_ParameterKind`: ints with a name, the same objects for all. */
const kindType = newType(
	'_ParameterKind',
	'inspect',
	[
		getter('name', (_, self) => nameOf(self)),
		getter('value', (_, self) => (self instanceof PyInstance ? (self.payload ?? null) : self)),
		getter('description', (_, self) => nameOf(self).toLowerCase().replaceAll('_', ' ')),
		method('__str__', 'self', (_, [self]) => nameOf(self)),
		method('__repr__', 'self', (_, [self]) => `<_ParameterKind.${nameOf(self)}: ${kinds.indexOf(nameOf(self))}>`),
	],
	[intType],
);
const kindValues = kinds.map((_, at) => new PyInstance(kindType, at));

const nameOf = (self: Value): Kind => kinds[intOf(self) ?? 0] ?? 'POSITIONAL_OR_KEYWORD';
const kindValue = (kind: Kind): Value => kindValues[kinds.indexOf(kind)] ?? null;

/** `follow`: to what is wrapped. `format`: of `annotationlib.Format`, in which annotations are given. */
interface Wanted {
	readonly follow: boolean;
	readonly format: Value;
}

function parametersOf(py: Interpreter, func: PyFunction, format: Value): Signature {
	const { args } = func.node;
	const annotations = annotationsIn(py, func, format);
	const annotation = (name: string): Value | undefined => (annotations instanceof PyDict ? annotations.getStr(name) : undefined);
	const make = (name: string, kind: Kind): Parameter => ({
		name,
		kind,
		fallback: func.defaults.get(name),
		annotation: annotation(name),
	});
	return {
		parameters: [
			...args.posonly.map((arg) => make(arg.name, 'POSITIONAL_ONLY')),
			...args.args.map((arg) => make(arg.name, 'POSITIONAL_OR_KEYWORD')),
			...(args.vararg ? [make(args.vararg.name, 'VAR_POSITIONAL')] : []),
			...args.kwonly.map((arg) => make(arg.name, 'KEYWORD_ONLY')),
			...(args.kwarg ? [make(args.kwarg.name, 'VAR_KEYWORD')] : []),
		],
		returns: annotation('return'),
	};
}

function ofBuiltin(func: PyBuiltin): Signature {
	const { parameters, positional, positionalOnly, varargs, kwargs } = nativeSignature(func);
	const listed = parameters.map(
		(one, at): Parameter => ({
			name: one.name,
			kind: at < positionalOnly ? 'POSITIONAL_ONLY' : at < positional ? 'POSITIONAL_OR_KEYWORD' : 'KEYWORD_ONLY',
			fallback: one.required ? undefined : (one.default ?? null),
			annotation: undefined,
		}),
	);
	const rest: Parameter[] = [];
	if (varargs >= 0) rest.push({ name: 'args', kind: 'VAR_POSITIONAL', fallback: undefined, annotation: undefined });
	const last: Parameter[] =
		kwargs >= 0 ? [{ name: 'kwargs', kind: 'VAR_KEYWORD', fallback: undefined, annotation: undefined }] : [];
	return { parameters: [...listed.slice(0, positional), ...rest, ...listed.slice(positional), ...last], returns: undefined };
}

const withoutFirst = ({ parameters, returns }: Signature): Signature => ({
	parameters: parameters[0]?.kind === 'VAR_POSITIONAL' ? parameters : parameters.slice(1),
	returns,
});

/** `inspect.signature(obj)`. */
function signatureOf(py: Interpreter, object: Value, wanted: Wanted): Signature {
	if (object instanceof PyBoundMethod) return withoutFirst(signatureOf(py, object.func, wanted));
	if (object instanceof PyClassMethod || object instanceof PyStaticMethod) return signatureOf(py, object.func, wanted);
	const own = object instanceof PyObject ? object.attrs?.get('__signature__') : undefined;
	if (own instanceof PyNative) return own.data as Signature;
	const wrapped = object instanceof PyObject && wanted.follow ? object.attrs?.get('__wrapped__') : undefined;
	if (wrapped !== undefined && !(object instanceof PyClass)) return signatureOf(py, wrapped, wanted);
	if (object instanceof PyFunction) return parametersOf(py, object, wanted.format);
	if (object instanceof PyCachedFunction) return signatureOf(py, object.func, wanted);
	if (object instanceof PyPartial) return ofPartial(signatureOf(py, object.func, wanted), object);
	if (object instanceof PyBuiltin) return object.binding === 'class' ? withoutFirst(ofBuiltin(object)) : ofBuiltin(object);
	if (object instanceof PyClass) return ofClass(py, object, wanted);
	const call = py.typeOf(object).lookup('__call__');
	if (call === undefined || call === null) return py.raise('TypeError', `${py.repr(object)} is not a callable object`);
	return withoutFirst(signatureOf(py, call, wanted));
}

function ofClass(py: Interpreter, cls: PyClass, wanted: Wanted): Signature {
	const call = cls.cls.lookup('__call__');
	if (call instanceof PyFunction) return withoutFirst(signatureOf(py, call, wanted));
	for (const name of ['__new__', '__init__']) {
		const found = cls.mro.find((one) => one.dict.has(name));
		if (!found || found === objectType || (found.immutable && name === '__new__' && cls.lookup('__init__') instanceof PyFunction))
			continue;
		const maker = found.dict.get(name);
		if (maker !== undefined) return withoutFirst(signatureOf(py, maker, wanted));
	}
	return { parameters: [], returns: undefined };
}

/** Without the parameters that are given by position; those given by name get the value as their default. */
function ofPartial(signature: Signature, { args, keywords }: PyPartial): Signature {
	let left = args.length;
	const parameters = signature.parameters.flatMap((one): Parameter[] => {
		if (left > 0 && (one.kind === 'POSITIONAL_ONLY' || one.kind === 'POSITIONAL_OR_KEYWORD')) {
			left--;
			return [];
		}
		const given = keywords.get(one.name);
		return [given === undefined ? one : { ...one, kind: 'KEYWORD_ONLY', fallback: given }];
	});
	return { parameters, returns: signature.returns };
}

const parameterData = (py: Interpreter, self: Value): Parameter =>
	self instanceof PyNative ? (self.data as Parameter) : py.raise('TypeError', 'expected inspect.Parameter');
const signatureData = (py: Interpreter, self: Value): Signature =>
	self instanceof PyNative ? (self.data as Signature) : py.raise('TypeError', 'expected inspect.Signature');
const orUndefined = (value: Value): Value | undefined => (value === empty ? undefined : value);

const annotationText = (py: Interpreter, value: Value): string =>
	value instanceof PyClass && value.moduleName === 'builtins' ? value.qualname : py.repr(value);

function show(py: Interpreter, { name, kind, fallback, annotation }: Parameter): string {
	const stars = kind === 'VAR_POSITIONAL' ? '*' : kind === 'VAR_KEYWORD' ? '**' : '';
	const typed = annotation === undefined ? '' : `: ${annotationText(py, annotation)}`;
	const equals = fallback === undefined ? '' : typed ? ` = ${py.repr(fallback)}` : `=${py.repr(fallback)}`;
	return stars + name + typed + equals;
}

function showAll(py: Interpreter, { parameters, returns }: Signature): string {
	const parts: string[] = [];
	parameters.forEach((one, at) => {
		const before = parameters[at - 1]?.kind;
		if (before === 'POSITIONAL_ONLY' && one.kind !== 'POSITIONAL_ONLY') parts.push('/');
		if (one.kind === 'KEYWORD_ONLY' && before !== 'KEYWORD_ONLY' && before !== 'VAR_POSITIONAL') parts.push('*');
		parts.push(show(py, one));
	});
	if (parameters.at(-1)?.kind === 'POSITIONAL_ONLY') parts.push('/');
	return `(${parts.join(', ')})${returns === undefined ? '' : ` -> ${annotationText(py, returns)}`}`;
}

const parameterType: PyClass = newType('Parameter', 'inspect', [
	['empty', empty],
	...kinds.map((kind): Member => [kind, kindValue(kind)]),
	getter('name', (py, self) => parameterData(py, self).name),
	method('__eq__', 'self, other, /', (py, [self, other]) => {
		if (!(other instanceof PyNative) || other.cls !== parameterType) return false;
		const a = parameterData(py, self);
		const b = parameterData(py, other);
		const same = (x: Value | undefined, y: Value | undefined): boolean =>
			x === undefined || y === undefined ? x === y : py.equals(x, y);
		return a.name === b.name && a.kind === b.kind && same(a.fallback, b.fallback) && same(a.annotation, b.annotation);
	}),
	method('__hash__', 'self, /', (py, [self]) => py.call(py.builtin('hash'), [parameterData(py, self).name])),
	getter('kind', (py, self) => kindValue(parameterData(py, self).kind)),
	getter('default', (py, self) => parameterData(py, self).fallback ?? (parameterData(py, self).fallback === null ? null : empty)),
	getter(
		'annotation',
		(py, self) => parameterData(py, self).annotation ?? (parameterData(py, self).annotation === null ? null : empty),
	),
	method('replace', 'self, *, name?, kind?, annotation?, default?', (py, [self, name, kind, annotation, fallback]) => {
		const old = parameterData(py, self);
		return new PyNative<Parameter>(parameterType, {
			name: textOf(name ?? null) ?? old.name,
			kind: kind === undefined ? old.kind : nameOf(kind),
			annotation: annotation === undefined ? old.annotation : orUndefined(annotation),
			fallback: fallback === undefined ? old.fallback : orUndefined(fallback),
		});
	}),
	staticMethod(
		'__new__',
		'cls, name, kind, *, default?, annotation?',
		(_, [, name, kind, fallback, annotation]) =>
			new PyNative<Parameter>(parameterType, {
				name: textOf(name) ?? '',
				kind: nameOf(kind),
				fallback: fallback === undefined ? undefined : orUndefined(fallback),
				annotation: annotation === undefined ? undefined : orUndefined(annotation),
			}),
	),
	method('__str__', 'self', (py, [self]) => show(py, parameterData(py, self))),
	method('__repr__', 'self', (py, [self]) => `<Parameter "${show(py, parameterData(py, self))}">`),
]);

/** Arguments laid out on the parameters; raises TypeError as the call would. */
function bindTo(
	py: Interpreter,
	signature: Signature,
	args: readonly Value[],
	keywords: Map<string, Value>,
	partial: boolean,
): Value {
	const bound = new PyDict();
	const left = [...args];
	for (const { name, kind, fallback } of signature.parameters) {
		if (kind === 'VAR_POSITIONAL') {
			if (left.length > 0) bound.set(py, name, new PyTuple(left.splice(0)));
			continue;
		}
		if (kind === 'VAR_KEYWORD') {
			if (keywords.size > 0) bound.set(py, name, keywordDict(keywords));
			keywords.clear();
			continue;
		}
		const given = kind === 'KEYWORD_ONLY' ? undefined : left.shift();
		const named = given === undefined && kind !== 'POSITIONAL_ONLY' ? keywords.get(name) : undefined;
		if (named !== undefined) keywords.delete(name);
		const value = given === undefined ? named : given;
		if (value !== undefined) bound.set(py, name, value);
		else if (fallback === undefined && !partial) py.raise('TypeError', `missing a required argument: '${name}'`);
	}
	if (left.length > 0) py.raise('TypeError', 'too many positional arguments');
	const [extra] = keywords.keys();
	if (extra !== undefined) py.raise('TypeError', `got an unexpected keyword argument '${extra}'`);
	const result = new PyNative<Signature>(boundType, signature);
	result.attrs = new Map<string, Value>([['arguments', bound]]);
	return result;
}

const boundType: PyClass = newType('BoundArguments', 'inspect', [
	getter('signature', (_, self) =>
		self instanceof PyNative ? new PyNative<Signature>(signatureType, self.data as Signature) : null,
	),
	getter('args', (py, self) => new PyTuple(boundParts(py, self).args)),
	getter('kwargs', (py, self) => keywordDict(boundParts(py, self).keywords)),
	method('apply_defaults', 'self', (py, [self]) => {
		const { parameters } = signatureData(py, self);
		const bound = py.getAttr(self, 'arguments');
		const full = new PyDict();
		for (const { name, kind, fallback } of parameters) {
			const value = bound instanceof PyDict ? bound.getStr(name) : undefined;
			const absent = kind === 'VAR_POSITIONAL' ? new PyTuple([]) : kind === 'VAR_KEYWORD' ? new PyDict() : fallback;
			const chosen = value === undefined ? absent : value;
			if (chosen !== undefined) full.set(py, name, chosen);
		}
		py.setAttr(self, 'arguments', full);
		return null;
	}),
]);

function boundParts(py: Interpreter, self: Value): { args: Value[]; keywords: Map<string, Value> } {
	const bound = py.getAttr(self, 'arguments');
	const args: Value[] = [];
	const keywords = new Map<string, Value>();
	for (const { name, kind } of signatureData(py, self).parameters) {
		const value = bound instanceof PyDict ? bound.getStr(name) : undefined;
		if (value === undefined) continue;
		if (kind === 'VAR_POSITIONAL') args.push(...py.list(value));
		else if (kind === 'VAR_KEYWORD') for (const [key, one] of keywordMap(value)) keywords.set(key, one);
		else if (kind === 'KEYWORD_ONLY') keywords.set(name, value);
		else args.push(value);
	}
	return { args, keywords };
}

const signatureType: PyClass = newType('Signature', 'inspect', [
	['empty', empty],
	staticMethod(
		'__new__',
		'cls, parameters=None, *, return_annotation?, __validate_parameters__=True',
		(py, [, parameters, returns]) =>
			new PyNative<Signature>(signatureType, {
				parameters: parameters === null ? [] : py.list(parameters).map((one) => parameterData(py, one)),
				returns: returns === undefined ? undefined : orUndefined(returns),
			}),
	),
	classMethod(
		'from_callable',
		'cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False, annotation_format=1',
		(py, [, object, follow, , , , format]) =>
			new PyNative<Signature>(signatureType, signatureOf(py, object, { follow: py.truth(follow), format })),
	),
	getter('parameters', (py, self) => {
		const dict = new PyDict();
		for (const one of signatureData(py, self).parameters) dict.set(py, one.name, new PyNative<Parameter>(parameterType, one));
		return new PyMappingProxy(dict);
	}),
	getter('return_annotation', (py, self) => {
		const { returns } = signatureData(py, self);
		return returns === undefined ? empty : returns;
	}),
	method('replace', 'self, *, parameters?, return_annotation?', (py, [self, parameters, returns]) => {
		const old = signatureData(py, self);
		return new PyNative<Signature>(signatureType, {
			parameters: parameters === undefined ? old.parameters : py.list(parameters).map((one) => parameterData(py, one)),
			returns: returns === undefined ? old.returns : orUndefined(returns),
		});
	}),
	method(
		'bind',
		'self, /, *args, **kwargs',
		(py, [self, args, kwargs]) => bindTo(py, signatureData(py, self), args.items, keywordMap(kwargs), false),
		{
			acceptsUnknown: true,
		},
	),
	method(
		'bind_partial',
		'self, /, *args, **kwargs',
		(py, [self, args, kwargs]) => bindTo(py, signatureData(py, self), args.items, keywordMap(kwargs), true),
		{ acceptsUnknown: true },
	),
	method(
		'__eq__',
		'self, other',
		(py, [self, other]) =>
			other instanceof PyNative && showAll(py, signatureData(py, self)) === showAll(py, signatureData(py, other)),
	),
	method('__str__', 'self', (py, [self]) => showAll(py, signatureData(py, self))),
	method('__repr__', 'self', (py, [self]) => `<Signature ${showAll(py, signatureData(py, self))}>`),
]);

const specKey = Symbol('inspect.FullArgSpec');

/** `inspect.getfullargspec`. */
function fullArgSpec(py: Interpreter, object: Value, format: Value): Value {
	const spec = py.state(specKey, () =>
		namedTuple(py, 'FullArgSpec', 'args varargs varkw defaults kwonlyargs kwonlydefaults annotations', false, null, 'inspect'),
	);
	// Unlike a signature, it has the first argument of a bound method.
	const { parameters, returns } = signatureOf(py, object instanceof PyBoundMethod ? object.func : object, {
		follow: false,
		format,
	});
	const named = (...wanted: readonly Kind[]): readonly Parameter[] => parameters.filter(({ kind }) => wanted.includes(kind));
	const positional = named('POSITIONAL_ONLY', 'POSITIONAL_OR_KEYWORD');
	const keywordOnly = named('KEYWORD_ONLY');
	const defaults = positional.flatMap(({ fallback }) => (fallback === undefined ? [] : [fallback]));
	const keywordDefaults = new PyDict();
	for (const { name, fallback } of keywordOnly) if (fallback !== undefined) keywordDefaults.set(py, name, fallback);
	const annotations = new PyDict();
	for (const { name, annotation } of parameters) if (annotation !== undefined) annotations.set(py, name, annotation);
	if (returns !== undefined) annotations.set(py, 'return', returns);
	return py.call(spec, [
		new PyList(positional.map(({ name }) => name)),
		named('VAR_POSITIONAL')[0]?.name ?? null,
		named('VAR_KEYWORD')[0]?.name ?? null,
		defaults.length > 0 ? new PyTuple(defaults) : null,
		new PyList(keywordOnly.map(({ name }) => name)),
		keywordDefaults.size > 0 ? keywordDefaults : null,
		annotations,
	]);
}

export const signatureMembers: readonly Member[] = [
	// Django leaves annotations unevaluated here, by a patch of inspect on 3.14 and by the argument that came with 3.15.
	native('getfullargspec', 'func, *, annotation_format=3', (py, [func, format]) => fullArgSpec(py, func, format)),
	native(
		'signature',
		'obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False, annotation_format=1',
		(py, [object, follow, , , , format]) =>
			new PyNative<Signature>(signatureType, signatureOf(py, object, { follow: py.truth(follow), format })),
	),
	['Signature', signatureType],
	['Parameter', parameterType],
	['BoundArguments', boundType],
	['_empty', empty],
	['_ParameterKind', kindType],
];
