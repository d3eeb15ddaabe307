import type { Interpreter } from '../../python/runtime/interpreter';
import { namesOf } from '../../python/runtime/scopes';
import type { Call, Expr } from '../../python/syntax/ast';
import {
	PyClass,
	PyClassMethod,
	PyDict,
	PyFunction,
	PyProperty,
	PyStaticMethod,
	PyTuple,
	textOf,
	type Value,
} from '../../python/values';
import { scopeOf } from './calls';
import { type Binding, bindingsOf, type Guarded, guardedStatements, loops } from './guards';
import { itemOf, itemsOf, made, valuesOf } from './items';
import { Questions } from './questions';
import {
	definerAfter,
	distinct,
	firstName,
	isAssigned,
	isDjango,
	isSuper,
	Kept,
	known,
	outermost,
	type Possible,
	plainFunction,
	type Scope,
	unknown,
} from './scope';
import { TestAnswers } from './testAnswers';

const deepest = 10;
const most = 40;
const mostSteps = 20_000;

/**
 * Works out what expressions in the functions of a middleware may be, without a request: where tests and variables depend on it, every
 * alternative counts; calls whose arguments are known are made by the interpreter, others by what their functions may return.
 */
export class PossibleValues {
	private readonly questions = new Questions();
	readonly answers: TestAnswers;
	private readonly variables = new Kept<Guarded | string, readonly Possible[]>();
	private steps = 0;

	/** What was read for it. */
	readonly files = new Set<string>();
	/** Values of modules have been asked for, other than settings: edits may make others of them. */
	isVolatile = false;

	constructor(private readonly py: Interpreter) {
		this.answers = new TestAnswers(py, this.questions, (expression, scope, at) => this.of(expression, scope, at));
	}

	of(expression: Expr, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		if (expression.kind === 'Name' && !bindingsOf(scope.node).has(expression.id)) {
			const given = scope.parameters.get(expression.id);
			if (given) return given;
		}
		if (++this.steps > mostSteps) return [unknown('it is too far to follow')];
		const all = this.evaluate(expression, scope, at);
		return all.length > most ? [...all.slice(0, most), unknown('there are too many possibilities')] : distinct(all);
	}

	/** The functions that a call may reach, with what they are called on. */
	callees({ func }: Call, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const { owner } = scope;
		if (func.kind === 'Attribute' && owner && isSuper(func.value)) {
			const self = this.firstOf(scope);
			const found = self?.kind === 'self' ? self.cls.lookupAfter(owner, func.attr) : undefined;
			const definer = self?.kind === 'self' ? definerAfter(self.cls, func.attr, owner) : undefined;
			return found !== undefined && definer && self ? this.methodOf(found, self, definer) : [];
		}
		return this.of(func, scope, at);
	}

	/** The scope of a function called so; undefined for what has no text to read. */
	entered(callee: Possible, call: Call, scope: Scope, at: Guarded | undefined): Scope | undefined {
		if (scope.depth >= deepest) return undefined;
		const args = call.args.map((one) => (one.kind === 'Starred' ? [unknown('it is unpacked')] : this.of(one, scope, at)));
		const keywords = new Map(call.keywords.flatMap(({ arg, value }) => (arg ? [[arg, this.of(value, scope, at)] as const] : [])));
		return this.scopeOf(callee, args, keywords, scope.depth + 1);
	}

	scopeOf(
		callee: Possible,
		args: readonly (readonly Possible[])[],
		keywords: ReadonlyMap<string, readonly Possible[]>,
		depth: number,
	): Scope | undefined {
		const scope = scopeOf(this.py, (one, around) => this.of(one, around, undefined), callee, args, keywords, depth);
		if (scope && !scope.parent) this.files.add(scope.source.path);
		return scope;
	}

	/** What a function may return. */
	returned(scope: Scope): readonly Possible[] {
		const { node } = scope;
		if (node.kind === 'FunctionDef' && node.generator) return [unknown('a generator makes it')];
		return this.questions.once(node, 'return', () => {
			const out: Possible[] = [];
			for (const site of guardedStatements(node)) {
				const { statement } = site;
				if (statement.kind !== 'Return' || this.answers.ruledOut(site, scope)) continue;
				out.push(...(statement.value ? this.of(statement.value, scope, site) : [known(null)]));
			}
			return out;
		});
	}

	private evaluate(expression: Expr, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const { py } = this;
		switch (expression.kind) {
			case 'Constant': {
				const { value } = expression;
				return typeof value === 'object' && value !== null ? [unknown('it is no name')] : [known(value)];
			}
			case 'Name':
				return this.named(expression.id, scope, at);
			case 'Attribute':
				return this.of(expression.value, scope, at).flatMap((one) => this.attributeOf(one, expression.attr));
			case 'Subscript': {
				const keys = this.of(expression.slice, scope, at);
				return this.of(expression.value, scope, at).flatMap((one) => keys.flatMap((key) => itemOf(this.py, one, key)));
			}
			case 'IfExp': {
				const answer = this.answers.truth(expression.test, scope);
				return [
					...(answer === false ? [] : this.of(expression.body, scope, at)),
					...(answer === true ? [] : this.of(expression.orelse, scope, at)),
				];
			}
			case 'BoolOp':
				return this.alternatives(expression.values, expression.op === 'or', scope, at);
			case 'NamedExpr':
			case 'Await':
				return this.of(expression.value, scope, at);
			case 'Call':
				return this.called(expression, scope, at);
			case 'List':
			case 'Tuple':
				return [this.display(expression, scope, at)];
			case 'Dict': {
				const pairs = expression.keys.map((key, index) => {
					const value = expression.values[index];
					return [key && this.only(key, scope, at), value && this.of(value, scope, at)] as const;
				});
				const dict = new PyDict();
				for (const [key, value] of pairs) {
					if (key === undefined || value?.length !== 1 || value[0]?.kind !== 'value') return [unknown('not every item is known')];
					py.setItem(dict, key.value, value[0].value);
				}
				return [known(dict)];
			}
			case 'BinOp':
				return this.combined([expression.left, expression.right], scope, at, ([a = null, b = null]) =>
					py.binary(expression.op, a, b),
				);
			case 'UnaryOp':
				return this.combined([expression.operand], scope, at, ([a = null]) =>
					expression.op === 'not' ? !py.truth(a) : py.unknown('a number is no URLconf'),
				);
			case 'Compare': {
				const [op] = expression.ops;
				const [right] = expression.comparators;
				if (!op || !right || expression.ops.length > 1) return [unknown('it depends on the request')];
				return this.combined([expression.left, right], scope, at, ([a = null, b = null]) => py.compare(op, a, b));
			}
			case 'JoinedStr': {
				const parts = expression.values.map((one) => (one.kind === 'Constant' ? one : one.value));
				if (expression.values.some((one) => one.kind === 'FormattedValue' && (one.formatSpec || one.conversion)))
					return [unknown('it is a text made on the way')];
				return this.combined(parts, scope, at, (values) => values.map((one) => py.str(one)).join(''));
			}
			case 'Lambda':
				return [{ kind: 'inner', node: expression, scope }];
			default:
				return [unknown('it is worked out on the way')];
		}
	}

	/** The one value of an expression, where there is one. */
	private only(expression: Expr, scope: Scope, at: Guarded | undefined): { readonly value: Value } | undefined {
		const all = this.of(expression, scope, at);
		return all.length === 1 && all[0]?.kind === 'value' ? all[0] : undefined;
	}

	private alternatives(values: readonly Expr[], isOr: boolean, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const out: Possible[] = [];
		for (const [index, value] of values.entries()) {
			const all = this.of(value, scope, at);
			const last = index === values.length - 1;
			for (const one of all) if (last || this.answers.truthOf(one) !== !isOr) out.push(one);
			if (!last && all.length > 0 && all.every((one) => this.answers.truthOf(one) === isOr)) break;
		}
		return out;
	}

	private display(
		{ elts }: { readonly elts: readonly Expr[] } & Expr & { readonly kind: 'List' | 'Tuple' },
		scope: Scope,
		at: Guarded | undefined,
	): Possible {
		const items = elts.map((one) => (one.kind === 'Starred' ? [unknown('it is unpacked')] : this.of(one, scope, at)));
		const values = items.flatMap((all) => (all.length === 1 && all[0]?.kind === 'value' ? [all[0].value] : []));
		return values.length === items.length ? known(new PyTuple(values)) : { kind: 'items', items };
	}

	/** What is made of every combination of what the parts may be. */
	private combined(
		parts: readonly Expr[],
		scope: Scope,
		at: Guarded | undefined,
		make: (values: readonly Value[]) => Value,
	): readonly Possible[] {
		let rows: (readonly Value[])[] = [[]];
		for (const part of parts) {
			const all = this.of(part, scope, at);
			const open = all.find(({ kind }) => kind !== 'value');
			if (open) return [open.kind === 'unknown' ? open : unknown('it depends on the request')];
			rows = rows.flatMap((row) => all.flatMap((one) => (one.kind === 'value' ? [[...row, one.value]] : [])));
			if (rows.length > most) return [unknown('there are too many possibilities')];
		}
		return rows.map((row) => made(this.py, () => make(row)));
	}

	private firstOf({ node, parameters }: Scope): Possible | undefined {
		const { posonly, args } = node.args;
		const name = [...posonly, ...args][0]?.name;
		return name === undefined ? undefined : parameters.get(name)?.[0];
	}

	private named(name: string, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const { py } = this;
		const { bound, globals } = namesOf(scope.node);
		if (bound.has(name) && !globals.has(name)) return this.local(name, scope, at);
		if (!globals.has(name)) {
			for (let outer = scope.parent; outer; outer = outer.parent)
				if (namesOf(outer.node).bound.has(name)) return this.local(name, outer, undefined);
			const { fn } = outermost(scope);
			const index = fn?.code.closure.indexOf(name) ?? -1;
			const cell = index >= 0 ? fn?.closure[index] : undefined;
			if (cell) return cell.value === undefined ? [] : [known(cell.value)];
		}
		const found = made(this.py, () => py.findAttr(scope.module, name) ?? py.builtin(name));
		if (found.kind === 'value' && scope.module.names.has(name) && !isSettings(py, found.value)) this.isVolatile = true;
		return [found];
	}

	private local(name: string, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const all = this.questions.kept(this.variables, scope, at ?? '', name, () => this.reaching(name, scope, at));
		return at ? all.filter((one) => at.guards.every((guard) => this.answers.agrees(one, name, guard))) : all;
	}

	private reaching(name: string, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		return this.questions.once(scope.node, name, () => {
			const given = scope.parameters.get(name);
			const list = bindingsOf(scope.node).get(name) ?? [];
			const out: Possible[] = [];
			if (list.length === 0 && !given) return [unknown(`it depends on ${name}`)];
			let reach = list.map((one) => ('site' in one ? one : { site: one }));
			if (at) {
				const before = reach.filter(({ site }) => site.statement.start <= at.statement.start && site !== at);
				// Of what surely runs before, only the last counts.
				const last = before.findLastIndex(({ site }) => site.guards.every((one, index) => one === at.guards[index]));
				if (last >= 0 || !loops(at)) reach = last >= 0 ? before.slice(last) : before;
				if (last < 0 && given) out.push(...given);
			} else if (given) out.push(...given);
			for (const one of reach) {
				if (this.answers.ruledOut(one.site, scope)) continue;
				if ('value' in one) out.push(...this.bindingOf(one, scope));
				else out.push(unknown(`it depends on ${name}`));
			}
			return out;
		});
	}

	private bindingOf({ value, path, site }: Binding, scope: Scope): readonly Possible[] {
		if (value.kind === 'FunctionDef') return [{ kind: 'inner', node: value, scope }];
		return this.unpacked(value, path, scope, site);
	}

	/** What a target of an assignment or loop gets of the value. */
	unpacked(value: Expr, path: Binding['path'], scope: Scope, at: Guarded): readonly Possible[] {
		let all = this.of(value, scope, at);
		for (const step of path)
			all = all.flatMap((one) => (step === 'item' ? itemsOf(this.py, one) : itemOf(this.py, one, known(step))));
		return all;
	}

	private attributeOf(one: Possible, name: string): readonly Possible[] {
		switch (one.kind) {
			case 'request':
				return [unknown('it depends on the request')];
			case 'self':
				return this.ofSelf(one, name);
			case 'value': {
				const { value } = one;
				if (value instanceof PyClass && value.source) {
					const found = value.lookup(name);
					const owner = definerAfter(value, name);
					if (found instanceof PyFunction && owner) return [{ kind: 'method', fn: found, first: undefined, owner }];
				}
				return [made(this.py, () => this.py.getAttr(value, name))];
			}
			case 'unknown':
				return [one];
			default:
				return [unknown('it is worked out on the way')];
		}
	}

	/** An attribute of the middleware: what its methods assign to it, else what its class has. */
	private ofSelf(self: Possible & { readonly kind: 'self' }, name: string): readonly Possible[] {
		const { cls } = self;
		const assigned = this.questions.once(cls, name, () => this.assigned(self, name));
		if (assigned.length > 0) return assigned;
		const found = cls.lookup(name);
		const owner = definerAfter(cls, name);
		if (found === undefined || !owner) return [unknown(`it depends on self.${name}`)];
		if (found instanceof PyProperty) {
			const getter = this.methodOf(found.fget, self, owner)[0];
			const scope = getter && this.scopeOf(getter, [], new Map(), 2);
			return scope ? this.returned(scope) : [unknown(`it depends on self.${name}`)];
		}
		return this.methodOf(found, self, owner);
	}

	private assigned(self: Possible & { readonly kind: 'self' }, name: string): Possible[] {
		const out: Possible[] = [];
		for (const cls of self.cls.mro)
			for (const fn of cls.dict.values()) {
				if (!(fn instanceof PyFunction) || !isAssigned(fn, name)) continue;
				const scope = this.scopeOf({ kind: 'method', fn, first: self, owner: cls }, [], new Map(), 1);
				if (!scope) continue;
				for (const site of guardedStatements(scope.node)) {
					const { statement } = site;
					if (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign') continue;
					const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
					const own = targets.some(
						(one) => one.kind === 'Attribute' && one.attr === name && one.value.kind === 'Name' && one.value.id === firstName(fn),
					);
					if (own && statement.value && !this.answers.ruledOut(site, scope)) out.push(...this.of(statement.value, scope, site));
				}
			}
		return out;
	}

	private methodOf(found: Value, self: Possible, owner: PyClass): readonly Possible[] {
		if (found instanceof PyStaticMethod) return this.asMethod(found.func, undefined, owner);
		if (found instanceof PyClassMethod)
			return this.asMethod(found.func, self.kind === 'self' ? known(self.cls) : undefined, owner);
		return this.asMethod(found, self, owner);
	}

	private asMethod(found: Value, first: Possible | undefined, owner: PyClass): readonly Possible[] {
		const fn = plainFunction(this.py, found);
		return [fn ? { kind: 'method', fn, first, owner } : known(found)];
	}

	private called(call: Call, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const table = this.fromTable(call, scope, at);
		if (table) return table;
		return this.callees(call, scope, at).flatMap((callee) => this.callOf(callee, call, scope, at));
	}

	private callOf(callee: Possible, call: Call, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		if (callee.kind === 'unknown') return [callee];
		const spread = call.args.some(({ kind }) => kind === 'Starred') || call.keywords.some(({ arg }) => arg === undefined);
		if (callee.kind === 'value' && !spread) {
			const args = call.args.map((one) => this.only(one, scope, at));
			const keywords = call.keywords.map(({ arg = '', value }) => [arg, this.only(value, scope, at)] as const);
			if (args.every((one) => one) && keywords.every(([, one]) => one)) {
				const given = args.flatMap((one) => (one ? [one.value] : []));
				const named = new Map(keywords.flatMap(([name, one]) => (one ? [[name, one.value] as const] : [])));
				const value = made(this.py, () => this.py.call(callee.value, given, named));
				if (value.kind === 'value') return [value];
			}
		}
		const entered = this.entered(callee, call, scope, at);
		if (!entered || isDjango(entered.module.name)) return [unknown('it depends on what only running tells')];
		return this.returned(entered);
	}

	/** `table.get(key, default)` and `getattr(object, name, default)` where the key depends on the request. */
	private fromTable({ func, args }: Call, scope: Scope, at: Guarded | undefined): readonly Possible[] | undefined {
		const [first, second, third] = args;
		if (func.kind === 'Attribute' && func.attr === 'get' && first) {
			const tables = this.of(func.value, scope, at);
			if (!tables.every((one) => one.kind === 'value' && one.value instanceof PyDict) || this.only(first, scope, at))
				return undefined;
			const values = tables.flatMap((one) => (one.kind === 'value' ? (valuesOf(one.value) ?? []) : []));
			return [...values, ...(second ? this.of(second, scope, at) : [known(null)])];
		}
		if (func.kind === 'Name' && func.id === 'getattr' && first && second) {
			const name = textOf(this.only(second, scope, at)?.value ?? null);
			const objects = this.of(first, scope, at);
			if (name === undefined || objects.every(({ kind }) => kind === 'value')) return undefined;
			return [...objects.flatMap((one) => this.attributeOf(one, name)), ...(third ? this.of(third, scope, at) : [])];
		}
		return undefined;
	}
}

const isSettings = (py: Interpreter, value: Value): boolean => py.typeOf(value).moduleName === 'django.conf';
