import { decode } from '../builtins/codecs';
import { constantValue } from '../runtime/compile/expressions';
import type { Interpreter } from '../runtime/interpreter';
import { native, nativeModule } from '../runtime/native';
import type { Expr } from '../syntax/ast';
import { parseModule } from '../syntax/parse';
import { PyBytes, PyDict, PyList, PySet, PyTuple, textOf, type Value } from '../values';

/** Native: `_ast` is written in C. Only `literal_eval` is answered. */

function malformed(py: Interpreter, node: Expr): never {
	return py.raise('ValueError', `malformed node or string: <ast.${node.kind} object>`);
}

function literal(py: Interpreter, node: Expr): Value {
	switch (node.kind) {
		case 'Constant':
			return constantValue(node.value);
		case 'List':
			return new PyList(node.elts.map((one) => literal(py, one)));
		case 'Tuple':
			return new PyTuple(node.elts.map((one) => literal(py, one)));
		case 'Set': {
			const set = new PySet();
			for (const one of node.elts) set.add(py, literal(py, one));
			return set;
		}
		case 'Dict': {
			const dict = new PyDict();
			node.keys.forEach((key, at) => {
				const value = node.values[at];
				if (!key || !value) malformed(py, node);
				else dict.set(py, literal(py, key), literal(py, value));
			});
			return dict;
		}
		case 'UnaryOp':
			if (node.op === '-' || node.op === '+') {
				const value = literal(py, node.operand);
				return node.op === '+' ? value : py.binary('-', 0, value);
			}
			return malformed(py, node);
		case 'BinOp':
			if (node.op === '+' || node.op === '-') return py.binary(node.op, literal(py, node.left), literal(py, node.right));
			return malformed(py, node);
		case 'Call':
			if (node.func.kind === 'Name' && node.func.id === 'set' && node.args.length === 0) return new PySet();
			return malformed(py, node);
		default:
			return malformed(py, node);
	}
}

export const ast = nativeModule(
	'ast',
	[
		native('literal_eval', 'node_or_string', (py, [source]) => {
			const text = textOf(source) ?? (source instanceof PyBytes ? decode(py, source.value) : undefined);
			if (text === undefined) return py.unknown('literal_eval of a syntax tree');
			const tree = parseModule(text.replace(/^[ \t]+/, ''));
			const [statement] = tree.body;
			if (tree.errors.length > 0 || tree.body.length !== 1 || statement?.kind !== 'Expr')
				return py.raise('SyntaxError', 'invalid syntax');
			return literal(py, statement.value);
		}),
	],
	{ open: true },
);
