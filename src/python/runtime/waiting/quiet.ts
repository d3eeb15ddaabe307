import type { Expr } from '../../syntax/ast';
import { LazyBinding, LazyImport, objectType, PyBuiltin, PyClass, PyFunction, PyModule, typeType } from '../../values';
import type { Frame } from '../frames';
import { peek } from './peek';
import { isQuietFunction } from './quiet-functions';

/**
 * What a definition may call without anybody outside of it noticing, so that it may wait until its name is asked for.
 * Whatever is not known to be so is run in its place.
 */

/**
 * Metaclasses whose work ends in the class they make: they collect fields, build choices, check abstract methods. (Not those of
 * django-filter, which ask models' fields for form fields and so run what a project hangs there.)
 */
const quietMetaclasses: ReadonlySet<string> = new Set([
	'abc.ABCMeta',
	'enum.EnumType',
	'enum.EnumMeta',
	'typing._ProtocolMeta',
	'typing_extensions._ProtocolMeta',
	'typing._TypedDictMeta',
	'typing_extensions._TypedDictMeta',
	'django.db.models.fields.AutoFieldMeta',
	'django.db.models.query.InstanceCheckMeta',
	'django.db.models.enums.ChoicesType',
	'django.db.models.enums.ChoicesMeta',
	'django.forms.widgets.MediaDefiningClass',
	'django.forms.forms.DeclarativeFieldsMetaclass',
	'django.forms.models.ModelFormMetaclass',
	'django.utils.deprecation.RenameMethodsBase',
	'rest_framework.serializers.SerializerMetaclass',
	'django_tables2.tables.DeclarativeColumnsMetaclass',
]);

/** Classes whose `__init_subclass__` only looks at the class, and writes to it. */
const quietHooks: ReadonlySet<string> = new Set([
	'typing.Generic',
	'typing.Protocol',
	'typing_extensions.Protocol',
	'django.db.models.utils.AltersData',
	'django.db.models.fields.PositiveIntegerRelDbTypeMixin',
]);

/** Whether a class of this full name and text lets subclasses be made with no effect but them, as far as it decides. */
export function isQuietBase(fullName: string, text: string): boolean {
	return quietHooks.has(fullName) || !text.includes('__init_subclass__');
}

/** Whether what `typing` calls so stands for a base class (`class Point(NamedTuple)`). */
export const isQuietFactory = (name: string | undefined) => name === 'NamedTuple' || name === 'TypedDict';

/** Modules whose decorators do no more than wrap what they are given. */
const quietDecorators =
	/^(?:abc|contextlib|dataclasses|enum|functools|typing|typing_extensions|attrs?|django\.(?:utils|views)\b.*|django\.contrib\.auth\.decorators|django\.db\.transaction|rest_framework\.decorators|drf_spectacular\.utils|drf_yasg\.utils)$/;

const known = new WeakMap<PyClass, boolean>();

/** Whether making a subclass (`asMetaclass`: an instance) has no effect but that class. */
export function isQuietClass(cls: PyClass, asMetaclass = false): boolean {
	if (asMetaclass) return cls === typeType || quietMetaclasses.has(cls.fullName);
	let quiet = known.get(cls);
	if (quiet === undefined) {
		quiet = isQuietClass(cls.cls, true) && hasQuietHook(cls) && !cls.mro.some((one) => one.unknownBase);
		known.set(cls, quiet);
	}
	return quiet;
}

/** Metaclasses of whose classes the body may wait, and what they give them beside their body's names. */
const outlinedMetaclasses: ReadonlyMap<string, readonly string[]> = new Map([
	['django.forms.widgets.MediaDefiningClass', ['media']],
	['django.forms.forms.DeclarativeFieldsMetaclass', ['media', 'base_fields', 'declared_fields']],
	['django.forms.models.ModelFormMetaclass', ['media', 'base_fields', 'declared_fields', '_meta']],
	['rest_framework.serializers.SerializerMetaclass', ['_declared_fields']],
	['django_tables2.tables.DeclarativeColumnsMetaclass', ['_meta', 'base_columns']],
]);

/** What the metaclass adds to a class; undefined where its classes can't wait. */
export function addedNames(metaclass: PyClass): readonly string[] | undefined {
	return metaclass === typeType ? [] : outlinedMetaclasses.get(metaclass.fullName);
}

/** Classes whose `__init_subclass__` gives a subclass no attribute: what it marks in methods, templates alone ask for. */
const idleHooks: ReadonlySet<string> = new Set(['django.db.models.utils.AltersData']);

/** Whether making a subclass calls nothing of this class or its bases that could give it an attribute. */
export function hasNoHook(cls: PyClass): boolean {
	return !hasHook(cls) || idleHooks.has(hookOwner(cls)?.fullName ?? '');
}

function hasHook(cls: PyClass): boolean {
	const hook = cls.lookup('__init_subclass__');
	return hook !== undefined && hook !== objectType.dict.get('__init_subclass__');
}

const hookOwner = (cls: PyClass) => cls.mro.find((one) => one.dict.has('__init_subclass__'));

function hasQuietHook(cls: PyClass): boolean {
	if (!hasHook(cls)) return true;
	const owner = hookOwner(cls);
	return owner !== undefined && quietHooks.has(owner.fullName);
}

/** Whether applying this decorator has no effect but its result. */
export function isQuietDecorator(frame: Frame, node: Expr): boolean {
	let root = node;
	if (root.kind === 'Call') root = root.func;
	const last = root.kind === 'Attribute' ? root.attr : '';
	while (root.kind === 'Attribute') root = root.value;
	return root.kind === 'Name' && isQuietName(frame, root.id, last, node.kind === 'Call');
}

/** The same of a decorator `root` or `root. … .last`. */
export function isQuietName(frame: Frame, root: string, last: string, applied = true): boolean {
	if (last === 'setter' || last === 'getter' || last === 'deleter') return true;
	const bound = frame.names.get(root);
	if (bound === undefined) return root === 'property' || root === 'classmethod' || root === 'staticmethod';
	if (bound instanceof LazyImport && quietDecorators.test(bound.module)) return true;
	if (bound instanceof LazyBinding && quietDecorators.test(bound.target)) return true;
	const name = last === root ? '' : last;
	const value = peek(frame.py, frame, { kind: 'Name', id: root, start: 0, end: 0 });
	if (value instanceof PyModule && name !== '') {
		const member = value.names.get(name);
		return quietDecorators.test(value.name) || (member instanceof PyFunction && isQuietFunction(member, applied));
	}
	if (value instanceof PyClass) return quietDecorators.test(value.moduleName);
	if (!(value instanceof PyFunction || value instanceof PyBuiltin) || name !== '') return false;
	if (typeof value.moduleName === 'string' && quietDecorators.test(value.moduleName)) return true;
	return value instanceof PyFunction && isQuietFunction(value, applied);
}

/** The kind of effect of a decorator that is seen only by those who ask for it: a summary settles it. */
export function postponedKind(node: Expr): string | undefined {
	return node.kind === 'Attribute' && node.attr === 'register_lookup' ? node.attr : undefined;
}
