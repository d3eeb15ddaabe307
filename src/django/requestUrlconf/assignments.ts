import type { Interpreter } from '../../python/runtime/interpreter';
import type { Call, Expr, Node } from '../../python/syntax/ast';
import { LazyImport, PyClass, PyFunction, PyModule, type Source, type Value } from '../../python/values';
import { conditionText } from '../conditions';
import { type Guarded, guardedStatements } from '../guards';
import { shortText } from '../shortText';
import { type Binding, bindingsOf, expressionsIn, parts } from './bindings';
import { PossibleValues } from './possible';
import { type Arguments, definerAfter, isDjango, isSuper, type Possible, plainFunction, type Scope } from './scope';

/** A place at which a middleware gives a request a URLconf, and what it may be. */
export interface Assignment {
	readonly source: Source;
	readonly node: Node;
	/** The assigned expression as it is written. */
	readonly text: string;
	readonly values: readonly Value[];
	/** Why it can't be told, or not wholly. */
	readonly unknown?: string;
}

/** An assignment that a test rules out, as it is written. */
export interface RuledOut {
	readonly source: Source;
	readonly node: Node;
	readonly condition: string;
}

export interface Assignments {
	readonly found: readonly Assignment[];
	/** Those that a test rules out. */
	readonly left: readonly RuledOut[];
	/** The files that were read for it. */
	readonly files: ReadonlySet<string>;
	/** Settings and constants say it all: it is the same as long as those functions are. */
	readonly isFixed: boolean;
}

/** Hooks that run before Django resolves the path (django/core/handlers/base.py, 5.2): what others assign comes too late. */
const before = ['__call__', '__acall__', 'process_request'];

/**
 * Where a middleware, a class or what its factory has returned, sets `request.urlconf`: in its hooks, in methods of its MRO and functions
 * that they pass the request on to, by an assignment or `setattr()`.
 */
export function assignmentsOf(py: Interpreter, middleware: Value, isProject: (path: string) => boolean): Assignments {
	return new Follower(py, isProject).of(middleware);
}

const withRequest: Arguments = { args: [[{ kind: 'request' }]], keywords: new Map() };
const unpacked: Possible = { kind: 'unknown', reason: 'it is unpacked' };

class Follower {
	private readonly found = new Map<string, Assignment>();
	private readonly left = new Map<string, RuledOut>();
	private readonly possible: PossibleValues;
	/** A function that is followed once for each way in which it is called. */
	private readonly visits = new Map<unknown, number>();

	constructor(
		private readonly py: Interpreter,
		private readonly isProject: (path: string) => boolean,
	) {
		this.possible = new PossibleValues(py);
	}

	of(middleware: Value): Assignments {
		const { py, possible } = this;
		for (const name of before) {
			if (middleware instanceof PyClass) {
				const found = middleware.lookup(name);
				const owner = definerAfter(middleware, name);
				const fn = found === undefined ? undefined : plainFunction(py, found);
				const first: Possible = { kind: 'instance', cls: middleware, made: undefined };
				if (fn && owner) this.enter(possible.calls.scopeOf({ kind: 'method', fn, first, owner }, withRequest, 0));
			} else if (name === '__call__' && middleware instanceof PyFunction) {
				const fn = plainFunction(py, middleware);
				if (fn) this.enter(possible.calls.scopeOf({ kind: 'value', value: fn }, withRequest, 0));
			} else if (middleware instanceof PyFunction) {
				const hook = middleware.attrs?.get(name);
				if (hook !== undefined) this.enter(possible.calls.scopeOf({ kind: 'value', value: hook }, withRequest, 0));
			}
		}
		// What one call rules out, another may bring about.
		const left = [...this.left].flatMap(([key, one]) => (this.found.has(key) ? [] : [one]));
		return { found: [...this.found.values()], left, files: possible.files, isFixed: !possible.isVolatile };
	}

	private enter(scope: Scope | undefined): void {
		if (!scope || isDjango(scope.module.name)) return;
		const count = this.visits.get(scope.node) ?? 0;
		if (count >= 4) return;
		this.visits.set(scope.node, count + 1);
		for (const site of guardedStatements(scope.node)) this.look(site, scope);
	}

	private look(site: Guarded, scope: Scope): void {
		const { statement } = site;
		const calls: Call[] = [];
		if (statement.kind === 'Assign' || statement.kind === 'AnnAssign') {
			const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
			for (const { target, path } of targets.flatMap((one) => [...parts(one)]))
				if (
					target.kind === 'Attribute' &&
					target.attr === 'urlconf' &&
					statement.value &&
					this.isRequest(target.value, scope, site)
				)
					this.assigned(statement.value, statement, site, scope, path);
		}
		for (const one of expressionsIn(statement)) if (one.kind === 'Call') calls.push(one);
		for (const call of calls) {
			const [object, name, value] = call.args;
			const sets = call.func.kind === 'Name' && call.func.id === 'setattr';
			if (sets && object && value && name?.kind === 'Constant' && name.value === 'urlconf') {
				if (this.isRequest(object, scope, site)) this.assigned(value, statement, site, scope);
			} else if (this.mayLead(call, scope, site) && !this.possible.answers.ruledOut(site, scope))
				for (const callee of this.possible.calls.callees(call, scope, site))
					this.enter(this.possible.calls.entered(callee, call, scope, site));
		}
	}

	private isRequest(one: Expr, scope: Scope, site: Guarded): boolean {
		return this.possible.of(one, scope, site).some(({ kind }) => kind === 'request');
	}

	/** It passes the request on, or calls a function of this one, to where something is said of URLconfs. */
	private mayLead(call: Call, scope: Scope, site: Guarded): boolean {
		const { func } = call;
		if (func.kind === 'Name' && this.isOwn(func.id, scope)) return true;
		if (!this.isGiven(call, scope, site) && !(func.kind === 'Attribute' && this.hasIt(func.value, scope, site))) return false;
		let root: Expr = func;
		while (root.kind === 'Attribute' || (root.kind === 'Call' && !isSuper(root)))
			root = root.kind === 'Attribute' ? root.value : root.func;
		return root.kind === 'Name' ? this.speaks(root.id, scope.module, scope.source.path) : isSuper(root);
	}

	/** The request is an argument. */
	private isGiven({ args, keywords }: Call, scope: Scope, site: Guarded): boolean {
		const given = [...args, ...keywords.map(({ value }) => value)];
		return given.some((one) => one.kind === 'Name' && this.isRequest(one, scope, site));
	}

	/** An object that was made with the request: `Chosen(request).apply()`, also by way of a variable. */
	private hasIt(object: Expr, scope: Scope, site: Guarded): boolean {
		if (object.kind === 'Call') return this.isGiven(object, scope, site);
		if (object.kind !== 'Name') return false;
		const all = bindingsOf(scope.node).get(object.id) ?? [];
		return all.some((one) => 'site' in one && one.value.kind === 'Call' && this.isGiven(one.value, scope, one.site));
	}

	private isOwn(name: string, scope: Scope): boolean {
		for (let at: Scope | undefined = scope; at; at = at.parent)
			if (guardedStatements(at.node).some(({ statement }) => statement.kind === 'FunctionDef' && statement.name === name))
				return true;
		return false;
	}

	/** Whether it leads to a module that says something of URLconfs. One that nobody has asked for yet is loaded for the project's code alone. */
	private speaks(name: string, { names }: PyModule, file: string): boolean {
		const bound = names.get(name);
		if (!(bound instanceof LazyImport)) return true;
		if (isDjango(bound.module)) return false;
		const from = this.py.modules.get(bound.module);
		if (!(from instanceof PyModule) || !from.source) return this.isProject(file);
		return (
			from.source.text.includes('urlconf') ||
			(from.names.get(bound.name) instanceof LazyImport && this.speaks(bound.name, from, file))
		);
	}

	private assigned(value: Expr, node: Node, site: Guarded, scope: Scope, path: Binding['path'] | undefined = []): void {
		const { source } = scope;
		const text = shortText(source, value);
		const key = `${source.path}:${node.start}:${text}`;
		const guard = this.possible.answers.ruledOut(site, scope);
		if (guard) {
			this.left.set(key, { source, node, condition: conditionText([guard], source) });
			return;
		}
		const all: readonly Possible[] = path ? this.possible.variables.unpacked(value, path, scope, site) : [unpacked];
		const known = this.found.get(key);
		const values = new Set(known?.values);
		let unknown = known?.unknown;
		for (const one of all) {
			if (one.kind === 'value') values.add(one.value);
			else unknown ??= one.kind === 'unknown' ? one.reason : 'it is worked out on the way';
		}
		this.found.set(key, { source, node, text, values: [...values], ...(unknown === undefined ? {} : { unknown }) });
	}
}
