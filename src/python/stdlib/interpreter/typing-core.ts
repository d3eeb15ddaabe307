import type { Interpreter } from '../../runtime/interpreter';
import { type NativeModule, native, nativeModule } from '../../runtime/native';
import { unionType, type Value } from '../../values';

/**
 * `_typing`: what Python 3.12 and later implement in C of type variables and `Generic`. `typing.py` does the work; these
 * call back into it as the C code does (Objects/typevarobject.c).
 */
const text = `
class NoDefaultType:
    def __repr__(self):
        return 'typing.NoDefault'

NoDefault = NoDefaultType()

class _Variable:
    def __or__(self, other):
        import typing
        return typing.Union[self, other]
    def __ror__(self, other):
        import typing
        return typing.Union[other, self]
    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass an instance of {type(self).__name__}')
    def has_default(self):
        return self.__default__ is not NoDefault

class TypeVar(_Variable):
    def __init__(self, name, *constraints, bound=None, default=NoDefault, covariant=False, contravariant=False, infer_variance=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self.__default__ = default
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self.__infer_variance__ = infer_variance
    def __typing_subst__(self, arg):
        import typing
        return typing._typevar_subst(self, arg)
    def __typing_prepare_subst__(self, alias, args):
        import typing
        prepare = getattr(typing, '_typevar_prepare_subst', None)
        return prepare(self, alias, args) if prepare else args
    def __repr__(self):
        if self.__infer_variance__:
            return self.__name__
        return '+' + self.__name__ if self.__covariant__ else '-' + self.__name__ if self.__contravariant__ else '~' + self.__name__

class ParamSpecArgs:
    def __init__(self, origin):
        self.__origin__ = origin
    def __mro_entries__(self, bases):
        raise TypeError('Cannot subclass an instance of ParamSpecArgs')

class ParamSpecKwargs(ParamSpecArgs):
    pass

class ParamSpec(_Variable):
    def __init__(self, name, *, bound=None, default=NoDefault, covariant=False, contravariant=False, infer_variance=False):
        self.__name__ = name
        self.__bound__ = bound
        self.__default__ = default
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
        self.__infer_variance__ = infer_variance
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant
    @property
    def args(self):
        return ParamSpecArgs(self)
    @property
    def kwargs(self):
        return ParamSpecKwargs(self)
    def __typing_subst__(self, arg):
        import typing
        return typing._paramspec_subst(self, arg)
    def __typing_prepare_subst__(self, alias, args):
        import typing
        return typing._paramspec_prepare_subst(self, alias, args)
    def __repr__(self):
        return self.__name__ if self.__infer_variance__ else '~' + self.__name__

class TypeVarTuple:
    def __init__(self, name, *, default=NoDefault):
        self.__name__ = name
        self.__default__ = default
    def has_default(self):
        return self.__default__ is not NoDefault
    def __iter__(self):
        import typing
        yield typing.Unpack[self]
    def __typing_subst__(self, arg):
        raise TypeError('Substitution of bare TypeVarTuple is not supported')
    def __typing_prepare_subst__(self, alias, args):
        import typing
        return typing._typevartuple_prepare_subst(self, alias, args)
    def __mro_entries__(self, bases):
        raise TypeError('Cannot subclass an instance of TypeVarTuple')
    def __repr__(self):
        return self.__name__

class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self._evaluate = lambda: value
        self.__type_params__ = type_params
        self.__parameters__ = type_params
    @property
    def __value__(self):
        return self._evaluate()
    def __or__(self, other):
        import typing
        return typing.Union[self, other]
    def __ror__(self, other):
        import typing
        return typing.Union[other, self]
    def __getitem__(self, params):
        import types
        return types.GenericAlias(self, params if isinstance(params, tuple) else (params,))
    def __repr__(self):
        return self.__name__

def _waiting_alias(name, evaluate, type_params):
    alias = TypeAliasType(name, None, type_params=type_params)
    alias._evaluate = evaluate
    return alias

class Generic:
    __slots__ = ()
    _is_protocol = False
    def __class_getitem__(cls, params):
        import typing
        return typing._generic_class_getitem(cls, params)
    def __init_subclass__(cls, *args, **kwargs):
        import typing
        return typing._generic_init_subclass(cls, *args, **kwargs)
`;

const key = Symbol('_typing');

function member(name: string): (py: Interpreter) => Value {
	return (py) => {
		const names = py.state(key, () => {
			const made = new Map<string, Value>([['__name__', 'typing']]);
			py.execute(text, '<_typing>', made);
			return made;
		});
		return names.get(name) ?? null;
	};
}

const names = [
	'NoDefault',
	'TypeVar',
	'ParamSpecArgs',
	'ParamSpecKwargs',
	'ParamSpec',
	'TypeVarTuple',
	'TypeAliasType',
	'_waiting_alias',
	'Generic',
];

/** Written in C: `__call__ = _idfunc` in `NewType` is given no `self`. */
const idfunc = native('_idfunc', 'x, /', (_, [x]) => x, { acceptsUnknown: true });

export const typingCore: NativeModule = nativeModule('_typing', [idfunc], {
	lazy: {
		...Object.fromEntries(names.map((name) => [name, member(name)])),
		// Since 3.14 the type of `int | str`; before, `typing.py` has its own.
		Union: () => unionType,
	},
});
