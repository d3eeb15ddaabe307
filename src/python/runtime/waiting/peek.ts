import type { Expr } from '../../syntax/ast';
import { LazyBinding, LazyImport, PyClass, PyModule, unlessRaised, type Value } from '../../values';
import type { Frame } from '../frames';
import type { Machine } from '../machine';
import { DeferredClass } from './deferred-class';

/**
 * What a name or a dotted name of a module stands for, with no class made for it: a class whose statement waits comes as that.
 * Modules are run for it, as their import would. Undefined when that can't be told.
 */
export function peek(py: Machine, frame: Frame, node: Expr): Value | DeferredClass | undefined {
	return unlessRaised(() => {
		if (node.kind === 'Name') {
			const { names } = frame.module;
			return names.has(node.id) ? peekName(py, frame.module, node.id) : py.builtins.get(node.id);
		}
		if (node.kind !== 'Attribute') return undefined;
		const owner = peek(py, frame, node.value);
		if (owner instanceof PyModule) return peekName(py, owner, node.attr);
		return owner instanceof PyClass ? py.findAttr(owner, node.attr) : undefined;
	});
}

function peekName(py: Machine, module: PyModule, name: string, depth = 0): Value | DeferredClass | undefined {
	const bound = module.names.get(name);
	if (bound === undefined) return py.findAttr(module, name);
	if (!(bound instanceof LazyBinding)) return bound;
	if (bound instanceof DeferredClass) return bound.made ?? bound;
	if (bound.resolving || depth > 20) return undefined;
	if (bound instanceof LazyImport) {
		const from = py.imports.value(bound.module);
		const there = from instanceof PyModule ? from.names.get(bound.name) : undefined;
		if (from instanceof PyModule && there instanceof LazyBinding) return peekName(py, from, bound.name, depth + 1);
		if (there !== undefined && !(there instanceof LazyBinding)) return there;
	}
	return py.force(module.names, name, bound);
}
