import type { Expr, Stmt, Try } from '../python/syntax/ast';
import type { Source } from '../python/values';

/** What has to be so for a piece of a module to run: a test as it is written, or the body of a `try`, which has to get there. */
export type Condition = string | { readonly attempt: Try };

/** A simple statement below the conditions of a module's top level, outermost condition first. */
export interface Conditional {
	readonly statement: Stmt;
	readonly conditions: readonly Condition[];
}

const longest = 200;

/** The text of a node on one line, bounded. */
export function shortText(source: Source, node: { readonly start: number; readonly end: number }): string {
	const text = source.text.slice(node.start, node.end).replace(/\s+/g, ' ');
	return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/**
 * The statements of a module or a function, those in compound ones too, but not in functions and classes in it; each with what it
 * stands under. What follows a branch that leaves the function or the round stands under the other answer.
 */
export function* conditionalStatements(
	body: readonly Stmt[],
	source: Source,
	above: readonly Condition[] = [],
): Generator<Conditional> {
	let conditions = above;
	const under = (inner: Condition, nested: readonly Stmt[]) => conditionalStatements(nested, source, [...conditions, inner]);
	for (const statement of body) {
		switch (statement.kind) {
			case 'If': {
				const test = shortText(source, statement.test);
				yield* under(test, statement.body);
				yield* under(negated(test), statement.orelse);
				if (leaves(statement.body)) conditions = [...conditions, negated(test)];
				else if (leaves(statement.orelse)) conditions = [...conditions, test];
				break;
			}
			case 'Try':
				yield* under({ attempt: statement }, statement.body);
				for (const { type, body: handler } of statement.handlers)
					yield* under(type ? shortText(source, type) : 'an exception', handler);
				yield* under({ attempt: statement }, statement.orelse);
				yield* conditionalStatements(statement.finalbody, source, conditions);
				break;
			case 'With':
				yield* conditionalStatements(statement.body, source, conditions);
				break;
			case 'For':
				yield* under(`there is an item in ${shortText(source, statement.iter)}`, statement.body);
				yield* conditionalStatements(statement.orelse, source, conditions);
				break;
			case 'While':
				yield* under(shortText(source, statement.test), statement.body);
				break;
			case 'Match':
				for (const one of statement.cases)
					yield* under(
						`${shortText(source, statement.subject)} is ${shortText(source, one.pattern)}${one.guard ? ` if ${shortText(source, one.guard)}` : ''}`,
						one.body,
					);
				break;
			case 'FunctionDef':
			case 'ClassDef':
				break;
			default:
				yield { statement, conditions };
		}
	}
}

const leaves = (body: readonly Stmt[]): boolean => ['Return', 'Continue', 'Break'].includes(body.at(-1)?.kind ?? '');

/** The text of a test's other answer. */
export const negated = (test: string) => (/^not \w[\w.]*$/.test(test) ? test.slice(4) : `not (${test})`);

/** The parts of an expression that only one answer of a test leads to: of `a if test else b`, of `test and a`. */
export interface Branch {
	readonly expression: Expr;
	readonly conditions: readonly string[];
}

/** An expression's outermost parts that `wanted` takes, with the conditional expressions they stand in. */
export function* branches(
	expression: Expr,
	source: Source,
	wanted: (one: Expr, conditions: readonly string[]) => boolean,
	conditions: readonly string[] = [],
): Generator<Branch> {
	if (wanted(expression, conditions)) {
		yield { expression, conditions };
		return;
	}
	const inner = (one: Expr, more: readonly string[] = []) => branches(one, source, wanted, [...conditions, ...more]);
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
		case 'IfExp': {
			const test = shortText(source, expression.test);
			yield* inner(expression.body, [test]);
			yield* inner(expression.orelse, [negated(test)]);
			break;
		}
		case 'BoolOp': {
			const last = expression.values.length - 1;
			const tests = expression.values.slice(0, last).map((one) => shortText(source, one));
			const value = expression.values[last];
			if (value && expression.op === 'and') yield* inner(value, tests);
			else for (const one of expression.values) yield* inner(one);
			break;
		}
		default:
	}
}

/** As the model says it. `done`: whether the statement at this offset has run to its end; undefined where nobody has watched. */
export function conditionText(conditions: readonly Condition[], source: Source, done?: (start: number) => boolean): string {
	return conditions.map((one) => (typeof one === 'string' ? one : attemptText(one.attempt, source, done))).join(' and ');
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
