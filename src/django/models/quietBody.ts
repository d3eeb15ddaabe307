import type { OutlineQuestion } from '../../python/runtime/waiting/outlines';
import { isQuietFunction } from '../../python/runtime/waiting/quiet-functions';
import type { ClassDef, Expr, Stmt } from '../../python/syntax/ast';
import { LazyBinding, PyBuiltin, PyClass, PyFunction, PyObject, PyStaticMethod, type Value } from '../../python/values';

/**
 * Whether nothing but the model comes of running a model's body and of `contribute_to_class` on what it has bound: fields of Django's
 * own, and those whose classes change nothing but the model by their text.
 */
export function isQuietBody(question: OutlineQuestion): boolean {
	return question.node.body.every((node) => isQuietStatement(question, node));
}

function isQuietStatement(question: OutlineQuestion, node: Stmt): boolean {
	switch (node.kind) {
		case 'Pass':
			return true;
		case 'Expr':
			return node.value.kind === 'Constant';
		case 'FunctionDef':
			return node.decorators.every((one) => isOwnAccessor(one) || question.isQuietDecorator(one));
		case 'ClassDef':
			return isQuietInner(question, node);
		case 'Assign':
			return node.targets.every((target) => isOwnTarget(question.node, target)) && isQuietValue(question, node.value);
		case 'AnnAssign':
			return node.target.kind === 'Name' && (!node.value || isQuietValue(question, node.value));
		default:
			return false;
	}
}

/** A name, or an attribute of a function of the body (`natural_key.dependencies = […]`). */
function isOwnTarget(node: ClassDef, target: Expr): boolean {
	if (target.kind === 'Name') return true;
	if (target.kind === 'Tuple') return target.elts.every(({ kind }) => kind === 'Name');
	if (target.kind !== 'Attribute' || target.value.kind !== 'Name') return false;
	const { id } = target.value;
	return node.body.some((one) => one.kind === 'FunctionDef' && one.name === id);
}

/** `@name.setter`. */
const isOwnAccessor = (node: Expr) => node.kind === 'Attribute' && /^(?:setter|getter|deleter)$/.test(node.attr);

/** `class Meta`, and choices. */
function isQuietInner(question: OutlineQuestion, node: ClassDef): boolean {
	if (node.keywords.length > 0 || !node.decorators.every((one) => isQuietMetaDecorator(question, one))) return false;
	const quiet = node.bases.every((base) => {
		if (node.name === 'Meta') return base.kind === 'Attribute' || base.kind === 'Name';
		const value = question.peek(base);
		if (value instanceof LazyBinding) return /^(?:enum|django\.db\.models\.enums)\./.test(value.target);
		return value instanceof PyClass && /^(?:builtins|enum|django\.db\.models\.enums)$/.test(value.moduleName);
	});
	return quiet && node.body.every((one) => isPlain(question, one));
}

/** A decorator that leaves alone what others may know of the model before it is made. */
function isQuietMetaDecorator(question: OutlineQuestion, node: Expr): boolean {
	const value = question.peek(node.kind === 'Call' ? node.func : node);
	if (!(value instanceof PyFunction) || !question.isQuietDecorator(node)) return false;
	const { source } = value.module;
	return !/abstract|app_label|proxy|managed|swappable|apps/.test(source?.text.slice(value.node.start, value.node.end) ?? 'apps');
}

function isPlain(question: OutlineQuestion, node: Stmt): boolean {
	switch (node.kind) {
		case 'Pass':
			return true;
		case 'FunctionDef':
			return node.decorators.every((one) => question.isQuietDecorator(one));
		case 'Expr':
			return node.value.kind === 'Constant';
		case 'Assign':
			return node.targets.every(({ kind }) => kind === 'Name');
		case 'AnnAssign':
			return node.target.kind === 'Name';
		default:
			return false;
	}
}

/** Expressions whose value is nothing that contributes. */
const plainKinds: ReadonlySet<Expr['kind']> = new Set<Expr['kind']>([
	'Constant',
	'Tuple',
	'List',
	'Set',
	'Dict',
	'ListComp',
	'SetComp',
	'DictComp',
	'JoinedStr',
	'BinOp',
	'UnaryOp',
	'Compare',
	'Lambda',
]);

/** What an assignment in the body binds adds to the model alone, if it contributes at all. */
function isQuietValue(question: OutlineQuestion, node: Expr): boolean {
	if (node.kind === 'Call') return isQuietCall(question, node.func);
	if (node.kind !== 'Name' && node.kind !== 'Attribute') return plainKinds.has(node.kind);
	const value = question.peek(node);
	// A name of the class's own body.
	if (value === undefined) return node.kind === 'Name' && bindsName(question.node, node.id);
	return !(value instanceof PyObject) || value instanceof LazyBinding || value instanceof PyClass || isKnownQuiet(value.cls);
}

function bindsName(node: ClassDef, id: string): boolean {
	return node.body.some(
		(one) =>
			((one.kind === 'FunctionDef' || one.kind === 'ClassDef') && one.name === id) ||
			(one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === id)),
	);
}

/** `models.CharField(…)`, `Manager()`, `Manager.from_queryset(Query)()`, `Query.as_manager()`, `_("…")`. */
function isQuietCall(question: OutlineQuestion, callee: Expr): boolean {
	if (callee.kind === 'Call') return callee.func.kind === 'Attribute' && isManagerMaker(question, callee.func);
	const value = question.peek(callee);
	if (value === undefined) return callee.kind === 'Attribute' && isManagerMaker(question, callee);
	return isQuietCallee(value) || (callee.kind === 'Attribute' && isManagerMaker(question, callee));
}

function isManagerMaker(question: OutlineQuestion, node: Extract<Expr, { kind: 'Attribute' }>): boolean {
	if (node.attr !== 'from_queryset' && node.attr !== 'as_manager') return false;
	const owner = question.peek(node.value);
	const cls = owner instanceof LazyBinding ? owner.resolve() : owner;
	return cls instanceof PyClass && isKnownQuiet(cls);
}

function isQuietCallee(value: Value | LazyBinding): boolean {
	if (value instanceof LazyBinding) {
		if (/^django\./.test(value.target)) return true;
		const made = value.resolve();
		return !(made instanceof LazyBinding) && isQuietCallee(made);
	}
	if (value instanceof PyClass) return isKnownQuiet(value);
	if (!(value instanceof PyFunction || value instanceof PyBuiltin)) return false;
	if (typeof value.moduleName === 'string' && /^(?:django\b|builtins$|gettext$)/.test(value.moduleName)) return true;
	return value instanceof PyFunction && isQuietFunction(value);
}

/** What runs when an instance is made and contributed. */
const hooks = [
	'__init__',
	'__new__',
	'__set_name__',
	'contribute_to_class',
	'contribute_to_related_class',
	'set_attributes_from_name',
];
const known = new WeakMap<PyClass, boolean>();

/** Whether making an instance and contributing it changes nothing but the model. */
function isKnownQuiet(cls: PyClass): boolean {
	let quiet = known.get(cls);
	if (quiet === undefined) {
		quiet = !cls.mro.some((one) => one.unknownBase) && hooks.every((hook) => cls.mro.every((one) => isQuietHook(one, hook)));
		known.set(cls, quiet);
	}
	return quiet;
}

function isQuietHook(cls: PyClass, name: string): boolean {
	if (cls.immutable || cls.moduleName.startsWith('django.')) return true;
	const hook = cls.dict.get(name);
	if (hook === undefined) return true;
	const func = hook instanceof PyStaticMethod ? hook.func : hook;
	return func instanceof PyFunction && isQuietFunction(func);
}
