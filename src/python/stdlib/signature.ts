import { PyMappingProxy } from '../builtins/dict-views';
import type { Interpreter } from '../runtime/interpreter';
import { classMethod, getter, type Member, method, native, newType, PyNative, staticMethod } from '../runtime/native';
import { PyBoundMethod, type PyClass, PyDict, PyList, PyTuple, type Value } from '../values';
import { keywordDict, keywordMap } from './keywords';
import { namedTuple } from './namedtuple';
import {
	annotationText,
	empty,
	type Kind,
	kindType,
	orUndefined,
	type Parameter,
	parameterData,
	parameterType,
	show,
} from './signature-parameter';
import { type Signature, signatureOf } from './signature-reading';

/** Native part of `inspect`: signatures and arguments bound to them. */

const signatureData = (py: Interpreter, self: Value): Signature =>
	self instanceof PyNative ? (self.data as Signature) : py.raise('TypeError', 'expected inspect.Signature');
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
