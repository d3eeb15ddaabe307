import type { Interpreter } from '../../python/runtime/interpreter';
import { namesOf } from '../../python/runtime/scopes';
import type { Expr } from '../../python/syntax/ast';
import { unlessRaised } from '../../python/values';
import type { Guard, Guarded } from '../guards';
import { bindingsOf, expressionsIn } from './bindings';
import type { Questions } from './questions';
import { Kept, type Possible, type Scope } from './scope';

/** What the tests of a function answer, as far as that can be told without a request. `of`: what an expression may be. */
export class TestAnswers {
	private readonly answers = new Kept<Expr, boolean | undefined>();

	constructor(
		private readonly py: Interpreter,
		private readonly questions: Questions,
		private readonly of: (expression: Expr, scope: Scope, at: Guarded | undefined) => readonly Possible[],
	) {}

	/** Whether a statement can run at all, by the tests it stands under; the first that rules it out. */
	ruledOut({ guards }: Guarded, scope: Scope): Guard | undefined {
		return guards.find((one) => one.kind === 'test' && this.answer(one.test, scope) === !one.wanted);
	}

	private answer(test: Expr, scope: Scope): boolean | undefined {
		return this.questions.kept(this.answers, scope, test, '', () =>
			this.isClosed(test, scope) ? this.truth(test, scope) : undefined,
		);
	}

	/** Whether nothing in a test depends on the request, or on variables that may have one value or another. */
	private isClosed(test: Expr, scope: Scope, depth = 0): boolean {
		for (const one of [test, ...expressionsIn(test)])
			if (one.kind === 'Name' && !this.isClosedName(one.id, scope, depth)) return false;
		return true;
	}

	private isClosedName(name: string, scope: Scope, depth: number): boolean {
		for (let at: Scope | undefined = scope; at; at = at.parent) {
			const given = at.parameters.get(name);
			const bound = bindingsOf(at.node).get(name) ?? [];
			const [only] = bound;
			if (only) {
				const isPlain = bound.length === 1 && !given && 'site' in only && only.value.kind !== 'FunctionDef' && depth < 3;
				return isPlain && only.site.guards.length === 0 && this.isClosed(only.value, at, depth + 1);
			}
			if (given) return given.every(({ kind }) => kind !== 'request' && kind !== 'unknown');
			if (namesOf(at.node).bound.has(name)) return false;
		}
		return true;
	}

	/** True or false where the tests of every possibility agree. */
	truth(test: Expr, scope: Scope): boolean | undefined {
		if (test.kind === 'UnaryOp' && test.op === 'not') {
			const inner = this.truth(test.operand, scope);
			return inner === undefined ? undefined : !inner;
		}
		if (test.kind === 'BoolOp') {
			const all = test.values.map((one) => () => this.truth(one, scope));
			const decides = test.op === 'or';
			let open = false;
			for (const one of all) {
				const answer = one();
				if (answer === decides) return open ? undefined : decides;
				open ||= answer === undefined;
			}
			return open ? undefined : !decides;
		}
		const answers = new Set(this.of(test, scope, undefined).map((one) => this.truthOf(one)));
		return answers.size === 1 ? [...answers][0] : undefined;
	}

	truthOf(one: Possible): boolean | undefined {
		if (one.kind === 'value') return unlessRaised(() => this.py.truth(one.value));
		return one.kind === 'unknown' ? undefined : true;
	}

	/** Whether a variable with this value passes a test of it: `if name`, `if name is not None`. */
	agrees(one: Possible, name: string, guard: Guard): boolean {
		return guard.kind !== 'test' || this.passes(one, name, guard.test, guard.wanted);
	}

	private passes(one: Possible, name: string, test: Expr, wanted: boolean): boolean {
		if (test.kind === 'UnaryOp' && test.op === 'not') return this.passes(one, name, test.operand, !wanted);
		if (test.kind === 'BoolOp' && (test.op === 'and') === wanted)
			return test.values.every((part) => this.passes(one, name, part, wanted));
		if (isOf(test, name)) return this.truthOf(one) !== !wanted;
		if (test.kind !== 'Compare' || !isOf(test.left, name) || one.kind === 'unknown') return true;
		const [other] = test.comparators;
		if (other?.kind !== 'Constant' || other.value !== null) return true;
		const op = test.ops[0];
		if (op !== 'is' && op !== 'is not') return true;
		return (one.kind === 'value' && one.value === null) === ((op === 'is') === wanted);
	}
}

const isOf = (test: Expr, name: string): boolean =>
	(test.kind === 'Name' && test.id === name) || (test.kind === 'NamedExpr' && test.target.id === name);
