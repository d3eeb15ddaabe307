import type { Interpreter } from '../../python/runtime/interpreter';
import { classMethod, intercept, method, native, type Summary, staticMethod } from '../../python/runtime/native';
import { PyClass, PyDict, PyTuple, textOf, type Value } from '../../python/values';
import { keywordsOf } from '../sites';
import { made, shaped } from './pydanticFields';

/**
 * pydantic 2 builds each model's validator in pydantic-core, which is compiled. Models are plain classes here: their fields' defaults
 * and the values that they are made with are attributes, nothing is validated.
 */
export const pydanticSummaries: readonly Summary[] = [
	intercept('pydantic.version', '_ensure_pydantic_core_version', 'pydantic-core is compiled: its version is not known.', () =>
		native('_ensure_pydantic_core_version', '', () => null),
	),
	intercept('pydantic._internal._model_construction', 'ModelMetaclass.__new__', 'Builds validators in compiled code.', () =>
		staticMethod('__new__', 'mcs, cls_name, bases, namespace, **kwargs', (py, [mcs, name, bases, namespace]) =>
			withMetadata(py, py.call(py.getAttr(py.builtin('type'), '__new__'), [mcs, name, bases, namespace])),
		),
	),
	intercept(
		'pydantic._internal._model_construction',
		'ModelMetaclass.__getattr__',
		'Serves private attributes of validators.',
		() =>
			method('__getattr__', 'self, item', (py, [self, item]) =>
				py.raise(
					'AttributeError',
					`type object '${self instanceof PyClass ? self.name : '?'}' has no attribute '${textOf(item) ?? '?'}'`,
				),
			),
	),
	intercept('pydantic.main', 'BaseModel.__init__', 'Validates in compiled code.', () =>
		method(
			'__init__',
			'self, /, *args, **data',
			(py, [self, , data]) => {
				setDefaults(py, self);
				for (const { key, value } of data.entries()) setField(py, self, textOf(key) ?? '', value);
				return null;
			},
			{ acceptsUnknown: true },
		),
	),
	intercept('pydantic.main', 'BaseModel.__getattr__', 'Serves private attributes of validators.', () =>
		method('__getattr__', 'self, item', (py, [self, item]) =>
			py.raise('AttributeError', `'${py.typeOf(self).name}' object has no attribute '${textOf(item) ?? '?'}'`),
		),
	),
	intercept('pydantic.root_model', 'RootModel.__init__', 'Validates in compiled code.', () =>
		method(
			'__init__',
			'self, /, *args, **data',
			(py, [self, args, data]) => {
				setDefaults(py, self);
				const [root = data] = args.items;
				setField(py, self, 'root', root);
				return null;
			},
			{ acceptsUnknown: true },
		),
	),
	...['model_validate', 'from_orm', 'parse_obj'].map((name) =>
		intercept('pydantic.main', `BaseModel.${name}`, 'Validates in compiled code.', () =>
			classMethod(
				name,
				'cls, obj, *args, **kwargs',
				(py, [cls, obj]) => (cls instanceof PyClass ? made(py, cls, obj) : py.call(cls)),
				{ acceptsUnknown: true },
			),
		),
	),
	intercept('pydantic.main', 'BaseModel.model_construct', 'Validates in compiled code.', () =>
		classMethod(
			'model_construct',
			'cls, *args, **kwargs',
			(py, [cls, args, kwargs]) => py.call(cls, args.items, keywordsOf(kwargs)),
			{
				acceptsUnknown: true,
			},
		),
	),
	intercept('pydantic.main', 'create_model', 'Builds validators in compiled code.', () =>
		native(
			'create_model',
			'model_name, /, *args, __base__=None, __module__=None, **fields',
			(py, [name, , base]) => {
				const bases = base instanceof PyTuple ? base.items : [base ?? py.getAttr(py.importModule('pydantic.main'), 'BaseModel')];
				return py.makeClass(
					textOf(name) ?? 'Model',
					bases.filter((one) => one instanceof PyClass),
					new Map<string, Value>(),
					'pydantic.main',
				);
			},
			{ acceptsUnknown: true },
		),
	),
];

/** What pydantic keeps of a generic model; subclasses of a parametrised one look at it. */
function withMetadata(py: Interpreter, cls: Value): Value {
	if (!(cls instanceof PyClass)) return cls;
	const metadata = new PyDict();
	metadata.setStr('origin', null);
	metadata.setStr('args', new PyTuple([]));
	const parameters = py.findAttr(cls, '__parameters__');
	metadata.setStr('parameters', parameters instanceof PyTuple ? parameters : new PyTuple([]));
	cls.setOwn('__pydantic_generic_metadata__', metadata);
	return cls;
}

function setField(py: Interpreter, self: Value, name: string, value: Value): void {
	const given = shaped(py, py.typeOf(self), name, value);
	py.call(py.getAttr(py.builtin('object'), '__setattr__'), [self, name, given]);
}

/** A field that is declared by `Field(default)` has that default on the instance. */
function setDefaults(py: Interpreter, self: Value): void {
	for (const cls of [...py.typeOf(self).mro].reverse()) {
		if (cls.immutable) continue;
		if (cls.pending) cls.pending();
		for (const [name, value] of [...cls.dict]) {
			if (py.typeOf(value).name !== 'FieldInfo') continue;
			const factory = py.findAttr(value, 'default_factory') ?? null;
			py.call(py.getAttr(py.builtin('object'), '__setattr__'), [
				self,
				name,
				factory === null ? py.getAttr(value, 'default') : py.call(factory),
			]);
		}
	}
}
