import type { Interpreter } from '../../python/runtime/interpreter';
import type { Expr, Stmt, Try } from '../../python/syntax/ast';
import { innerBodies } from '../../python/syntax/definitions';
import { parseModule } from '../../python/syntax/parse';
import { someExpr } from '../../python/syntax/walk';
import type { Source } from '../../python/values';

const known = Symbol('calls that may fail');

/** Whether the code that is running stands in a `try` that catches this exception by its name: it goes on without an answer. */
export function failureExpected(py: Interpreter, exception: string): boolean {
	const caller = py.stack()[0];
	const source = caller?.module.source;
	if (!source || !caller.node) return false;
	const tries = py.state(known, () => new Map<Source, readonly Try[]>());
	let all = tries.get(source);
	if (!all) {
		all = triesOf(parseModule(source.text).body, exception);
		tries.set(source, all);
	}
	const { start } = caller.node;
	return all.some(({ body }) => body.some((one) => one.start <= start && start < one.end));
}

function triesOf(body: readonly Stmt[], exception: string): Try[] {
	return body.flatMap((statement) => {
		const inner = statement.kind === 'FunctionDef' ? [statement.body] : innerBodies(statement);
		const below = inner.flatMap((one) => triesOf(one, exception));
		const catches = statement.kind === 'Try' && statement.handlers.some(({ type }) => type && names(type, exception));
		return catches ? [statement, ...below] : below;
	});
}

const names = (type: Expr, exception: string): boolean =>
	someExpr(type, (node) => (node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : '') === exception);
