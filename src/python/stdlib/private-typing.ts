import { PyUnion } from '../builtins/generic-alias';
import type { Interpreter } from '../runtime/interpreter';
import { classMethod, getter, method, native, nativeModule, newType, staticMethod } from '../runtime/native';
import { PyClass, PyObject, PyTuple, type Value } from '../values';
import { keywordMap } from './keywords';

/** Native: since Python 3.12 `Generic`, `TypeVar` and their like are written in C; the rest of `typing` is read from its source. */

const typing = (py: Interpreter, name: string): Value => py.getAttr(py.importModule('typing'), name);

/** A type variable of any kind: all it has are its attributes. */
class PyTypeVariable extends PyObject {}

function variable(name: string, mark: string, substitute: string, prepare?: string): PyClass {
	const cls: PyClass = newType(name, 'typing', [
		staticMethod(
			'__new__',
			'cls, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False, default?',
			(py, [own, label, constraints, bound, covariant, contravariant, infer, fallback]) => {
				const made = new PyTypeVariable(own instanceof PyClass ? own : cls);
				made.attrs = new Map<string, Value>([
					['__name__', label],
					['__constraints__', constraints],
					['__bound__', bound],
					['__covariant__', covariant],
					['__contravariant__', contravariant],
					['__infer_variance__', infer],
					['__default__', fallback ?? null],
					['__module__', py.stack()[0]?.module.name ?? null],
				]);
				return made;
			},
			{ acceptsUnknown: true },
		),
		method('__or__', 'self, other', (_, [self, other]) => new PyUnion([self, other])),
		method('__ror__', 'self, other', (_, [self, other]) => new PyUnion([other, self])),
		method('__repr__', 'self', (py, [self]) => mark + py.str(py.getAttr(self, '__name__'))),
		method('has_default', 'self', (py, [self]) => py.getAttr(self, '__default__') !== null),
		method('__typing_subst__', 'self, arg', (py, [self, arg]) => py.call(typing(py, substitute), [self, arg])),
		...(prepare
			? [
					method('__typing_prepare_subst__', 'self, alias, args', (py, [self, alias, args]) =>
						py.call(typing(py, prepare), [self, alias, args]),
					),
				]
			: []),
		...(name === 'TypeVarTuple'
			? [method('__iter__', 'self', (py, [self]) => py.iterator([py.getItem(typing(py, 'Unpack'), self)]))]
			: name === 'ParamSpec'
				? [
						getter('args', (_, self) => withOrigin(paramArgs, self)),
						getter('kwargs', (_, self) => withOrigin(paramKeywords, self)),
					]
				: []),
	]);
	return cls;
}

function withOrigin(cls: PyClass, origin: Value): Value {
	const made = new PyTypeVariable(cls);
	made.attrs = new Map<string, Value>([['__origin__', origin]]);
	return made;
}

const origin = (name: string): PyClass =>
	newType(name, 'typing', [
		staticMethod('__new__', 'cls, origin', (_, [cls, of]) => (cls instanceof PyClass ? withOrigin(cls, of) : null)),
	]);
const paramArgs = origin('ParamSpecArgs');
const paramKeywords = origin('ParamSpecKwargs');

const generic = newType('Generic', 'typing', [
	classMethod('__class_getitem__', 'cls, /, *args, **kwargs', (py, [cls, args, kwargs]) =>
		py.call(typing(py, '_generic_class_getitem'), [cls, ...args.items], keywordMap(kwargs)),
	),
	classMethod(
		'__init_subclass__',
		'cls, /, *args, **kwargs',
		(py, [cls, args, kwargs]) => py.call(typing(py, '_generic_init_subclass'), [cls, ...args.items], keywordMap(kwargs)),
		{ acceptsUnknown: true },
	),
]);

const aliasType: PyClass = newType('TypeAliasType', 'typing', [
	staticMethod('__new__', 'cls, name, value, *, type_params=()', (_, [, name, value, parameters]) => {
		const made = new PyTypeVariable(aliasType);
		made.attrs = new Map<string, Value>([
			['__name__', name],
			['__value__', value],
			['__type_params__', parameters],
			['__parameters__', new PyTuple([])],
		]);
		return made;
	}),
	method('__getitem__', 'self, item', (_, [self]) => self),
	method('__or__', 'self, other', (_, [self, other]) => new PyUnion([self, other])),
	method('__repr__', 'self', (py, [self]) => py.str(py.getAttr(self, '__name__'))),
]);

export const privateTyping = nativeModule('_typing', [
	native('_idfunc', 'x, /', (_, [x]) => x, { acceptsUnknown: true }),
	['TypeVar', variable('TypeVar', '~', '_typevar_subst')],
	['ParamSpec', variable('ParamSpec', '~', '_paramspec_subst', '_paramspec_prepare_subst')],
	['TypeVarTuple', variable('TypeVarTuple', '', '_typevartuple_subst', '_typevartuple_prepare_subst')],
	['ParamSpecArgs', paramArgs],
	['ParamSpecKwargs', paramKeywords],
	['TypeAliasType', aliasType],
	['Generic', generic],
	['NoDefault', '<typing.NoDefault>'],
	['Union', newType('Union', 'typing', [])],
]);
