import type { Interpreter } from '../../python/runtime/interpreter';
import type { Call } from '../../python/syntax/ast';
import { PyClass, PyDict, textOf } from '../../python/values';
import { type Guarded, guardedStatements } from '../guards';
import { expressionsIn } from './bindings';
import { classOf, isPlain, scopeOf } from './entering';
import { made, valuesOf } from './items';
import type { PossibleValues } from './possible';
import { type Arguments, definerAfter, isDjango, isSuper, known, type Possible, type Scope, unknown } from './scope';

const deepest = 10;

/** What calls may reach, and return. */
export class Calls {
	constructor(
		private readonly py: Interpreter,
		private readonly possible: PossibleValues,
	) {}

	/** The functions that a call may reach, with what they are called on. */
	callees({ func }: Call, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const { owner } = scope;
		if (func.kind === 'Attribute' && owner && isSuper(func.value)) {
			const self = this.firstOf(scope);
			const cls = self && classOf(self);
			const found = cls?.lookupAfter(owner, func.attr);
			const definer = cls && definerAfter(cls, func.attr, owner);
			return found !== undefined && definer && self ? this.possible.attributes.methodOf(found, self, definer) : [];
		}
		return this.possible.of(func, scope, at);
	}

	/** The scope of a function called so; undefined for what has no text to read. */
	entered(callee: Possible, call: Call, scope: Scope, at: Guarded | undefined): Scope | undefined {
		if (scope.depth >= deepest) return undefined;
		return this.scopeOf(callee, this.argumentsOf(call, scope, at), scope.depth + 1);
	}

	private argumentsOf(call: Call, scope: Scope, at: Guarded | undefined): Arguments {
		const args = call.args.map((one) =>
			one.kind === 'Starred' ? [unknown('it is unpacked')] : this.possible.of(one, scope, at),
		);
		const keywords = new Map(
			call.keywords.flatMap(({ arg, value }) => (arg ? [[arg, this.possible.of(value, scope, at)] as const] : [])),
		);
		return { args, keywords };
	}

	scopeOf(callee: Possible, given: Arguments, depth: number): Scope | undefined {
		const scope = scopeOf(this.py, (one, around) => this.possible.of(one, around, undefined), callee, given, depth);
		if (scope && !scope.parent) this.possible.files.add(scope.source.path);
		return scope;
	}

	/** What a function may return. */
	returned(scope: Scope): readonly Possible[] {
		const { node } = scope;
		if (node.kind === 'FunctionDef' && node.generator) return [unknown('a generator makes it')];
		return this.possible.questions.once(node, 'return', () => {
			const out: Possible[] = [];
			for (const site of guardedStatements(node)) {
				const { statement } = site;
				if (statement.kind !== 'Return' || this.possible.answers.ruledOut(site, scope)) continue;
				out.push(...(statement.value ? this.possible.of(statement.value, scope, site) : [known(null)]));
			}
			return out;
		});
	}

	/** What a method calls the one of its base by that name with, where it does so once. */
	ofSuper(scope: Scope, name: string): Arguments | undefined {
		const all = guardedStatements(scope.node).flatMap((site) =>
			[...expressionsIn(site.statement)].flatMap((one) =>
				one.kind === 'Call' && one.func.kind === 'Attribute' && one.func.attr === name && isSuper(one.func.value)
					? [this.argumentsOf(one, scope, site)]
					: [],
			),
		);
		return all.length === 1 ? all[0] : undefined;
	}

	/** What a call may return. */
	called(call: Call, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const table = this.fromTable(call, scope, at);
		if (table) return table;
		return this.callees(call, scope, at).flatMap((callee) => this.callOf(callee, call, scope, at));
	}

	private callOf(callee: Possible, call: Call, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		if (callee.kind === 'unknown') return [callee];
		const spread = call.args.some(({ kind }) => kind === 'Starred') || call.keywords.some(({ arg }) => arg === undefined);
		if (callee.kind === 'value' && !spread) {
			const args = call.args.map((one) => this.possible.only(one, scope, at));
			const keywords = call.keywords.map(({ arg = '', value }) => [arg, this.possible.only(value, scope, at)] as const);
			if (args.every((one) => one) && keywords.every(([, one]) => one)) {
				const given = args.flatMap((one) => (one ? [one.value] : []));
				const named = new Map(keywords.flatMap(([name, one]) => (one ? [[name, one.value] as const] : [])));
				const value = made(this.py, () => this.py.call(callee.value, given, named));
				if (value.kind === 'value') return [value];
			}
		}
		if (callee.kind === 'value' && callee.value instanceof PyClass && isPlain(callee.value) && !spread)
			return [{ kind: 'instance', cls: callee.value, made: this.argumentsOf(call, scope, at) }];
		const entered = this.entered(callee, call, scope, at);
		if (!entered || isDjango(entered.module.name)) return [unknown('it depends on what only running tells')];
		return this.returned(entered);
	}

	/** `table.get(key, default)` and `getattr(object, name, default)` where the key depends on the request. */
	private fromTable({ func, args }: Call, scope: Scope, at: Guarded | undefined): readonly Possible[] | undefined {
		const [first, second, third] = args;
		if (func.kind === 'Attribute' && func.attr === 'get' && first) {
			const tables = this.possible.of(func.value, scope, at);
			if (!tables.every((one) => one.kind === 'value' && one.value instanceof PyDict) || this.possible.only(first, scope, at))
				return undefined;
			const values = tables.flatMap((one) => (one.kind === 'value' ? (valuesOf(one.value) ?? []) : []));
			return [...values, ...(second ? this.possible.of(second, scope, at) : [known(null)])];
		}
		if (func.kind === 'Name' && func.id === 'getattr' && first && second) {
			const name = textOf(this.possible.only(second, scope, at)?.value ?? null);
			const objects = this.possible.of(first, scope, at);
			if (name === undefined || objects.every(({ kind }) => kind === 'value')) return undefined;
			return [
				...objects.flatMap((one) => this.possible.attributes.of(one, name)),
				...(third ? this.possible.of(third, scope, at) : []),
			];
		}
		return undefined;
	}

	private firstOf({ node, parameters }: Scope): Possible | undefined {
		const { posonly, args } = node.args;
		const name = [...posonly, ...args][0]?.name;
		return name === undefined ? undefined : parameters.get(name)?.[0];
	}
}
