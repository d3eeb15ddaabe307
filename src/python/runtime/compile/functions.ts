import type { Arg, Arguments, Expr, FunctionDef, Lambda } from '../../syntax/ast';
import { isAnnotated, ParsedFunction } from '../../syntax/function-body';
import { type Annotation, type Code, type PyCell, PyFunction, type Value } from '../../values';
import { type Exec, type Frame, RETURN, type Run } from '../frames';
import type { Context } from './context';
import { compileExpr } from './expressions';
import { compileGeneratorBody, type Steps } from './generators';
import { captureCell } from './names';
import { closureNames, Scope } from './scope';
import { compileBlock } from './statements';
import { annotationScope } from './type-parameters';

/** A parameter's place in the frame. */
export interface Parameter {
	readonly name: string;
	readonly index: number;
	readonly cell: boolean;
}

/** What a call of the function executes; made at the first call. */
export interface Body {
	readonly scope: Scope;
	/** Positional-only, then positional, then keyword-only ones. */
	readonly parameters: readonly Parameter[];
	readonly positionalOnly: number;
	readonly positional: number;
	readonly vararg: Parameter | undefined;
	readonly kwarg: Parameter | undefined;
	/** No star parameters, nothing keyword-only, all of them in slots 0, 1, 2 …: arguments can be copied. */
	readonly plain: boolean;
	/** Cells that are the function's own. */
	readonly newCells: readonly number[];
	readonly exec: Exec;
	readonly steps: ((f: Frame) => Steps) | undefined;
	/** A `def` of the project's. */
	readonly told: FunctionDef | undefined;
}

/** The code of a `def` or `lambda` in its context. */
export class FunctionCode implements Code {
	private compiled: Body | undefined;
	private later: ReadonlySet<string> | undefined;
	readonly name: string;
	/** Names of the cells that a new function captures. */
	readonly closure: readonly string[];

	constructor(
		readonly node: FunctionDef | Lambda,
		private readonly context: Context,
	) {
		this.name = node.kind === 'Lambda' ? '<lambda>' : node.name;
		this.closure = closureNames(node, context.scope);
	}

	get isAsync(): boolean {
		return this.node.kind === 'FunctionDef' && this.node.async;
	}

	get body(): Body {
		this.compiled ??= this.compile();
		return this.compiled;
	}

	leaveForLater(attribute: string): void {
		this.later = new Set([...(this.later ?? []), attribute]);
		this.compiled = undefined;
	}

	private compile(): Body {
		const { node } = this;
		if (node instanceof ParsedFunction) node.use();
		const scope = Scope.nested(node, this.context.scope);
		const c: Context = {
			...this.context,
			scope,
			qualifier: `${this.context.qualifier}${this.name}.<locals>.`,
			summarised: undefined,
			guarded: false,
			item: false,
			broken: false,
			waits: false,
			later: this.later,
		};
		const { args } = node;
		const all = [...args.posonly, ...args.args, ...args.kwonly];
		const parameters = all.map((arg) => parameter(scope, arg));
		const positional = args.posonly.length + args.args.length;
		const plain =
			!args.vararg &&
			!args.kwarg &&
			args.kwonly.length === 0 &&
			parameters.every((one, index) => !one.cell && one.index === index);
		let exec: Exec;
		let steps: ((f: Frame) => Steps) | undefined;
		if (node.generator) {
			steps = compileGeneratorBody(c, node);
			exec = () => RETURN;
		} else if (node.kind === 'Lambda') {
			const value = compileExpr(c, node.body);
			exec = (f) => {
				f.result = value(f);
				return RETURN;
			};
		} else exec = compileBlock(c, node.body);
		return {
			scope,
			parameters,
			positionalOnly: args.posonly.length,
			positional,
			vararg: args.vararg && parameter(scope, args.vararg),
			kwarg: args.kwarg && parameter(scope, args.kwarg),
			plain,
			newCells: scope.ownCells,
			exec,
			steps,
			told: c.own && node.kind === 'FunctionDef' ? node : undefined,
		};
	}
}

function parameter(scope: Scope, arg: Arg): Parameter {
	const access = scope.access(arg.name);
	if (access.kind === 'slot') return { name: arg.name, index: access.index, cell: false };
	return { name: arg.name, index: access.kind === 'cell' ? access.index : -1, cell: true };
}

/** Makes the function object: defaults are evaluated now, the body is compiled at the first call. */
function compileMake(c: Context, node: FunctionDef | Lambda): (f: Frame) => PyFunction {
	const around = node.kind === 'FunctionDef' && node.typeParams ? annotationScope(c, node, node.typeParams) : undefined;
	const inside = around?.context ?? c;
	const code = new FunctionCode(node, inside);
	const cells = code.closure.map((name) => inside.scope.cellOf(name));
	const qualname = `${c.qualifier}${code.name}`;
	const simple = node instanceof ParsedFunction && node.isSimple;
	const defaults = simple ? [] : compileDefaults(c, node.args);
	const noDefaults: ReadonlyMap<string, Value> = new Map();
	const annotated = node.kind === 'FunctionDef' && (node instanceof ParsedFunction ? node.isAnnotated : isAnnotated(node));
	return (f) => {
		let values = noDefaults;
		if (defaults.length > 0) {
			const map = new Map<string, Value>();
			for (const { name, run } of defaults) map.set(name, run(f));
			values = map;
		}
		const within = around ? around.enter(f).frame : f;
		const closure = cells.length > 0 ? cells.map((index) => captureCell(within, index)) : noCells;
		const name = f.globals.get('__name__');
		const func = new PyFunction(
			code.name,
			qualname,
			f.module,
			typeof name === 'string' ? name : f.module.name,
			code,
			closure,
			values,
		);
		if (f.globals !== f.module.names) func.globals = f.globals;
		if (annotated) func.annotate = () => annotationsOf(inside, node, within);
		return func;
	};
}

const noCells: readonly PyCell[] = [];

function compileDefaults(c: Context, { posonly, args, kwonly }: Arguments): { readonly name: string; readonly run: Run }[] {
	const defaults: { readonly name: string; readonly run: Run }[] = [];
	for (const { name, default: value } of [...posonly, ...args, ...kwonly])
		if (value) defaults.push({ name, run: compileExpr(c, value) });
	return defaults;
}

function annotationsOf(c: Context, node: FunctionDef, f: Frame): readonly Annotation[] {
	const found: Annotation[] = [];
	const { args, posonly, vararg, kwonly, kwarg } = node.args;
	// In the order of CPython's compiler, which until 3.14 begins with those that may be named.
	const ordered = f.py.version[1] < 15 ? [...args, ...posonly] : [...posonly, ...args];
	for (const arg of [...ordered, vararg, ...kwonly, kwarg])
		if (arg?.annotation) found.push(annotation(c, arg.name, arg.annotation, f));
	if (node.returns) found.push(annotation(c, 'return', node.returns, f));
	return found;
}

/** Evaluated to its value, or to its text under `from __future__ import annotations`. */
export function annotation(c: Context, name: string, node: Expr, f: Frame): Annotation {
	const source = f.module.source?.text;
	const written =
		node.kind === 'Constant' && typeof node.value === 'string' ? node.value : (source?.slice(node.start, node.end) ?? '');
	return {
		name,
		text: () => written,
		evaluate: () => (c.lazyAnnotations && source !== undefined ? written : f.py.inFrame(f, (late) => compileExpr(c, node)(late))),
	};
}

export function compileLambda(c: Context, node: Lambda): Run {
	return compileMake(c, node);
}

/** `def`, with its decorators applied from the innermost one. */
export function compileFunction(c: Context, node: FunctionDef): Run {
	const make = compileMake(c, node);
	return compileDecorated(c, node.decorators, make);
}

export function compileDecorated(c: Context, nodes: readonly Expr[], make: Run): Run {
	if (nodes.length === 0) return make;
	const decorators = nodes.map((node) => ({ node, run: compileExpr(c, node) }));
	return (f) => {
		const callables = decorators.map(({ run }) => run(f));
		let value = make(f);
		for (let i = decorators.length - 1; i >= 0; i--) {
			f.node = decorators[i]?.node;
			value = f.py.call(callables[i] ?? null, [value]);
		}
		return value;
	};
}
