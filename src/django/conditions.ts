import type { Expr, GeneratorExp, ListComp, SetComp, Stmt, Try } from '../python/syntax/ast';
import type { Source } from '../python/values';
import { type Guard, guardsOf } from './guards';
import { shortText } from './shortText';

/** The text of a test's other answer. */
const negated = (test: string) => (/^not \w[\w.]*$/.test(test) ? test.slice(4) : `not (${test})`);

/** The parts of an expression that only one answer of a test leads to: of `a if test else b`, of `test and a`, of `[a for b in c if test]`. */
export interface Branch {
	readonly expression: Expr;
	readonly guards: readonly Guard[];
}

/** An expression's outermost parts that `wanted` takes, with the conditional expressions they stand in. */
export function* branches(
	expression: Expr,
	wanted: (one: Expr, guards: readonly Guard[]) => boolean,
	guards: readonly Guard[] = [],
): Generator<Branch> {
	if (wanted(expression, guards)) {
		yield { expression, guards };
		return;
	}
	const inner = (one: Expr, more: readonly Guard[] = []) => branches(one, wanted, [...guards, ...more]);
	switch (expression.kind) {
		case 'Call':
			for (const argument of expression.args) yield* inner(argument);
			break;
		case 'List':
		case 'Tuple':
		case 'Set':
			for (const element of expression.elts) yield* inner(element);
			break;
		case 'BinOp':
			yield* inner(expression.left);
			yield* inner(expression.right);
			break;
		case 'Starred':
			yield* inner(expression.value);
			break;
		case 'IfExp':
			yield* inner(expression.body, [{ kind: 'test', test: expression.test, wanted: true }]);
			yield* inner(expression.orelse, [{ kind: 'test', test: expression.test, wanted: false }]);
			break;
		case 'BoolOp': {
			const tests = expression.values.slice(0, -1).map((test): Guard => ({ kind: 'test', test, wanted: true }));
			const value = expression.values.at(-1);
			if (value && expression.op === 'and') yield* inner(value, tests);
			else for (const one of expression.values) yield* inner(one);
			break;
		}
		case 'ListComp':
		case 'SetComp':
		case 'GeneratorExp':
			yield* passedOn(expression, inner);
			break;
		default:
	}
}

/** The element of a comprehension; of one that passes on what it is given (`[one for one in (…) if test]`) what that is. */
function* passedOn(
	{ elt, generators }: ListComp | SetComp | GeneratorExp,
	inner: (one: Expr, more: readonly Guard[]) => Iterable<Branch>,
): Generator<Branch> {
	const guards = guardsOf(generators);
	const [only, ...others] = generators;
	if (!only || others.length > 0 || elt.kind !== 'Name' || only.target.kind !== 'Name' || elt.id !== only.target.id) {
		yield* inner(elt, guards);
		return;
	}
	const tests = guards.filter(({ kind }) => kind === 'test');
	const { iter } = only;
	const isDisplay = iter.kind === 'List' || iter.kind === 'Tuple' || iter.kind === 'Set';
	for (const one of isDisplay ? iter.elts : [iter]) yield* inner(one, tests);
}

/** Whether it asks anything: there is an item in a list that is written out. */
export function asks(guard: Guard): boolean {
	if (guard.kind !== 'item') return true;
	const { of } = guard;
	return !(of.kind === 'List' || of.kind === 'Tuple' || of.kind === 'Set') || of.elts.every(({ kind }) => kind === 'Starred');
}

/** Whether the statement, of a module, stands behind a branch that would have left it: that has been passed. */
export function isPassed(guard: Guard, statement: Stmt, done: (start: number) => boolean): boolean {
	return guard.kind === 'test' && guard.of !== undefined && guard.of.end <= statement.start && done(guard.of.start);
}

/** As the model says it. `done`: whether the statement at this offset has run to its end; undefined where nobody has watched. */
export function conditionText(guards: readonly Guard[], source: Source, done?: (start: number) => boolean): string {
	return guards.map((one) => guardText(one, source, done)).join(' and ');
}

function guardText(guard: Guard, source: Source, done: ((start: number) => boolean) | undefined): string {
	switch (guard.kind) {
		case 'test': {
			const test = shortText(source, guard.test);
			return guard.wanted ? test : negated(test);
		}
		case 'while':
			return shortText(source, guard.test);
		case 'item':
			return `there is an item in ${shortText(source, guard.of)}`;
		case 'end':
			return `no break in the loop ${guard.loop.kind === 'For' ? `over ${shortText(source, guard.loop.iter)}` : `while ${shortText(source, guard.loop.test)}`}`;
		case 'attempt':
			return attemptText(guard.attempt, source, done);
		case 'caught':
			return guard.type ? shortText(source, guard.type) : 'an exception';
		case 'case': {
			const { pattern, guard: test } = guard.of;
			const matches = `${shortText(source, guard.subject)} is ${shortText(source, pattern)}`;
			return test ? `${matches} if ${shortText(source, test)}` : matches;
		}
	}
}

/** What the `try` would have to get through: of one that did not, the statement that failed, where it is an import. */
function attemptText({ body, handlers }: Try, source: Source, done?: (start: number) => boolean): string {
	const caught = handlers.map(({ type }) => (type ? shortText(source, type) : 'exception')).join(', ') || 'exception';
	const failed = done ? body.find(({ start }) => !done(start)) : onlyImport(body);
	const importing = failed?.kind === 'Import' || failed?.kind === 'ImportFrom';
	return `no ${caught}${importing ? ` (${shortText(source, failed)})` : ''}`;
}

function onlyImport(body: readonly Stmt[]): Stmt | undefined {
	const imports = body.filter(({ kind }) => kind === 'Import' || kind === 'ImportFrom');
	return imports.length === 1 ? imports[0] : undefined;
}
