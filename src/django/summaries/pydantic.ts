import type { Interpreter } from '../../python/runtime/interpreter';
import { classMethod, intercept, method, native, type Summary, staticMethod } from '../../python/runtime/native';
import { ellipsis, PyClass, PyDict, PyTuple, textOf, type Value } from '../../python/values';
import { keywordsOf } from '../sites';
import { fieldsOf, made, shaped } from './pydanticFields';

/**
 * pydantic 2 builds each model's validator in pydantic-core, which is compiled. Models are plain classes here: their fields' defaults
 * and the values that they are made with are attributes, nothing is validated.
 */
export const pydanticSummaries: readonly Summary[] = [
	intercept('pydantic.version', '_ensure_pydantic_core_version', 'pydantic-core is compiled: its version is not known.', () =>
		native('_ensure_pydantic_core_version', '', () => null),
	),
	intercept('pydantic._internal._model_construction', 'ModelMetaclass.__new__', 'Builds validators in compiled code.', () =>
		staticMethod('__new__', 'mcs, cls_name, bases, namespace, **kwargs', (py, [mcs, name, bases, namespace, given]) =>
			withMetadata(py, py.call(py.getAttr(py.builtin('type'), '__new__'), [mcs, name, bases, namespace]), given),
		),
	),
	intercept(
		'pydantic._internal._model_construction',
		'ModelMetaclass.__getattr__',
		'Serves private attributes of validators.',
		() =>
			method('__getattr__', 'self, item', (py, [self, item]) => {
				if (self instanceof PyClass && (item === '__pydantic_fields__' || item === 'model_fields')) return fieldsOf(py, self);
				return py.raise(
					'AttributeError',
					`type object '${self instanceof PyClass ? self.name : '?'}' has no attribute '${textOf(item) ?? '?'}'`,
				);
			}),
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
	intercept('pydantic.main', 'BaseModel.model_rebuild', 'Builds validators in compiled code.', () =>
		classMethod('model_rebuild', 'cls, **kwargs', () => null),
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
			(py, [name, , base, , fields]) => {
				const bases = base instanceof PyTuple ? base.items : [base ?? py.getAttr(py.importModule('pydantic.main'), 'BaseModel')];
				return py.makeClass(
					textOf(name) ?? 'Model',
					bases.filter((one) => one instanceof PyClass),
					namespaceOf(fields),
					'pydantic.main',
				);
			},
			{ acceptsUnknown: true },
		),
	),
];

/** A body of a class that declares the fields of `create_model()`: each a type, or a type and its default. */
function namespaceOf(fields: PyDict): Map<string, Value> {
	const namespace = new Map<string, Value>();
	const annotations = new PyDict();
	for (const { key, value } of fields.entries()) {
		const [type, given] = value instanceof PyTuple ? value.items : [value];
		annotations.setStr(textOf(key) ?? '', type ?? null);
		if (given !== undefined && given !== ellipsis) namespace.set(textOf(key) ?? '', given);
	}
	return namespace.set('__annotations__', annotations);
}

/** What pydantic keeps of a generic model; a parametrised one (`Model[int]`) is given it, others have their base's parameters. */
function withMetadata(py: Interpreter, cls: Value, keywords: PyDict): Value {
	if (!(cls instanceof PyClass)) return cls;
	const key = '__pydantic_generic_metadata__';
	const given = keywords.getStr(key);
	if (given instanceof PyDict) {
		cls.setOwn(key, given);
		return cls;
	}
	const inherited = py.findAttr(cls, key);
	const own = py.findAttr(cls, '__parameters__');
	const parameters =
		own instanceof PyTuple && own.items.length > 0 ? own : inherited instanceof PyDict && inherited.getStr('parameters');
	const metadata = new PyDict();
	metadata.setStr('origin', null);
	metadata.setStr('args', new PyTuple([]));
	metadata.setStr('parameters', parameters || new PyTuple([]));
	cls.setOwn(key, metadata);
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
