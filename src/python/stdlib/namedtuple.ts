import { isIdentifier } from '../builtins/char-classes';
import type { Interpreter } from '../runtime/interpreter';
import { classMethod, getter, method, staticMethod } from '../runtime/native';
import { PyClass, PyDict, PyTuple, tupleType, type Value } from '../values';
import { keywordMap } from './keywords';

/** The fields and defaults of a named tuple class, for `__new__` and `_replace`. */
interface Shape {
	readonly name: string;
	readonly fields: readonly string[];
	readonly defaults: ReadonlyMap<string, Value>;
}

/** Values in the order of the fields; raises TypeError as a function with these parameters would. */
function arrange(py: Interpreter, shape: Shape, args: readonly Value[], keywords: Map<string, Value>): Value[] {
	const { fields, defaults, name } = shape;
	if (args.length > fields.length)
		py.raise('TypeError', `${name}.__new__() takes ${fields.length + 1} positional arguments but ${args.length + 1} were given`);
	const values = fields.map((field, at) => {
		const given = args[at];
		if (given !== undefined) return given;
		const named = keywords.get(field);
		keywords.delete(field);
		if (named !== undefined) return named;
		const fallback = defaults.get(field);
		return fallback === undefined
			? py.raise('TypeError', `${name}.__new__() missing 1 required positional argument: '${field}'`)
			: fallback;
	});
	const [extra] = keywords.keys();
	if (extra !== undefined) py.raise('TypeError', `${name}.__new__() got an unexpected keyword argument '${extra}'`);
	return values;
}

const accepts = { acceptsUnknown: true };

/** The attributes that make a tuple subclass a named tuple. */
function namedTupleMembers(py: Interpreter, shape: Shape): Map<string, Value> {
	const { fields, defaults, name } = shape;
	const own = (self: Value): readonly Value[] => (self instanceof PyTuple ? self.items : []);
	const defaultDict = new PyDict();
	for (const [field, value] of defaults) defaultDict.set(py, field, value);
	const natives = [
		staticMethod(
			'__new__',
			'_cls, /, *args, **kwargs',
			(inner, [cls, args, kwargs]) =>
				new PyTuple(arrange(inner, shape, args.items, keywordMap(kwargs)), cls instanceof PyClass ? cls : tupleType),
			accepts,
		),
		classMethod('_make', 'cls, iterable', (inner, [cls, values]) => {
			const items = inner.list(values);
			if (items.length !== fields.length) inner.raise('TypeError', `Expected ${fields.length} arguments, got ${items.length}`);
			return new PyTuple(items, cls instanceof PyClass ? cls : tupleType);
		}),
		method('_replace', 'self, /, **kwargs', (inner, [self, kwargs]) => {
			const changes = keywordMap(kwargs);
			const values = fields.map((field, at) => {
				const changed = changes.get(field);
				changes.delete(field);
				return changed === undefined ? (own(self)[at] ?? null) : changed;
			});
			if (changes.size > 0)
				inner.raise('ValueError', `Got unexpected field names: ${inner.repr([...changes.keys()][0] ?? null)}`);
			return new PyTuple(values, self instanceof PyTuple ? self.cls : tupleType);
		}),
		method('_asdict', 'self', (inner, [self]) => {
			const dict = new PyDict();
			fields.forEach((field, at) => {
				dict.set(inner, field, own(self)[at] ?? null);
			});
			return dict;
		}),
		method('__repr__', 'self', (inner, [self]) => {
			const cls = self instanceof PyTuple ? self.cls.name : name;
			return `${cls}(${fields.map((field, at) => `${field}=${inner.repr(own(self)[at] ?? null)}`).join(', ')})`;
		}),
		method('__getnewargs__', 'self', (_, [self]) => new PyTuple(own(self))),
	];
	const members = new Map<string, Value>(natives.map((one) => [one.name, one]));
	members.set('_fields', new PyTuple(fields));
	members.set('_field_defaults', defaultDict);
	members.set('__match_args__', new PyTuple(fields));
	members.set('__slots__', new PyTuple([]));
	fields.forEach((field, at) => {
		members.set(...getter(field, (_, self) => own(self)[at] ?? null));
	});
	return members;
}

/** `keyword.kwlist`. */
const words = new Set(
	'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
		' ',
	),
);

/** `collections.namedtuple(...)`. */
export function namedTuple(
	py: Interpreter,
	name: string,
	names: Value,
	rename: boolean,
	defaults: Value,
	moduleName: string | undefined,
): PyClass {
	const listed =
		typeof names === 'string'
			? names.replaceAll(',', ' ').split(/\s+/).filter(Boolean)
			: py.list(names).map((one) => py.str(one));
	const seen = new Set<string>();
	const fields = listed.map((field, at) => {
		const bad = !isIdentifier(field) || words.has(field) || field.startsWith('_') || seen.has(field);
		const used = rename && bad ? `_${at}` : field;
		if (bad && !rename) {
			if (seen.has(field)) py.raise('ValueError', `Encountered duplicate field name: ${py.repr(field)}`);
			py.raise('ValueError', `Type names and field names must be valid identifiers: ${py.repr(field)}`);
		}
		seen.add(used);
		return used;
	});
	const values = defaults === null ? [] : py.list(defaults);
	if (values.length > fields.length) py.raise('TypeError', 'Got more default values than field names');
	const byName = new Map(fields.slice(fields.length - values.length).map((field, at) => [field, values[at] ?? null] as const));
	return py.makeClass(name, [tupleType], namedTupleMembers(py, { name, fields, defaults: byName }), moduleName);
}
