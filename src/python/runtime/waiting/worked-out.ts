import type { Comprehension, Expr, Stmt } from '../../syntax/ast';
import { someExpr } from '../../syntax/walk';
import { LazyBinding, PyGenerator, PyModule, type Value } from '../../values';
import { compileExpr } from '../compile/expressions';
import { isProjectModule } from '../isolation';
import { WaitingStatements } from './waiting-statements';

/**
 * Tables that a library works out of constants alone, with a comprehension: `PUNCTUATION = {c for c in map(chr, range(0x110000)) if
 * category(c).startswith('P')}`. Who works a table out can't be told from what stands in it, nor when: it waits until somebody asks.
 */
export class WorkedOutTables extends WaitingStatements {
	/** Iterators that the statement at hand uses up. */
	private consumed = new Map<string, PyGenerator>();
	/** The texts of iterators that are made of constants, by the names that they are given. */
	private readonly iterators = new Map<string, string>();
	/** Where the statement at hand begins. */
	private at = 0;

	/** Lets the assignment wait; false when it has to run now. */
	postpone(node: Stmt): boolean {
		if (node.kind !== 'Assign' || this.guarded) return false;
		const [target] = node.targets;
		const { py, frame, context } = this;
		const { value } = node;
		if (target?.kind !== 'Name' || node.targets.length > 1 || !made.has(value.kind)) return false;
		if (isProjectModule(py, frame.module) || frame.names.has(target.id) || context.summarised?.has(target.id)) return false;
		this.at = node.start;
		this.consumed = new Map();
		if (!someExpr(value, isComprehension) || !this.isConstant(value, new Set())) return false;
		const text = frame.module.source?.text.slice(value.start, value.end);
		if (text === undefined || this.rebindings.reaches(text, node.start)) return false;
		if (value.kind === 'GeneratorExp') {
			// To make one is no work.
			this.iterators.set(target.id, text);
			return false;
		}
		const { consumed } = this;
		const make = (): Value => {
			for (const [name, iterator] of consumed) frame.names.set(name, iterator);
			return this.inItsPlace(node, false, () =>
				py.inFrame(frame, (late) => {
					late.node = node;
					return compileExpr(context, value)(late);
				}),
			);
		};
		const binding = new LazyBinding(make, `${frame.module.name}.${target.id}`);
		frame.names.set(target.id, binding);
		// Whoever asks for an iterator finds it as the statement left it.
		for (const [name, iterator] of consumed) {
			const left = (): Value => {
				py.force(frame.names, target.id, binding);
				return iterator;
			};
			frame.names.set(name, new LazyBinding(left, `${frame.module.name}.${name}`));
		}
		return true;
	}

	/** Whether it is made of constants and calls that change nothing. `bound`: what comprehensions around it bind. */
	private isConstant(node: Expr, bound: ReadonlySet<string>): boolean {
		const all = (nodes: readonly (Expr | undefined)[]): boolean =>
			nodes.every((one) => one === undefined || this.isConstant(one, bound));
		switch (node.kind) {
			case 'Constant':
				return true;
			case 'Name':
				return bound.has(node.id) || this.isConstantName(node.id);
			case 'Attribute':
				return constants.has(this.targetOf(node) ?? '');
			case 'Tuple':
			case 'List':
			case 'Set':
				return all(node.elts);
			case 'Dict':
				return all(node.keys) && all(node.values);
			case 'UnaryOp':
				return all([node.operand]);
			case 'BinOp':
				return all([node.left, node.right]);
			case 'BoolOp':
				return all(node.values);
			case 'Compare':
				return all([node.left, ...node.comparators]);
			case 'IfExp':
				return all([node.test, node.body, node.orelse]);
			case 'Call':
				return node.keywords.length === 0 && all(node.args) && this.isCallable(node.func, bound);
			case 'ListComp':
			case 'SetComp':
			case 'GeneratorExp': {
				const inner = this.inside(node.generators, bound);
				return inner !== undefined && this.isConstant(node.elt, inner);
			}
			case 'DictComp': {
				const inner = this.inside(node.generators, bound);
				return inner !== undefined && [node.key, node.value].every((one) => one && this.isConstant(one, inner));
			}
			default:
				return false;
		}
	}

	/** The names that are bound inside of a comprehension whose sources and tests are constant. */
	private inside(generators: readonly Comprehension[], bound: ReadonlySet<string>): ReadonlySet<string> | undefined {
		let inner = bound;
		for (const { target, iter, ifs } of generators) {
			if (!this.isConstant(iter, inner)) return undefined;
			const names = target.kind === 'Tuple' ? target.elts : [target];
			inner = new Set([...inner, ...names.map((one) => (one.kind === 'Name' ? one.id : ''))]);
			for (const test of ifs) if (!this.isConstant(test, inner)) return undefined;
		}
		return inner;
	}

	/** A constant of the module, or an iterator that is there for this statement alone. */
	private isConstantName(name: string): boolean {
		const { module, names } = this.frame;
		const value = names.get(name);
		if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return true;
		if (value === undefined) return callables.has(name);
		const text = this.iterators.get(name);
		if (!(value instanceof PyGenerator) || text === undefined || this.rebindings.reaches(text, this.at)) return false;
		if (module.source?.text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length !== 2) return false;
		this.consumed.set(name, value);
		return true;
	}

	private isCallable(node: Expr, bound: ReadonlySet<string>): boolean {
		if (node.kind === 'Name' && !this.frame.names.has(node.id)) return callables.has(node.id);
		if (node.kind === 'Attribute' && methods.has(node.attr)) {
			const { value } = node;
			if (value.kind === 'Name' ? types.has(value.id) && !this.frame.names.has(value.id) : false) return true;
			if (this.isConstant(value, bound)) return true;
		}
		return constants.has(this.targetOf(node) ?? '');
	}

	/** `unicodedata.category` of `category` and `unicodedata.category`, where that is imported. */
	private targetOf(node: Expr): string | undefined {
		if (node.kind === 'Attribute') {
			const owner = this.targetOf(node.value);
			return owner === undefined ? undefined : `${owner}.${node.attr}`;
		}
		const binding = node.kind === 'Name' ? this.frame.names.get(node.id) : undefined;
		if (binding instanceof PyModule) return binding.name;
		return binding instanceof LazyBinding ? binding.target : undefined;
	}
}

const isComprehension = (node: Expr) => node.kind === 'GeneratorExp' || node.kind.endsWith('Comp');
const made = new Set<Expr['kind']>(['Call', 'ListComp', 'SetComp', 'DictComp', 'GeneratorExp']);
const types = new Set(['str', 'bytes', 'set', 'frozenset', 'dict']);
const callables = new Set([
	...types,
	...[
		'chr',
		'ord',
		'len',
		'range',
		'int',
		'float',
		'bool',
		'list',
		'tuple',
		'sorted',
		'enumerate',
		'zip',
		'map',
		'reversed',
		'hex',
	],
	...['min', 'max', 'sum', 'any', 'all'],
]);
const methods = new Set([
	...[
		'startswith',
		'endswith',
		'join',
		'split',
		'lower',
		'upper',
		'strip',
		'lstrip',
		'rstrip',
		'encode',
		'decode',
		'replace',
		'maketrans',
		'format',
	],
	...['isspace', 'isalpha', 'isdigit', 'isalnum', 'isupper', 'islower', 'isidentifier', 'isprintable', 'isdecimal', 'isnumeric'],
	...['union', 'intersection', 'difference', 'fromkeys', 'items', 'keys', 'values'],
]);
const constants = new Set([
	...['sys.maxunicode', 'sys.maxsize', 'unicodedata.category', 'unicodedata.combining', 'unicodedata.normalize'],
	...['string.ascii_letters', 'string.ascii_lowercase', 'string.ascii_uppercase', 'string.digits', 'string.hexdigits'],
	...['string.punctuation', 'string.whitespace', 'string.printable'],
	...['html5', 'name2codepoint', 'codepoint2name', 'entitydefs'].map((name) => `html.entities.${name}`),
]);
