import type { Expr, FunctionDef, Stmt } from '../../syntax/ast';
import { someExpr } from '../../syntax/walk';
import { LazyBinding, PyBuiltin, PyClass, PyFunction, PyModule, typeType, type Value } from '../../values';
import { DeferredClass } from './deferred-class';

/**
 * Functions of which the text shows that calling them changes nothing but their arguments and what they return: most decorators, and
 * helpers that put something together for a class's body. They call nothing that isn't known in the same way.
 * `applied`: what it returns is called, too, as that of a decorator with arguments is.
 */
export function isQuietFunction(func: PyFunction, applied = false, depth = 0): boolean {
	return read(func, applied, depth) !== undefined;
}

/** The parameters that a quiet function writes to; undefined of one that is not quiet. */
function read(func: PyFunction, applied: boolean, depth: number): ReadonlySet<string> | undefined {
	const { node } = func;
	const known = applied ? knownApplied : knownPlain;
	let written = known.get(func);
	if (written === undefined) {
		known.set(func, null);
		const reader = node.kind === 'FunctionDef' && depth < 5 ? new Reader(func, node, applied, depth) : undefined;
		written = reader && node.kind === 'FunctionDef' && reader.reads(node.body, 0) ? reader.written : null;
		known.set(func, written);
	}
	return written ?? undefined;
}

const knownPlain = new WeakMap<PyFunction, ReadonlySet<string> | null>();
/** Those whose result is called as well. */
const knownApplied = new WeakMap<PyFunction, ReadonlySet<string> | null>();

/** Library code that computes and wraps. */
const computing =
	/^(?:abc|collections|contextlib|copy|dataclasses|datetime|decimal|enum|functools|inspect|itertools|operator|re|string|textwrap|types|typing|typing_extensions|uuid|warnings)(?:\.|$)|^django\.(?:utils|core\.validators|core\.exceptions|conf|db\.models|forms|views\.decorators|contrib\.auth\.decorators)(?:\.|$)/;

const computingBuiltins = new Set(
	'abs all any bool bytes callable classmethod dict divmod enumerate filter float format frozenset getattr hasattr hash id int isinstance issubclass iter len list map max min next object property range repr reversed round set setattr slice sorted staticmethod str sum super tuple vars zip'.split(
		' ',
	),
);

/** Methods that change or tell somebody. */
const changing =
	/^(?:add|append|apply|clear|connect|create|delete|execute|extend|insert|notify|on_|pop|publish|push|put|register|remove|save|send|set|subscribe|update|write)/;

class Reader {
	/** Parameters and variables of the functions on the way. */
	private readonly parameters = new Set<string>();
	private readonly variables = new Set<string>();
	/** Variables that stand for something of others: `table = registry`, `table = cls.registry`. */
	private readonly shared = new Set<string>();
	/** Parameters that are written to. */
	readonly written = new Set<string>();
	/** Functions that are defined on the way. */
	private readonly inner = new Set<string>();
	/** Names that are called on the way. */
	private readonly calls = new Set<string>();

	constructor(
		private readonly func: PyFunction,
		node: FunctionDef,
		private readonly applied: boolean,
		private readonly depth: number,
	) {
		this.enter(node);
		const { source } = func.module;
		const text = source?.text.slice(node.start, node.end) ?? '';
		for (const [, name] of text.matchAll(/(?<!def )\b(\w+)\(/g)) if (name !== undefined) this.calls.add(name);
	}

	private enter({ args }: FunctionDef): void {
		for (const one of [...args.posonly, ...args.args, ...args.kwonly]) this.parameters.add(one.name);
		// Made for the call.
		if (args.vararg) this.variables.add(args.vararg.name);
		if (args.kwarg) this.variables.add(args.kwarg.name);
	}

	/** `level`: 1 in a function that is returned, which a decorator with arguments is called with in its turn. */
	reads(body: readonly Stmt[], level: number): boolean {
		return body.every((node) => this.statement(node, level));
	}

	private statement(node: Stmt, level: number): boolean {
		switch (node.kind) {
			case 'Pass':
			case 'Break':
			case 'Continue':
				return true;
			case 'Expr':
				return this.expr(node.value);
			case 'Return':
				return !node.value || this.expr(node.value);
			case 'Raise':
				return (!node.exc || this.expr(node.exc)) && (!node.cause || this.expr(node.cause));
			case 'Assert':
				return this.expr(node.test);
			case 'Assign':
				return this.expr(node.value) && node.targets.every((target) => this.target(target, this.isShared(node.value)));
			case 'AnnAssign':
				return (!node.value || this.expr(node.value)) && this.target(node.target, node.value && this.isShared(node.value));
			case 'AugAssign':
				return this.expr(node.value) && this.grows(node.target);
			case 'If':
			case 'While':
				return this.expr(node.test) && this.reads(node.body, level) && this.reads(node.orelse, level);
			case 'For':
				return (
					this.expr(node.iter) &&
					this.target(node.target, this.isShared(node.iter)) &&
					this.reads(node.body, level) &&
					this.reads(node.orelse, level)
				);
			case 'Try':
				return (
					this.reads(node.body, level) &&
					node.handlers.every((handler) => this.reads(handler.body, level)) &&
					this.reads(node.orelse, level) &&
					this.reads(node.finalbody, level)
				);
			case 'FunctionDef':
				return this.nested(node, level);
			default:
				return false;
		}
	}

	private nested(node: FunctionDef, level: number): boolean {
		this.variables.add(node.name);
		this.inner.add(node.name);
		const decorated = node.decorators.every((one) => (one.kind === 'Call' ? this.expr(one) : this.callee(one)));
		if (!decorated || level > 0 || !(this.applied || this.calls.has(node.name))) return decorated;
		this.enter(node);
		return this.reads(node.body, level + 1);
	}

	/** `shared`: what is assigned belongs to others. */
	private target(node: Expr, shared = false): boolean {
		switch (node.kind) {
			case 'Name':
				this.variables.add(node.id);
				if (shared) this.shared.add(node.id);
				return true;
			case 'Tuple':
			case 'List':
				return node.elts.every((one) => this.target(one, shared));
			case 'Starred':
				return this.target(node.value, shared);
			case 'Attribute':
			case 'Subscript':
				return this.expr(node.value) && this.isOwn(node.value);
			default:
				return false;
		}
	}

	/** `names += […]` writes to what the name stands for. */
	private grows(node: Expr): boolean {
		return node.kind === 'Name' && (this.shared.has(node.id) || this.parameters.has(node.id))
			? this.isOwn(node)
			: this.target(node);
	}

	/** Whether writing to it is noticed by nobody but the caller: a table that hangs on a class (`cls.registry[name] = …`) is others' as well. */
	private isOwn(node: Expr): boolean {
		const root = rootOf(node);
		if (root.kind !== 'Name' || this.shared.has(root.id)) return false;
		if (this.variables.has(root.id)) return true;
		if (!this.parameters.has(root.id) || !(root === node || this.isOfInstance(node))) return false;
		this.written.add(root.id);
		return true;
	}

	/** `self.options[…] = …` as an instance is made; `func.__dict__[…]` is the function's own. */
	private isOfInstance(node: Expr): boolean {
		return this.func.name === '__init__' || (node.kind === 'Attribute' && node.attr === '__dict__');
	}

	/** Whether others hold it, too: a global, what hangs on something, a variable that stands for such. */
	private isShared(node: Expr): boolean {
		if (node.kind === 'Attribute' || node.kind === 'Subscript') return true;
		if (node.kind === 'Starred') return this.isShared(node.value);
		if (node.kind !== 'Name') return false;
		if (this.variables.has(node.id)) return this.shared.has(node.id);
		if (this.parameters.has(node.id)) return false;
		const bound = this.func.module.names.get(node.id);
		return bound !== undefined && typeof bound === 'object' && bound !== null;
	}

	/** No part of it calls what isn't known. */
	private expr(node: Expr): boolean {
		return !someExpr(node, (part) => {
			if (part.kind === 'Call') return !(this.callee(part.func) && this.passes(part));
			return part.kind === 'Await' || part.kind === 'Yield' || part.kind === 'YieldFrom' || part.kind === 'ErrorExpr';
		});
	}

	/** Whether a call writes to nothing of others by way of its arguments. */
	private passes({ func, args, keywords }: Extract<Expr, { kind: 'Call' }>): boolean {
		const given = [...args, ...keywords.map(({ value }) => value)];
		const telling = given.filter((one) => one.kind === 'Name' || this.isShared(one));
		if (telling.length === 0 || !this.writesArguments(func)) return true;
		for (const one of telling) if (one.kind === 'Name' && this.parameters.has(one.id)) this.written.add(one.id);
		return !telling.some((one) => this.isShared(one));
	}

	private writesArguments(func: Expr): boolean {
		if (func.kind === 'Call') return false;
		const root = rootOf(func);
		if (root.kind !== 'Name') return false;
		let bound = this.func.module.names.get(root.id);
		if (bound === undefined) return root.id === 'setattr';
		if (bound instanceof PyModule && func.kind === 'Attribute') bound = bound.names.get(func.attr);
		else if (func !== root) return false;
		if (bound instanceof DeferredClass) bound = bound.resolve();
		const method = bound instanceof PyClass ? bound.lookup('__init__') : bound;
		if (!(method instanceof PyFunction)) return false;
		const written = read(method, false, this.depth + 1) ?? read(method, true, this.depth + 1);
		const own = bound instanceof PyClass ? 1 : 0;
		return written !== undefined && written.size > own;
	}

	private callee(node: Expr, applied = false): boolean {
		if (node.kind === 'Call') return this.callee(node.func, true);
		if (node.kind === 'Name') {
			if (this.inner.has(node.id)) return true;
			if (this.parameters.has(node.id) || this.variables.has(node.id)) return false;
			return this.isQuietGlobal(node.id, applied);
		}
		if (node.kind !== 'Attribute') return false;
		const root = rootOf(node.value);
		if (root.kind !== 'Name') return !changing.test(node.attr);
		if (this.shared.has(root.id)) return !changing.test(node.attr);
		if (this.variables.has(root.id)) return true;
		if (this.parameters.has(root.id)) return !changing.test(node.attr);
		return this.isQuietMember(root.id, node);
	}

	private isQuietGlobal(id: string, applied: boolean): boolean {
		const bound = this.func.module.names.get(id);
		return bound === undefined
			? computingBuiltins.has(id) || /(?:Error|Exception)$/.test(id)
			: isQuietCallee(bound, applied, this.depth);
	}

	/** `functools.wraps`, `settings.NAME.get`. */
	private isQuietMember(id: string, node: Extract<Expr, { kind: 'Attribute' }>): boolean {
		const bound = this.func.module.names.get(id);
		if (bound instanceof LazyBinding)
			return computing.test(bound.target) && !(bound.target.startsWith('django.') && changing.test(node.attr));
		if (bound instanceof PyModule) {
			const member = node.value.kind === 'Name' ? bound.names.get(node.attr) : undefined;
			if (bound.name.startsWith('django.') && changing.test(node.attr)) return false;
			return computing.test(bound.name) || (member !== undefined && isQuietCallee(member, true, this.depth));
		}
		if (bound instanceof PyClass) return computing.test(bound.moduleName);
		return typeof bound === 'string';
	}
}

function rootOf(node: Expr): Expr {
	let root = node;
	while (root.kind === 'Attribute' || root.kind === 'Subscript') root = root.value;
	return root;
}

function isQuietCallee(value: Value | LazyBinding, applied: boolean, depth: number): boolean {
	if (value instanceof DeferredClass) return isQuietCallee(value.resolve(), applied, depth);
	if (value instanceof LazyBinding) return computing.test(value.target);
	if (value instanceof PyFunction)
		return (
			(typeof value.moduleName === 'string' && computing.test(value.moduleName)) || isQuietFunction(value, applied, depth + 1)
		);
	if (value instanceof PyBuiltin) return typeof value.moduleName === 'string' && computing.test(value.moduleName);
	if (!(value instanceof PyClass)) return false;
	if (value.immutable || computing.test(value.moduleName)) return true;
	// What it makes may act when a model's class takes it in.
	if (value.cls !== typeType || value.unknownBase || value.lookup('contribute_to_class') !== undefined) return false;
	return ['__init__', '__new__'].every((name) => {
		const method = value.lookup(name);
		return !(method instanceof PyFunction) || isQuietFunction(method, false, depth + 1);
	});
}
