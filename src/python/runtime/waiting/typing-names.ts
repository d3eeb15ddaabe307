import type { Expr } from '../../syntax/ast';
import { LazyBinding, type Namespace, PyClass, PyFunction, PyModule, PyObject, type Value } from '../../values';

/** `Union` of `Union`, `typing.Union` and `t.Union`, as far as the name is that of `typing`; no module is run to know it. */
export function typingName(names: Namespace, node: Expr): string | undefined {
	if (node.kind === 'Attribute' && node.value.kind === 'Name') {
		const owner = names.get(node.value.id);
		const module = owner instanceof PyModule ? owner.name : owner instanceof LazyBinding ? owner.target : '';
		return isTyping(module) ? node.attr : undefined;
	}
	if (node.kind !== 'Name') return undefined;
	const bound = names.get(node.id);
	if (bound instanceof LazyBinding) {
		const dot = bound.target.lastIndexOf('.');
		return isTyping(bound.target.slice(0, Math.max(dot, 0))) ? bound.target.slice(dot + 1) : undefined;
	}
	if (bound instanceof PyClass || bound instanceof PyFunction) return isTyping(bound.moduleName) ? node.id : undefined;
	// `Union` is an object of a class of its own.
	return bound instanceof PyObject && isTyping(bound.cls.moduleName) ? node.id : undefined;
}

const isTyping = (module: Value | undefined) => module === 'typing' || module === 'typing_extensions';
