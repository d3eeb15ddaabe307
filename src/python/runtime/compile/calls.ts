import type { Call, Keyword } from '../../syntax/ast';
import type { Value } from '../../values';
import type { Frame, Run } from '../frames';
import { type Context, mangle } from './context';
import { compileExpr, compileItems } from './expressions';

type KeywordRun = (f: Frame) => Map<string, Value>;

/** Calls; `object.method(…)` goes without a bound method in between. */
export function compileCall(c: Context, node: Call): Run {
	const args = compileItems(c, node.args);
	const keywords = node.keywords.length > 0 ? compileKeywords(c, node.keywords) : undefined;
	if (node.func.kind === 'Attribute') {
		const object = compileExpr(c, node.func.value);
		const name = mangle(c, node.func.attr);
		const attribute = node.func;
		return (f) => {
			const { py } = f;
			const self = object(f);
			f.node = attribute;
			const method = py.findMethod(self, name);
			if (method !== undefined) {
				const list = args(f);
				list.unshift(self);
				const named = keywords?.(f);
				f.node = node;
				return py.call(method, list, named);
			}
			const callee = py.getAttr(self, name);
			const list = args(f);
			const named = keywords?.(f);
			f.node = node;
			return py.call(callee, list, named);
		};
	}
	const callee = compileExpr(c, node.func);
	return (f) => {
		const func = callee(f);
		const list = args(f);
		const named = keywords?.(f);
		f.node = node;
		return f.py.call(func, list, named);
	};
}

/** Keyword arguments of a call or class statement in order; `**mapping` unpacked. */
export function compileKeywords(c: Context, keywords: readonly Keyword[]): KeywordRun {
	const parts = keywords.map((keyword) => ({ name: keyword.arg, run: compileExpr(c, keyword.value), node: keyword }));
	return (f) => {
		const named = new Map<string, Value>();
		for (const { name, run, node } of parts) {
			const value = run(f);
			if (name !== undefined) named.set(name, value);
			else {
				f.node = node;
				f.py.mergeKeywords(named, value);
			}
		}
		return named;
	};
}
