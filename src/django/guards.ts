import type { Comprehension, Expr, For, FunctionDef, If, Lambda, MatchCase, Stmt, Try, While } from '../python/syntax/ast';

/** What has to be so for a statement to run. */
export type Guard =
	/** A test's answer; `of`: the statement that asks. */
	| { readonly kind: 'test'; readonly test: Expr; readonly wanted: boolean; readonly of?: If }
	/** A round of a loop over items: there is one. */
	| { readonly kind: 'item'; readonly of: Expr }
	/** A round of a `while`. */
	| { readonly kind: 'while'; readonly test: Expr }
	/** The end of a loop that a `break` may leave before. */
	| { readonly kind: 'end'; readonly loop: For | While }
	/** The body of a `try` gets there. */
	| { readonly kind: 'attempt'; readonly attempt: Try }
	/** It raises something of this type. */
	| { readonly kind: 'caught'; readonly type: Expr | undefined }
	| { readonly kind: 'case'; readonly subject: Expr; readonly of: MatchCase };

/** A statement with what it stands under, outermost first. Of a compound statement: its head alone. */
export interface Guarded {
	readonly statement: Stmt;
	readonly guards: readonly Guard[];
}

/** In a loop, a `try` or a `case`: it may run once, often or not at all. */
export const loops = ({ guards }: Guarded): boolean => guards.some(({ kind }) => kind !== 'test');

const known = new WeakMap<FunctionDef | Lambda, readonly Guarded[]>();

/** Every statement of a function, in order, those in compound ones too, but not those of functions and classes in it. */
export function guardedStatements(node: FunctionDef | Lambda): readonly Guarded[] {
	let statements = known.get(node);
	if (!statements) {
		statements = node.kind === 'Lambda' ? [{ statement: returned(node.body), guards: [] }] : [...guarded(node.body)];
		known.set(node, statements);
	}
	return statements;
}

const returned = (value: Expr): Stmt => ({ kind: 'Return', value, start: value.start, end: value.end });

/**
 * The statements of a module or a function, in order, those in compound ones too, but not those of functions and classes in it. What
 * follows a branch that leaves the function or the round stands under the other answer.
 */
export function* guarded(body: readonly Stmt[], above: readonly Guard[] = []): Generator<Guarded> {
	let guards = above;
	const under = (guard: Guard, inner: readonly Stmt[]) => guarded(inner, [...guards, guard]);
	for (const statement of body) {
		yield { statement, guards };
		switch (statement.kind) {
			case 'If': {
				const yes: Guard = { kind: 'test', test: statement.test, wanted: true, of: statement };
				const no: Guard = { kind: 'test', test: statement.test, wanted: false, of: statement };
				yield* under(yes, statement.body);
				yield* under(no, statement.orelse);
				if (leaves(statement.body)) guards = [...guards, no];
				else if (leaves(statement.orelse)) guards = [...guards, yes];
				break;
			}
			case 'For':
				yield* under({ kind: 'item', of: statement.iter }, statement.body);
				yield* afterLoop(statement, guards);
				break;
			case 'While':
				yield* under({ kind: 'while', test: statement.test }, statement.body);
				yield* afterLoop(statement, guards);
				break;
			case 'With':
				yield* guarded(statement.body, guards);
				break;
			case 'Try':
				yield* under({ kind: 'attempt', attempt: statement }, statement.body);
				for (const { type, body: handler } of statement.handlers) yield* under({ kind: 'caught', type }, handler);
				yield* under({ kind: 'attempt', attempt: statement }, statement.orelse);
				yield* guarded(statement.finalbody, guards);
				break;
			case 'Match':
				for (const one of statement.cases) yield* under({ kind: 'case', subject: statement.subject, of: one }, one.body);
				break;
			default:
		}
	}
}

/** What the `else` of a loop stands under. */
function afterLoop(loop: For | While, guards: readonly Guard[]): Iterable<Guarded> {
	return guarded(loop.orelse, breaks(loop.body) ? [...guards, { kind: 'end', loop }] : guards);
}

/** Whether a `break` of this body's own loop stands in it. */
function breaks(body: readonly Stmt[]): boolean {
	return body.some((one) => {
		switch (one.kind) {
			case 'Break':
				return true;
			case 'If':
				return breaks(one.body) || breaks(one.orelse);
			case 'With':
				return breaks(one.body);
			case 'Try':
				return [one.body, ...one.handlers.map(({ body: handler }) => handler), one.orelse, one.finalbody].some(breaks);
			case 'Match':
				return one.cases.some(({ body: inner }) => breaks(inner));
			// The `else` of a loop is none of its rounds.
			case 'For':
			case 'While':
				return breaks(one.orelse);
			default:
				return false;
		}
	});
}

/** Whether nothing that follows the body runs after it: the function or the round is left. */
function leaves(body: readonly Stmt[]): boolean {
	const last = body.at(-1);
	switch (last?.kind) {
		case 'Return':
		case 'Raise':
		case 'Continue':
		case 'Break':
			return true;
		case 'If':
			return leaves(last.body) && leaves(last.orelse);
		default:
			return false;
	}
}

/** What the element of a comprehension stands under: an item of each of its iterables, and what it asks of it. */
export function guardsOf(generators: readonly Comprehension[]): readonly Guard[] {
	return generators.flatMap(({ iter, ifs }): Guard[] => [
		{ kind: 'item', of: iter },
		...ifs.map((test): Guard => ({ kind: 'test', test, wanted: true })),
	]);
}
