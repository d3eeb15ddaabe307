import type { Interpreter } from '../../python/runtime/interpreter';
import { PyClass, PyDict, PyList, PyRaise, PyTuple, textOf, type Value } from '../../python/values';
import { keywordsOf } from '../sites';

/**
 * What pydantic makes of plain data by a model's annotations, as far as it shapes the data: a mapping where a model is declared becomes
 * that model, also within lists and mappings. Nothing is checked or converted beyond that.
 */
export function shaped(py: Interpreter, model: Value, name: string, value: Value): Value {
	if (!holdsMapping(value)) return value;
	const hint = hintsOf(py, model)?.getStr(name);
	return hint === undefined ? value : valueFor(py, hint, value);
}

const holdsMapping = (value: Value): boolean =>
	value instanceof PyDict || (value instanceof PyList && value.items.some((one) => holdsMapping(one)));

/** What the model's fields are declared as, once an interpreter. */
function hintsOf(py: Interpreter, model: Value): PyDict | undefined {
	const known = py.state(hintsKey, () => new WeakMap<object, PyDict>());
	if (!(model instanceof PyClass)) return undefined;
	let hints = known.get(model);
	if (hints === undefined) {
		hints = evaluated(py, model);
		known.set(model, hints);
	}
	return hints;
}

/** The classes' own annotations, each evaluated where it stands. */
function evaluated(py: Interpreter, model: PyClass): PyDict {
	const hints = new PyDict();
	const get = py.getAttr(py.importModule('inspect'), 'get_annotations');
	for (const cls of [...model.mro].reverse()) {
		if (cls.immutable || cls.fullName === 'pydantic.main.BaseModel') continue;
		// What only type checkers import stays as it is written.
		const own = [true, false].map((evaluate) => annotations(cls, evaluate)).find((found) => found instanceof PyDict);
		for (const { key, value } of own?.entries() ?? []) hints.set(py, key, value);
	}
	return hints;

	function annotations(cls: PyClass, evaluate: boolean): PyDict | undefined {
		try {
			const own = py.call(get, [cls], new Map([['eval_str', evaluate]]));
			return own instanceof PyDict ? own : undefined;
		} catch (error) {
			if (error instanceof PyRaise) return undefined;
			throw error;
		}
	}
}

const hintsKey = Symbol('type hints of models');
const fieldsKey = Symbol('fields of models');

/**
 * `__pydantic_fields__`: a `FieldInfo` for each name that the model or a base of it annotates, with its default. Worked out when
 * somebody asks, once a model.
 */
export function fieldsOf(py: Interpreter, model: PyClass): PyDict {
	const known = py.state(fieldsKey, () => new WeakMap<PyClass, PyDict>());
	let fields = known.get(model);
	if (fields === undefined) {
		fields = new PyDict();
		known.set(model, fields);
		const fieldInfo = py.getAttr(py.importModule('pydantic.fields'), 'FieldInfo');
		for (const { key, value: annotation } of hintsOf(py, model)?.entries() ?? []) {
			const name = textOf(key) ?? '';
			if (name.startsWith('_') || name === 'model_config' || isClassVariable(annotation)) continue;
			const value = py.findAttr(model, name);
			const field =
				value !== undefined && py.typeOf(value).name === 'FieldInfo'
					? py.call(py.getAttr(py.importModule('copy'), 'copy'), [value])
					: py.call(fieldInfo, [], new Map(value === undefined ? [] : [['default', value]]));
			py.setAttr(field, 'annotation', annotation);
			fields.set(py, key, field);
		}
	}
	return fields;

	function isClassVariable(annotation: Value): boolean {
		const { get_origin: origin, ClassVar } = Object.fromEntries(
			['get_origin', 'ClassVar'].map((name) => [name, py.getAttr(py.importModule('typing'), name)]),
		);
		return typeof annotation === 'string'
			? /^(typing\.)?ClassVar\b/.test(annotation)
			: annotation === ClassVar || (origin !== undefined && py.call(origin, [annotation]) === ClassVar);
	}
}

function valueFor(py: Interpreter, hint: Value, value: Value): Value {
	if (hint instanceof PyClass) return value instanceof PyDict && isModel(hint) ? made(py, hint, value) : value;
	const typing = py.importModule('typing');
	const origin = py.call(py.getAttr(typing, 'get_origin'), [hint]);
	const given = py.call(py.getAttr(typing, 'get_args'), [hint]);
	const args = given instanceof PyTuple ? given.items : [];
	const [first = null] = args;
	if (origin instanceof PyClass && origin.name === 'list' && value instanceof PyList)
		return new PyList(value.items.map((one) => valueFor(py, first, one)));
	if (origin instanceof PyClass && origin.name === 'dict' && value instanceof PyDict) {
		const dict = new PyDict();
		for (const { key, value: one } of value.entries()) dict.set(py, key, valueFor(py, args[1] ?? null, one));
		return dict;
	}
	// `Optional[Model]`, `Annotated[Model, …]`
	for (const one of args) {
		const taken = valueFor(py, one, value);
		if (taken !== value) return taken;
	}
	return value;
}

const isModel = (cls: PyClass): boolean => cls.mro.some(({ fullName }) => fullName === 'pydantic.main.BaseModel');

/** A model of a mapping: of a root model, of which the mapping is the root. */
export function made(py: Interpreter, model: PyClass, data: Value): Value {
	if (model.mro.some(({ fullName }) => fullName === 'pydantic.root_model.RootModel')) return py.call(model, [data]);
	if (!(data instanceof PyDict)) return py.typeOf(data).derivesFrom(model) ? data : py.call(model);
	return py.call(model, [], keywordsOf(data));
}
