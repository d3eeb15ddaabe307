import type { Expr } from '../../syntax/ast';
import { PyList, type Value } from '../../values';
import type { Frame, Store } from '../frames';
import { isIterable } from '../iteration';
import { type Context, mangle } from './context';
import { compileExpr } from './expressions';
import { deleteName, storeName } from './names';

/** Assignment to any target: a name, attribute, item, slice, or a list of them with at most one star. */
export function compileStore(c: Context, target: Expr): Store {
	switch (target.kind) {
		case 'Name':
			return storeName(c, target.id);
		case 'Attribute': {
			const object = compileExpr(c, target.value);
			const name = mangle(c, target.attr);
			return (f, value) => {
				const owner = object(f);
				f.node = target;
				f.py.setAttr(owner, name, value);
			};
		}
		case 'Subscript': {
			const object = compileExpr(c, target.value);
			const key = compileExpr(c, target.slice);
			return (f, value) => {
				const owner = object(f);
				const index = key(f);
				f.node = target;
				f.py.setItem(owner, index, value);
			};
		}
		case 'Tuple':
		case 'List':
			return compileUnpack(c, target.elts, target);
		case 'Starred':
			return compileStore(c, target.value);
		default:
			// Broken text: there is nothing to assign to.
			return () => {};
	}
}

function compileUnpack(c: Context, targets: readonly Expr[], node: Expr): Store {
	const stores = targets.map((target) => compileStore(c, target));
	const star = targets.findIndex((target) => target.kind === 'Starred');
	return (f, value) => {
		f.node = node;
		const unknown = f.py.unknownIn(value);
		if (unknown) {
			for (const store of stores) store(f, unknown);
			return;
		}
		if (!isIterable(f.py, value)) f.py.raise('TypeError', `cannot unpack non-iterable ${f.py.typeOf(value).name} object`);
		const items = f.py.list(value);
		const wanted = star < 0 ? stores.length : stores.length - 1;
		if (items.length < wanted) {
			f.py.raise(
				'ValueError',
				`not enough values to unpack (expected ${star < 0 ? '' : 'at least '}${wanted}, got ${items.length})`,
			);
		}
		if (star < 0) {
			if (items.length > wanted) f.py.raise('ValueError', `too many values to unpack (expected ${wanted})`);
			for (let i = 0; i < stores.length; i++) stores[i]?.(f, items[i] ?? null);
			return;
		}
		const after = items.length - (stores.length - star - 1);
		for (let i = 0; i < stores.length; i++) {
			const item: Value | undefined =
				i < star ? items[i] : i === star ? new PyList(items.slice(star, after)) : items[after + i - star - 1];
			stores[i]?.(f, item ?? null);
		}
	};
}

export function compileDelete(c: Context, target: Expr): (f: Frame) => void {
	switch (target.kind) {
		case 'Name':
			return deleteName(c, target.id);
		case 'Attribute': {
			const object = compileExpr(c, target.value);
			const name = mangle(c, target.attr);
			return (f) => f.py.delAttr(object(f), name);
		}
		case 'Subscript': {
			const object = compileExpr(c, target.value);
			const key = compileExpr(c, target.slice);
			return (f) => f.py.delItem(object(f), key(f));
		}
		case 'Tuple':
		case 'List': {
			const all = target.elts.map((element) => compileDelete(c, element));
			return (f) => {
				for (const run of all) run(f);
			};
		}
		default:
			return () => {};
	}
}
