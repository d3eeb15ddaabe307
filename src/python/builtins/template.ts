import { classMethod, defineType, getter, method, staticMethod } from '../runtime/native';
import {
	interpolationType,
	notImplemented,
	PyInterpolation,
	PyIterator,
	PyTemplate,
	PyTuple,
	templateType,
	type Value,
} from '../values';
import { typeName } from './arguments';
import { genericAlias } from './generic-alias';

/** `string.templatelib.Template` and `Interpolation`; that module takes them from a t-string. */

const field = (self: Value): PyInterpolation | undefined => (self instanceof PyInterpolation ? self : undefined);
const strings = (self: Value): readonly string[] => (self instanceof PyTemplate ? self.strings : []);
const interpolations = (self: Value): readonly PyInterpolation[] => (self instanceof PyTemplate ? self.interpolations : []);

defineType(interpolationType, [
	staticMethod(
		'__new__',
		"cls, value, expression='', conversion=None, format_spec=''",
		(py, [, value, expression, conversion, spec]) => {
			if (conversion !== null && conversion !== 's' && conversion !== 'a' && conversion !== 'r')
				return py.raise('ValueError', "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'");
			return new PyInterpolation(value, expression, conversion, spec);
		},
		{ acceptsUnknown: true },
	),
	['__match_args__', new PyTuple(['value', 'expression', 'conversion', 'format_spec'])],
	getter('value', (_, self) => field(self)?.value ?? null),
	getter('expression', (_, self) => field(self)?.expression ?? null),
	getter('conversion', (_, self) => field(self)?.conversion ?? null),
	getter('format_spec', (_, self) => field(self)?.formatSpec ?? null),
	method('__repr__', 'self, /', (py, [self]) => {
		const { value = null, expression = null, conversion = null, formatSpec = null } = field(self) ?? {};
		return `Interpolation(${[value, expression, conversion, formatSpec].map((one) => py.repr(one)).join(', ')})`;
	}),
	classMethod('__class_getitem__', 'cls, item, /', (_, [cls, item]) => genericAlias(cls, item)),
]);

defineType(templateType, [
	staticMethod('__new__', 'cls, *args', (py, [, args]) =>
		PyTemplate.of(
			args.items.map((part) =>
				typeof part === 'string' || part instanceof PyInterpolation
					? part
					: py.raise(
							'TypeError',
							`Template.__new__ *args need to be of type 'str' or 'Interpolation', got ${py.typeOf(part).name}`,
						),
			),
		),
	),
	getter('strings', (_, self) => new PyTuple([...strings(self)])),
	getter('interpolations', (_, self) => new PyTuple([...interpolations(self)])),
	getter('values', (_, self) => new PyTuple(interpolations(self).map(({ value }) => value))),
	method(
		'__iter__',
		'self, /',
		(_, [self]) => new PyIterator((self instanceof PyTemplate ? self.parts() : []).values(), 'TemplateIter'),
	),
	method('__add__', 'self, other, /', (py, [self, other]) => {
		if (!(self instanceof PyTemplate)) return notImplemented;
		if (other instanceof PyTemplate) return PyTemplate.of([...self.parts(), ...other.parts()]);
		const own = 'string.templatelib.Template';
		return py.raise('TypeError', `can only concatenate ${own} (not "${typeName(py, other)}") to ${own}`);
	}),
	method(
		'__repr__',
		'self, /',
		(py, [self]) =>
			`Template(strings=${py.repr(new PyTuple([...strings(self)]))}, interpolations=${py.repr(new PyTuple([...interpolations(self)]))})`,
	),
	classMethod('__class_getitem__', 'cls, item, /', (_, [cls, item]) => genericAlias(cls, item)),
]);
