import type { Interpreter } from '../../python/runtime/interpreter';
import type { Expr, Stmt, Try } from '../../python/syntax/ast';
import { innerBodies } from '../../python/syntax/definitions';
import { parseModule } from '../../python/syntax/parse';
import { someExpr } from '../../python/syntax/walk';
import type { Source } from '../../python/values';

const known = Symbol('try statements of a text');

/** Whether the code that is running stands in a `try` that catches this exception by its name: it goes on without an answer. */
export function failureExpected(py: Interpreter, exception: string): boolean {
	const caller = py.stack()[0];
	const source = caller?.module.source;
	if (!source || !caller.node) return false;
	const tries = py.state(known, () => new Map<Source, readonly Try[]>());
	let all = tries.get(source);
	if (!all) {
		all = triesOf(parseModule(source.text).body);
		tries.set(source, all);
	}
	const { start } = caller.node;
	return all.some((one) => catches(one, exception) && one.body.some((inner) => inner.start <= start && start < inner.end));
}

function triesOf(body: readonly Stmt[]): Try[] {
	return body.flatMap((statement) => {
		const inner = statement.kind === 'FunctionDef' ? [statement.body] : innerBodies(statement);
		const below = inner.flatMap(triesOf);
		return statement.kind === 'Try' ? [statement, ...below] : below;
	});
}

const catches = ({ handlers }: Try, exception: string): boolean => handlers.some(({ type }) => type && names(type, exception));

const names = (type: Expr, exception: string): boolean =>
	someExpr(type, (node) => (node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : '') === exception);
