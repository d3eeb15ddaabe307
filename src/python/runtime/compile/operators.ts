import type { BinOp, BoolOp, Compare, UnaryOp } from '../../syntax/ast';
import type { Value } from '../../values';
import { unary } from '../arithmetic';
import type { Run } from '../frames';
import type { Context } from './context';
import { compileExpr } from './expressions';

export function compileBinary(c: Context, node: BinOp): Run {
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

export function compileUnary(c: Context, node: UnaryOp): Run {
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

export function compileBoolean(c: Context, node: BoolOp): Run {
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

export function compileCompare(c: Context, node: Compare): Run {
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
