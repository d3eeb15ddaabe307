import type { Interpreter } from '../../python/runtime/interpreter';
import type { Expr, FunctionDef, Lambda } from '../../python/syntax/ast';
import { PyBoundMethod, type PyFunction } from '../../python/values';
import { known, type Possible, plainFunction, type Scope } from './scope';

/** The scope of a function called so; undefined for what has no text to read. `of`: what a default may be, in the scope around. */
export function scopeOf(
	py: Interpreter,
	of: (expression: Expr, scope: Scope) => readonly Possible[],
	callee: Possible,
	args: readonly (readonly Possible[])[],
	keywords: ReadonlyMap<string, readonly Possible[]>,
	depth: number,
): Scope | undefined {
	if (callee.kind === 'inner') {
		const { node, scope } = callee;
		const { module, source, owner } = scope;
		const parameters = bound(of, node, args, keywords, undefined, scope);
		return { module, source, node, fn: undefined, parameters, parent: scope, owner, depth };
	}
	const first = callee.kind === 'method' ? callee.first : undefined;
	const method = callee.kind === 'value' && callee.value instanceof PyBoundMethod ? callee.value : undefined;
	const target =
		callee.kind === 'method' ? callee.fn : callee.kind === 'value' ? plainFunction(py, method?.func ?? callee.value) : undefined;
	const source = target?.module.source;
	if (!target || !source) return undefined;
	const all = [...(first ? [[first]] : method ? [[known(method.self)]] : []), ...args];
	const owner = callee.kind === 'method' ? callee.owner : undefined;
	const parameters = bound(of, target.node, all, keywords, target, undefined);
	return { module: target.module, source, node: target.node, fn: target, parameters, parent: undefined, owner, depth };
}

function bound(
	of: (expression: Expr, scope: Scope) => readonly Possible[],
	node: FunctionDef | Lambda,
	args: readonly (readonly Possible[])[],
	keywords: ReadonlyMap<string, readonly Possible[]>,
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
