import type { ConstantValue, Expr, Subscript } from '../../syntax/ast';
import { ellipsis, PyBytes, PyComplex, PyFloat, PyList, PySet, PySlice, PyTuple, type Value } from '../../values';
import type { Run } from '../frames';
import { awaitValue } from '../iteration';
import { compileCall } from './calls';
import { compileComprehension, compileGeneratorExpression } from './comprehensions';
import { type Context, mangle } from './context';
import { compileDict, compileDisplay } from './displays';
import { compileLambda } from './functions';
import { compileJoined, compileTemplate } from './joined-strings';
import { loadName, storeName } from './names';
import { compileBinary, compileBoolean, compileCompare, compileUnary } from './operators';

/** One function per kind of expression: the tree becomes a closure that evaluates it in a frame. */
export function compileExpr(c: Context, node: Expr): Run {
	switch (node.kind) {
		case 'Name':
			return loadName(c, node.id, node);
		case 'Constant': {
			const value = constantValue(node.value);
			return () => value;
		}
		case 'Attribute': {
			const object = compileExpr(c, node.value);
			const name = mangle(c, node.attr);
			return (f) => {
				const value = object(f);
				f.node = node;
				return f.py.getAttr(value, name);
			};
		}
		case 'Call':
			return compileCall(c, node);
		case 'Subscript':
			return compileSubscript(c, node);
		case 'BinOp':
			return compileBinary(c, node);
		case 'UnaryOp':
			return compileUnary(c, node);
		case 'BoolOp':
			return compileBoolean(c, node);
		case 'Compare':
			return compileCompare(c, node);
		case 'IfExp': {
			const test = compileExpr(c, node.test);
			const body = compileExpr(c, node.body);
			const orelse = compileExpr(c, node.orelse);
			return (f) => (f.py.truth(test(f)) ? body(f) : orelse(f));
		}
		case 'NamedExpr': {
			const value = compileExpr(c, node.value);
			const store = storeName(c, node.target.id);
			return (f) => {
				const result = value(f);
				store(f, result);
				return result;
			};
		}
		case 'Lambda':
			return compileLambda(c, node);
		case 'List': {
			const items = compileDisplay(c, node.elts);
			return (f) => new PyList(items(f));
		}
		case 'Tuple': {
			const items = compileDisplay(c, node.elts);
			return (f) => new PyTuple(items(f));
		}
		case 'Set': {
			const items = compileDisplay(c, node.elts);
			return (f) => {
				const set = new PySet();
				for (const item of items(f)) set.add(f.py, item);
				return set;
			};
		}
		case 'Dict':
			return compileDict(c, node.keys, node.values);
		case 'ListComp':
		case 'SetComp':
		case 'DictComp':
			return compileComprehension(c, node);
		case 'GeneratorExp':
			return compileGeneratorExpression(c, node);
		case 'Await': {
			const value = compileExpr(c, node.value);
			return (f) => {
				const awaitable = value(f);
				f.node = node;
				return awaitValue(f.py, awaitable);
			};
		}
		case 'Yield':
		case 'YieldFrom': {
			const slot = c.yields.get(node);
			return (f) => (slot === undefined ? null : (f.slots[slot] ?? null));
		}
		case 'JoinedStr':
			return compileJoined(c, node);
		case 'TemplateStr':
			return compileTemplate(c, node);
		case 'Starred': {
			// Only `list[*Ts]` leaves one here; elsewhere its container unpacks it.
			const value = compileExpr(c, node.value);
			return (f) => new PyTuple(f.py.list(value(f)));
		}
		case 'Slice': {
			const lower = node.lower ? compileExpr(c, node.lower) : undefined;
			const upper = node.upper ? compileExpr(c, node.upper) : undefined;
			const step = node.step ? compileExpr(c, node.step) : undefined;
			return (f) => new PySlice(lower ? lower(f) : null, upper ? upper(f) : null, step ? step(f) : null);
		}
		case 'ErrorExpr':
			return (f) => {
				f.node = node;
				return f.py.unknown('a syntax error');
			};
	}
}

export function constantValue(value: ConstantValue): Value {
	if (value === null || typeof value !== 'object') return value;
	switch (value.type) {
		case 'float':
			return new PyFloat(value.value);
		case 'complex':
			return new PyComplex(0, value.imag);
		case 'bytes':
			return new PyBytes(value.value);
		case 'ellipsis':
			return ellipsis;
	}
}

function compileSubscript(c: Context, node: Subscript): Run {
	const object = compileExpr(c, node.value);
	const key = compileExpr(c, node.slice);
	return (f) => {
		const value = object(f);
		const index = key(f);
		if (value instanceof PyList && typeof index === 'number' && index >= 0 && value.cls.immutable) {
			const item = value.items[index];
			if (item !== undefined) return item;
		}
		f.node = node;
		return f.py.getItem(value, index);
	};
}
