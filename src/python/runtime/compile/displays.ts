import type { Expr } from '../../syntax/ast';
import { PyDict, type Value } from '../../values';
import type { Frame, Run } from '../frames';
import { mergeInto } from '../unpacking';
import type { Context } from './context';
import { compileExpr } from './expressions';
import { isolatedItem, unpacked } from './isolated';

/** The items of a list, tuple or set. */
export function compileDisplay(c: Context, nodes: readonly Expr[]): (f: Frame) => Value[] {
	return compileItems(c.own && nodes.some(({ kind }) => kind === 'Call') ? { ...c, item: true } : c, nodes);
}

/** Evaluates a display's or a call's items, `*iterables` unpacked, into a fresh array. */
export function compileItems(c: Context, nodes: readonly Expr[]): (f: Frame) => Value[] {
	if (nodes.some((node) => node.kind === 'Starred')) {
		const parts = nodes.map((node) => ({
			star: node.kind === 'Starred',
			run: isolatedItem(c, node, compileExpr(c, node.kind === 'Starred' ? node.value : node)),
			node,
		}));
		return (f) => {
			const items: Value[] = [];
			for (const { star, run, node } of parts) {
				const value = run(f);
				if (!star) items.push(value);
				else {
					f.node = node;
					for (const item of unpacked(c, f, value)) items.push(item);
				}
			}
			return items;
		};
	}
	const runs = nodes.map((node) => isolatedItem(c, node, compileExpr(c, node)));
	const [first, second, third] = runs;
	if (!first) return () => [];
	if (!second) return (f) => [first(f)];
	if (!third) return (f) => [first(f), second(f)];
	return (f) => {
		const items: Value[] = [];
		for (const run of runs) items.push(run(f));
		return items;
	};
}

export function compileDict(c: Context, keys: readonly (Expr | undefined)[], values: readonly Expr[]): Run {
	const entries = values.map((value, index) => {
		const key = keys[index];
		return { key: key && compileExpr(c, key), value: compileExpr(c, value) };
	});
	return (f) => {
		const dict = new PyDict();
		for (const { key, value } of entries) {
			if (key) {
				const k = key(f);
				dict.set(f.py, k, value(f));
			} else mergeInto(f.py, dict, value(f));
		}
		return dict;
	};
}
