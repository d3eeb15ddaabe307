import { annotationsIn } from '../runtime/annotations';
import type { Interpreter } from '../runtime/interpreter';
import { PyNative } from '../runtime/native';
import { nativeSignature } from '../runtime/signature';
import {
	objectType,
	PyBoundMethod,
	PyBuiltin,
	PyClass,
	PyClassMethod,
	PyDict,
	PyFunction,
	PyObject,
	PyStaticMethod,
	type Value,
} from '../values';
import { PyCachedFunction } from './functools-cache';
import { PyPartial } from './functools-partial';
import type { Kind, Parameter } from './signature-parameter';

/** The parameters of what can be called, read off the syntax tree. */

export interface Signature {
	readonly parameters: readonly Parameter[];
	readonly returns: Value | undefined;
}

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
export function signatureOf(py: Interpreter, object: Value, wanted: Wanted): Signature {
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
