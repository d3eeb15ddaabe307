import type { AnnAssign, Assign, AugAssign, Expr } from '../../syntax/ast';
import type { Value } from '../../values';
import { defersAnnotations, LazyAnnotations, PyAnnotate } from '../annotations';
import { inPlace } from '../arithmetic';
import { type Exec, type Frame, NORMAL } from '../frames';
import { type Context, mangle } from './context';
import { compileExpr } from './expressions';
import { annotation } from './functions';
import { compileLater } from './later';
import { compileStore } from './targets';

export function compileAssign(c: Context, node: Assign): Exec {
	const later = c.later && compileLater(c, c.later, node);
	if (later) return later;
	const value = compileExpr(c, node.value);
	const stores = node.targets.map((target) => compileStore(c, target));
	const [store] = stores;
	if (store && stores.length === 1) {
		return (f) => {
			store(f, value(f));
			return NORMAL;
		};
	}
	return (f) => {
		const result = value(f);
		for (const each of stores) each(f, result);
		return NORMAL;
	};
}

/** The object and the key of the target are evaluated once. */
export function compileAugmented(c: Context, node: AugAssign): Exec {
	const { target, op } = node;
	const value = compileExpr(c, node.value);
	const update = (f: Frame, old: Value): Value => {
		const operand = value(f);
		f.node = node;
		return inPlace(f.py, op, old, operand);
	};
	if (target.kind === 'Attribute') {
		const object = compileExpr(c, target.value);
		const name = mangle(c, target.attr);
		return (f) => {
			const owner = object(f);
			f.py.setAttr(owner, name, update(f, f.py.getAttr(owner, name)));
			return NORMAL;
		};
	}
	if (target.kind === 'Subscript') {
		const object = compileExpr(c, target.value);
		const key = compileExpr(c, target.slice);
		return (f) => {
			const owner = object(f);
			const index = key(f);
			f.py.setItem(owner, index, update(f, f.py.getItem(owner, index)));
			return NORMAL;
		};
	}
	const load = compileExpr(c, target);
	const store = compileStore(c, target);
	return (f) => {
		store(f, update(f, load(f)));
		return NORMAL;
	};
}

/** Where the module has somebody who knows, an assignment inside of an `if` waits as it would outside. */
export function mayWait(c: Context, node: Assign | AnnAssign, exec: Exec): Exec {
	const defer = c.scope.kind === 'module' ? c.defer : undefined;
	return defer ? (f) => (defer(node) ? NORMAL : exec(f)) : exec;
}

/** In a class's or module's body the annotation is kept (unevaluated until asked for); elsewhere only the assignment counts. */
export function compileAnnotated(c: Context, node: AnnAssign): Exec {
	const value = node.value && compileExpr(c, node.value);
	const store = value && compileStore(c, node.target);
	const { target } = node;
	const name = c.scope.kind !== 'function' && target.kind === 'Name' ? mangle(c, target.id) : undefined;
	return (f) => {
		if (value && store) store(f, value(f));
		if (name !== undefined) annotate(c, f, name, node.annotation);
		return NORMAL;
	};
}

function annotate(c: Context, f: Frame, name: string, node: Expr): void {
	const { annotations } = f;
	const made = annotation(c, name, node, f);
	if (annotations) annotations.push(made);
	else {
		const list = [made];
		f.annotations = list;
		if (defersAnnotations(f.py) && !c.lazyAnnotations)
			f.names.set(c.scope.kind === 'class' ? '__annotate_func__' : '__annotate__', new PyAnnotate(() => list));
		else f.names.set('__annotations__', new LazyAnnotations(list));
	}
}
