import type { Interpreter } from '../../python/runtime/interpreter';
import type { Expr, FunctionDef, Lambda } from '../../python/syntax/ast';
import { objectType, PyBoundMethod, PyClass, type PyFunction, PyObject, typeType } from '../../python/values';
import { type Arguments, definerAfter, known, type Possible, plainFunction, type Scope } from './scope';

/** The scope of a function called so; undefined for what has no text to read. `of`: what a default may be, in the scope around. */
export function scopeOf(
	py: Interpreter,
	of: (expression: Expr, scope: Scope) => readonly Possible[],
	callee: Possible,
	given: Arguments,
	depth: number,
): Scope | undefined {
	if (callee.kind === 'inner') {
		const { node, scope } = callee;
		const { module, source, owner } = scope;
		const parameters = bound(of, node, given, undefined, scope);
		return { module, source, node, fn: undefined, parameters, parent: scope, owner, depth };
	}
	const { fn, first, owner } = functionOf(py, callee, given) ?? {};
	const source = fn?.module.source;
	if (!fn || !source) return undefined;
	const all = { ...given, args: [...(first ? [[first]] : []), ...given.args] };
	const parameters = bound(of, fn.node, all, fn, undefined);
	return { module: fn.module, source, node: fn.node, fn, parameters, parent: undefined, owner, depth };
}

/** A function with what it is called on, and the class in which it stands. */
interface Reached {
	readonly fn: PyFunction | undefined;
	readonly first?: Possible | undefined;
	readonly owner?: PyClass | undefined;
}

/** The function that a call of it runs: of a class its `__init__`, of other objects their class's `__call__`. */
function functionOf(py: Interpreter, callee: Possible, given: Arguments): Reached | undefined {
	if (callee.kind === 'method') return callee;
	if (callee.kind === 'instance') return methodOf(py, callee, callee.cls, '__call__');
	if (callee.kind !== 'value') return undefined;
	const { value } = callee;
	if (value instanceof PyBoundMethod) {
		const fn = plainFunction(py, value.func);
		const cls = classOf(known(value.self));
		return {
			fn,
			first: known(value.self),
			owner: fn && cls && definerAfter(cls, fn.node.kind === 'FunctionDef' ? fn.node.name : ''),
		};
	}
	if (value instanceof PyClass)
		return isPlain(value) ? methodOf(py, { kind: 'instance', cls: value, made: given }, value, '__init__') : undefined;
	const fn = plainFunction(py, value);
	const cls = classOf(callee);
	return fn ? { fn } : cls && methodOf(py, callee, cls, '__call__');
}

function methodOf(py: Interpreter, first: Possible, cls: PyClass, name: string): Reached | undefined {
	const found = cls.lookup(name);
	return found === undefined ? undefined : { fn: plainFunction(py, found), first, owner: definerAfter(cls, name) };
}

/** The class of an instance; undefined of classes, and of what has none that is known. */
export function classOf(one: Possible): PyClass | undefined {
	if (one.kind === 'instance') return one.cls;
	const value = one.kind === 'value' ? one.value : undefined;
	return value instanceof PyObject && !(value instanceof PyClass) ? value.cls : undefined;
}

/** Calling the class makes an instance of it and runs `__init__`, no more. */
export const isPlain = (cls: PyClass) =>
	cls.source !== undefined && cls.cls === typeType && cls.lookup('__new__') === objectType.lookup('__new__');

function bound(
	of: (expression: Expr, scope: Scope) => readonly Possible[],
	node: FunctionDef | Lambda,
	{ args, keywords }: Arguments,
	fn: PyFunction | undefined,
	parent: Scope | undefined,
): Map<string, readonly Possible[]> {
	const out = new Map<string, readonly Possible[]>();
	const { posonly, args: plain, kwonly } = node.args;
	for (const [index, { name, default: otherwise }] of [...posonly, ...plain, ...kwonly].entries()) {
		const isPositional = index < posonly.length + plain.length;
		const given = (isPositional ? args[index] : undefined) ?? keywords.get(name);
		const standard = fn?.defaults.get(name);
		if (given) out.set(name, given);
		else if (standard !== undefined) out.set(name, [known(standard)]);
		else if (otherwise && parent) out.set(name, of(otherwise, parent));
	}
	return out;
}
