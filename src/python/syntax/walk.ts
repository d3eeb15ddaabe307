/** Going through an expression's parts without recursion: a sum of 5,000 terms is 5,000 deep. */

import type { Arguments, Comprehension, Expr } from './ast';

/** Whether any part of the expression, itself included, fulfils `test`. */
export function someExpr(expr: Expr, test: (node: Expr) => boolean): boolean {
	const rest: Expr[] = [expr];
	for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
		if (test(node)) return true;
		parts(node, rest);
	}
	return false;
}

/** Adds the expressions directly inside one. */
export function parts(node: Expr, into: Expr[]): void {
	switch (node.kind) {
		case 'Name':
		case 'Constant':
			return;
		case 'Attribute':
		case 'Starred':
		case 'Await':
		case 'YieldFrom':
			into.push(node.value);
			return;
		case 'Yield':
			if (node.value) into.push(node.value);
			return;
		case 'BoolOp':
			into.push(...node.values);
			return;
		case 'NamedExpr':
			into.push(node.target, node.value);
			return;
		case 'BinOp':
			into.push(node.left, node.right);
			return;
		case 'UnaryOp':
			into.push(node.operand);
			return;
		case 'Lambda':
			argumentParts(node.args, into);
			into.push(node.body);
			return;
		case 'IfExp':
			into.push(node.test, node.body, node.orelse);
			return;
		case 'Dict':
			for (const key of node.keys) if (key) into.push(key);
			for (const value of node.values) into.push(value);
			return;
		case 'Set':
		case 'List':
		case 'Tuple':
			for (const element of node.elts) into.push(element);
			return;
		case 'ListComp':
		case 'SetComp':
		case 'GeneratorExp':
			into.push(node.elt);
			comprehensionParts(node.generators, into);
			return;
		case 'DictComp':
			if (node.key) into.push(node.key);
			into.push(node.value);
			comprehensionParts(node.generators, into);
			return;
		case 'Compare':
			into.push(node.left, ...node.comparators);
			return;
		case 'Call':
			into.push(node.func);
			for (const arg of node.args) into.push(arg);
			for (const keyword of node.keywords) into.push(keyword.value);
			return;
		case 'JoinedStr':
		case 'TemplateStr':
			for (const value of node.values) {
				if (value.kind === 'Constant') continue;
				into.push(value.value);
				if (value.formatSpec) into.push(value.formatSpec);
			}
			return;
		case 'Subscript':
			into.push(node.value, node.slice);
			return;
		case 'Slice':
			for (const bound of [node.lower, node.upper, node.step]) if (bound) into.push(bound);
			return;
		case 'ErrorExpr':
			into.push(...node.parts);
	}
}

function argumentParts(args: Arguments, into: Expr[]): void {
	for (const arg of [...args.posonly, ...args.args, ...args.kwonly]) if (arg.default) into.push(arg.default);
}

function comprehensionParts(generators: readonly Comprehension[], into: Expr[]): void {
	for (const { target, iter, ifs } of generators) into.push(target, iter, ...ifs);
}
