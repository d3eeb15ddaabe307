import type {
	BinOp,
	BoolOp,
	Compare,
	Constant,
	ConstantValue,
	Expr,
	JoinedStr,
	Subscript,
	TemplateStr,
	UnaryOp,
} from '../../syntax/ast';
import {
	ellipsis,
	PyBytes,
	PyComplex,
	PyDict,
	PyFloat,
	PyInterpolation,
	PyList,
	PySet,
	PySlice,
	PyTemplate,
	PyTuple,
	type Value,
} from '../../values';
import { unary } from '../arithmetic';
import type { Run } from '../frames';
import { awaitValue } from '../iteration';
import { mergeInto } from '../unpacking';
import { compileCall } from './calls';
import { compileComprehension, compileGeneratorExpression } from './comprehensions';
import { type Context, mangle } from './context';
import { compileLambda } from './functions';
import { isolatedItem, unpacked } from './isolated';
import { loadName, storeName } from './names';

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

/** The items of a list, tuple or set. */
function compileDisplay(c: Context, nodes: readonly Expr[]): (f: Parameters<Run>[0]) => Value[] {
	return compileItems(c.own && nodes.some(({ kind }) => kind === 'Call') ? { ...c, item: true } : c, nodes);
}

/** Evaluates a display's or a call's items, `*iterables` unpacked, into a fresh array. */
export function compileItems(c: Context, nodes: readonly Expr[]): (f: Parameters<Run>[0]) => Value[] {
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

function compileDict(c: Context, keys: readonly (Expr | undefined)[], values: readonly Expr[]): Run {
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

function compileBinary(c: Context, node: BinOp): Run {
	const left = compileExpr(c, node.left);
	const right = compileExpr(c, node.right);
	const { op } = node;
	if (op === '+') {
		return (f) => {
			const a = left(f);
			const b = right(f);
			if (typeof a === 'number' && typeof b === 'number') {
				const sum = a + b;
				if (Number.isSafeInteger(sum)) return sum;
			} else if (typeof a === 'string' && typeof b === 'string' && a.length + b.length < 100_000) return a + b;
			f.node = node;
			return f.py.binary(op, a, b);
		};
	}
	if (op === '-') {
		return (f) => {
			const a = left(f);
			const b = right(f);
			if (typeof a === 'number' && typeof b === 'number') {
				const difference = a - b;
				if (Number.isSafeInteger(difference)) return difference;
			}
			f.node = node;
			return f.py.binary(op, a, b);
		};
	}
	return (f) => {
		const a = left(f);
		const b = right(f);
		f.node = node;
		return f.py.binary(op, a, b);
	};
}

function compileUnary(c: Context, node: UnaryOp): Run {
	const operand = compileExpr(c, node.operand);
	const { op } = node;
	if (op === 'not') {
		return (f) => {
			const value = operand(f);
			return f.py.unknownIn(value) ?? !f.py.truth(value);
		};
	}
	return (f) => {
		const value = operand(f);
		f.node = node;
		return unary(f.py, op, value);
	};
}

function compileBoolean(c: Context, node: BoolOp): Run {
	const runs = node.values.map((value) => compileExpr(c, value));
	const stopAt = node.op === 'or';
	return (f) => {
		let value: Value = null;
		for (let i = 0; i < runs.length; i++) {
			value = runs[i]?.(f) ?? null;
			if (i < runs.length - 1 && f.py.truth(value) === stopAt) return value;
		}
		return value;
	};
}

function compileCompare(c: Context, node: Compare): Run {
	const left = compileExpr(c, node.left);
	const [op, ...moreOps] = node.ops;
	const [second, ...more] = node.comparators;
	if (!op || !second) return left;
	const right = compileExpr(c, second);
	if (moreOps.length === 0) {
		switch (op) {
			case 'is':
				return (f) => {
					const a = left(f);
					return f.py.same(a, right(f));
				};
			case 'is not':
				return (f) => {
					const a = left(f);
					return !f.py.same(a, right(f));
				};
			case '==':
				return (f) => {
					const a = left(f);
					const b = right(f);
					if (typeof a === 'string' && typeof b === 'string') return a === b;
					f.node = node;
					return f.py.compare(op, a, b);
				};
			case '<':
				return (f) => {
					const a = left(f);
					const b = right(f);
					if (typeof a === 'number' && typeof b === 'number') return a < b;
					f.node = node;
					return f.py.compare(op, a, b);
				};
			default:
				return (f) => {
					const a = left(f);
					const b = right(f);
					f.node = node;
					return f.py.compare(op, a, b);
				};
		}
	}
	const rest = more.map((comparator) => compileExpr(c, comparator));
	return (f) => {
		let a = left(f);
		let b = right(f);
		f.node = node;
		let result = f.py.compare(op, a, b);
		for (let i = 0; i < rest.length; i++) {
			if (!f.py.truth(result)) return result;
			a = b;
			b = rest[i]?.(f) ?? null;
			result = f.py.compare(moreOps[i] ?? '==', a, b);
		}
		return result;
	};
}

function compileJoined(c: Context, node: JoinedStr): Run {
	const parts = node.values.map((part) => {
		if (part.kind === 'Constant') return { text: constantText(part) };
		return {
			text: part.debugText,
			run: compileExpr(c, part.value),
			conversion: part.conversion ?? (part.debugText !== undefined && !part.formatSpec ? 'r' : undefined),
			spec: part.formatSpec && compileJoined(c, part.formatSpec),
		};
	});
	return (f) => {
		let text = '';
		for (const part of parts) {
			if (part.text !== undefined) text += part.text;
			if (!part.run) continue;
			let value = part.run(f);
			f.node = node;
			const unknown = f.py.unknownIn(value);
			if (unknown) return unknown;
			if (part.conversion === 'r') value = f.py.repr(value);
			else if (part.conversion === 'a') value = f.py.call(f.py.builtin('ascii'), [value]);
			else if (part.conversion === 's') value = f.py.str(value);
			const spec = part.spec?.(f);
			text += typeof value === 'string' && spec === undefined ? value : f.py.format(value, typeof spec === 'string' ? spec : '');
			f.py.budget.text(text.length);
		}
		return text;
	};
}

/** A t-string (PEP 750, Python 3.14). */
function compileTemplate(c: Context, node: TemplateStr): Run {
	const parts = node.values.map((part) => {
		if (part.kind === 'Constant') return { text: constantText(part) };
		return {
			text: part.debugText ?? '',
			run: compileExpr(c, part.value),
			written: part.written ?? '',
			conversion: part.conversion ?? null,
			spec: part.formatSpec && compileJoined(c, part.formatSpec),
		};
	});
	return (f) => {
		const made: (string | PyInterpolation)[] = [];
		for (const { text, run, written, conversion, spec } of parts) {
			made.push(text);
			if (run) made.push(new PyInterpolation(run(f), written, conversion, spec?.(f) ?? ''));
		}
		return PyTemplate.of(made);
	};
}

function constantText(node: Constant): string {
	return typeof node.value === 'string' ? node.value : '';
}
