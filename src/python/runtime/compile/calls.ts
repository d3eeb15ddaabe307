import type { Call, Keyword } from '../../syntax/ast';
import { PyBuiltin, PyClass, PyDict, PyFunction, type Value } from '../../values';
import type { Frame, Run } from '../frames';
import type { Machine } from '../machine';
import { mergeKeywords } from '../unpacking';
import { type Context, mangle } from './context';
import { compileItems } from './displays';
import { compileExpr } from './expressions';
import { isolatedItem } from './isolated';

/** `callee` is named where an argument comes twice. */
type KeywordRun = (f: Frame, callee?: Value) => Map<string, Value>;

/** Calls; `object.method(…)` goes without a bound method in between. */
export function compileCall(c: Context, node: Call): Run {
	const args = compileItems(c, node.args);
	const keywords = node.keywords.length > 0 ? compileKeywords(c, node.keywords) : undefined;
	const call = node.keywords.some(({ arg }) => arg === undefined) ? callUnpacked : callPlain;
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
				const named = keywords?.(f, method);
				f.node = node;
				return call(py, method, list, named);
			}
			const callee = py.getAttr(self, name);
			const list = args(f);
			const named = keywords?.(f, callee);
			f.node = node;
			return call(py, callee, list, named);
		};
	}
	const callee = compileExpr(c, node.func);
	return (f) => {
		const func = callee(f);
		const list = args(f);
		const named = keywords?.(f, func);
		f.node = node;
		return call(f.py, func, list, named);
	};
}

type Calling = (py: Machine, callee: Value, args: Value[], named: Map<string, Value> | undefined) => Value;

const callPlain: Calling = (py, callee, args, named) => py.call(callee, args, named);

/** With `**mapping`: a mapping that lacks what an unknown would have put in gives unknown where it does not do for the call. */
const callUnpacked: Calling = (py, callee, args, named) => {
	const unknown = named && py.unknowns.lacking(named);
	if (!unknown) return py.call(callee, args, named);
	try {
		return py.call(callee, args, named);
	} catch (error) {
		if (py.caught(error, 'TypeError')) return unknown;
		throw error;
	}
};

/** Keyword arguments of a call or class statement in order; `**mapping` unpacked. */
export function compileKeywords(c: Context, keywords: readonly Keyword[]): KeywordRun {
	const parts = keywords.map((keyword) => ({
		name: keyword.arg,
		run: isolatedItem(c, keyword.value, compileExpr(c, keyword.value)),
		node: keyword,
	}));
	const unpacks = keywords.some((keyword) => keyword.arg === undefined);
	return (f, callee) => {
		const named = new Map<string, Value>();
		for (const { name, run, node } of parts) {
			const value = run(f);
			if (name !== undefined) {
				if (unpacks && named.has(name)) twice(f.py, name, callee);
				named.set(name, value);
			} else {
				f.node = node;
				mergeKeywords(f.py, named, value, (name) => twice(f.py, name, callee));
				const unknown = value instanceof PyDict ? f.py.unknowns.lacking(value) : undefined;
				if (unknown) f.py.unknowns.leaveIncomplete(named, unknown);
			}
		}
		return named;
	};
}

function twice(py: Machine, name: string, callee: Value | undefined): never {
	return py.raise('TypeError', `${calleeName(callee)}got multiple values for keyword argument '${name}'`);
}

/** As CPython names a callable in a message: `module.function() `. */
function calleeName(callee: Value | undefined): string {
	if (callee instanceof PyFunction) return `${callee.module.name}.${callee.qualname}() `;
	return callee instanceof PyClass || callee instanceof PyBuiltin ? `${callee.name}() ` : '';
}
