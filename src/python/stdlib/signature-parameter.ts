import type { Interpreter } from '../runtime/interpreter';
import { getter, type Member, method, newType, PyNative, staticMethod } from '../runtime/native';
import { intOf, intType, PyClass, PyInstance, textOf, type Value } from '../values';

/** `inspect.Parameter` and its kinds. */

const kinds = ['POSITIONAL_ONLY', 'POSITIONAL_OR_KEYWORD', 'VAR_POSITIONAL', 'KEYWORD_ONLY', 'VAR_KEYWORD'] as const;
export type Kind = (typeof kinds)[number];

export interface Parameter {
	readonly name: string;
	readonly kind: Kind;
	readonly fallback: Value | undefined;
	readonly annotation: Value | undefined;
}

export const empty = newType('_empty', 'inspect', []);
/** `_ParameterKind`: ints with a name, the same objects for all. */
export const kindType = newType(
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

export const parameterData = (py: Interpreter, self: Value): Parameter =>
	self instanceof PyNative ? (self.data as Parameter) : py.raise('TypeError', 'expected inspect.Parameter');
export const orUndefined = (value: Value): Value | undefined => (value === empty ? undefined : value);

export const annotationText = (py: Interpreter, value: Value): string =>
	value instanceof PyClass && value.moduleName === 'builtins' ? value.qualname : py.repr(value);

export function show(py: Interpreter, { name, kind, fallback, annotation }: Parameter): string {
	const stars = kind === 'VAR_POSITIONAL' ? '*' : kind === 'VAR_KEYWORD' ? '**' : '';
	const typed = annotation === undefined ? '' : `: ${annotationText(py, annotation)}`;
	const equals = fallback === undefined ? '' : typed ? ` = ${py.repr(fallback)}` : `=${py.repr(fallback)}`;
	return stars + name + typed + equals;
}

export const parameterType: PyClass = newType('Parameter', 'inspect', [
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
