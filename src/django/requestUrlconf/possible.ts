import type { Interpreter } from '../../python/runtime/interpreter';
import type { Expr } from '../../python/syntax/ast';
import { PyDict, PyTuple, type Value } from '../../python/values';
import type { Guarded } from '../guards';
import { Attributes } from './attributes';
import { bindingsOf } from './bindings';
import { Calls } from './calls';
import { itemOf, made } from './items';
import { Questions } from './questions';
import { distinct, known, type Possible, type Scope, unknown } from './scope';
import { TestAnswers } from './testAnswers';
import { Variables } from './variables';

const most = 40;
const mostSteps = 20_000;

/**
 * Works out what expressions in the functions of a middleware may be, without a request: where tests and variables depend on it, every
 * alternative counts; calls whose arguments are known are made by the interpreter, others by what their functions may return.
 */
export class PossibleValues {
	readonly questions = new Questions();
	readonly answers: TestAnswers;
	readonly calls: Calls;
	readonly attributes: Attributes;
	readonly variables: Variables;
	private steps = 0;

	/** What was read for it. */
	readonly files = new Set<string>();
	/** Values of modules have been asked for, other than settings: edits may make others of them. */
	isVolatile = false;

	constructor(private readonly py: Interpreter) {
		this.calls = new Calls(py, this);
		this.attributes = new Attributes(py, this);
		this.variables = new Variables(py, this);
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

	private evaluate(expression: Expr, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const { py } = this;
		switch (expression.kind) {
			case 'Constant': {
				const { value } = expression;
				return typeof value === 'object' && value !== null ? [unknown('it is no name')] : [known(value)];
			}
			case 'Name':
				return this.variables.named(expression.id, scope, at);
			case 'Attribute':
				return this.of(expression.value, scope, at).flatMap((one) => this.attributes.of(one, expression.attr));
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
				return this.calls.called(expression, scope, at);
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
	only(expression: Expr, scope: Scope, at: Guarded | undefined): { readonly value: Value } | undefined {
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
}
