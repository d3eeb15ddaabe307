import type { Interpreter } from '../../python/runtime/interpreter';
import type { Call, Expr, Stmt } from '../../python/syntax/ast';
import { parseModule } from '../../python/syntax/parse';
import type { Source } from '../../python/values';
import type { NotMounted, UrlEntry } from '../../shared/model';
import { modelPlace, sourceOf } from '../places';
import { madeOn } from '../sites';
import { urlconfFiles } from './entries';

const makers = new Set([
	'path',
	're_path',
	'url',
	'include',
	'static',
	'i18n_patterns',
	'staticfiles_urlpatterns',
	'debug_toolbar_urls',
]);
const longest = 200;

/**
 * What an `if` or a failed import leaves out of the project's URLconfs: calls that make patterns, written under a
 * condition, of which none was made on their line. The condition reads as in the source.
 */
export function notMounted(
	py: Interpreter,
	urls: readonly UrlEntry[],
	root: string | undefined,
	isProject: (path: string) => boolean,
): NotMounted[] {
	const out: NotMounted[] = [];
	const made = madeOn(py);
	for (const file of urlconfFiles([urls], root)) {
		if (!isProject(file)) continue;
		const source = sourceOf(py, file);
		const calls = source ? conditionalCallsOf(py, source) : [];
		if (!source || calls.length === 0) continue;
		const lines = made.of(file);
		for (const { call, condition } of calls) {
			const place = modelPlace(source, call);
			let found = false;
			for (let line = place.line; line <= (place.endLine ?? place.line) && !found; line++) found = lines.has(line);
			if (!found) out.push({ condition, place, text: textOf(source, call) });
		}
	}
	return out;
}

interface ConditionalCall {
	readonly call: Call;
	readonly condition: string;
}

const known = Symbol('conditional calls of a file');

/** Worked out once for a text. */
function conditionalCallsOf(py: Interpreter, source: Source): readonly ConditionalCall[] {
	const calls = py.state(known, () => new Map<string, { readonly source: Source; readonly calls: readonly ConditionalCall[] }>());
	const before = calls.get(source.path);
	if (before?.source === source) return before.calls;
	const found: ConditionalCall[] = [];
	conditionalCalls(parseModule(source.text).body, source, undefined, (call, condition) => found.push({ call, condition }));
	calls.set(source.path, { source, calls: found });
	return found;
}

const textOf = (source: Source, node: { start: number; end: number }) => {
	const text = source.text.slice(node.start, node.end).replace(/\s+/g, ' ');
	return text.length > longest ? `${text.slice(0, longest)}…` : text;
};

/** Calls that make patterns, below module-level conditions; the outermost of nested ones. */
function conditionalCalls(
	body: readonly Stmt[],
	source: Source,
	condition: string | undefined,
	found: (call: Call, condition: string) => void,
): void {
	const both = (outer: string | undefined, inner: string) => (outer ? `${outer} and ${inner}` : inner);
	for (const statement of body) {
		switch (statement.kind) {
			case 'If': {
				const test = textOf(source, statement.test);
				conditionalCalls(statement.body, source, both(condition, test), found);
				conditionalCalls(statement.orelse, source, both(condition, `not (${test})`), found);
				break;
			}
			case 'Try':
				conditionalCalls(statement.body, source, both(condition, `no ${handled(statement.handlers, source)}`), found);
				for (const handler of statement.handlers)
					conditionalCalls(
						handler.body,
						source,
						both(condition, handler.type ? textOf(source, handler.type) : 'an exception'),
						found,
					);
				conditionalCalls(statement.orelse, source, both(condition, `no ${handled(statement.handlers, source)}`), found);
				conditionalCalls(statement.finalbody, source, condition, found);
				break;
			case 'With':
				conditionalCalls(statement.body, source, condition, found);
				break;
			case 'For':
				conditionalCalls(statement.body, source, both(condition, `there is an item in ${textOf(source, statement.iter)}`), found);
				break;
			case 'Assign':
			case 'AugAssign':
			case 'Expr':
				if (condition && statement.value) for (const call of outermostCalls(statement.value)) found(call, condition);
				break;
			default:
		}
	}
}

const handled = (handlers: readonly { type?: Expr }[], source: Source) =>
	handlers.map(({ type }) => (type ? textOf(source, type) : 'exception')).join(', ') || 'exception';

function* outermostCalls(expression: Expr): Generator<Call> {
	switch (expression.kind) {
		case 'Call': {
			const name =
				expression.func.kind === 'Name' ? expression.func.id : expression.func.kind === 'Attribute' ? expression.func.attr : '';
			if (makers.has(name)) yield expression;
			else for (const argument of expression.args) yield* outermostCalls(argument);
			break;
		}
		case 'List':
		case 'Tuple':
			for (const element of expression.elts) yield* outermostCalls(element);
			break;
		case 'BinOp':
			yield* outermostCalls(expression.left);
			yield* outermostCalls(expression.right);
			break;
		case 'Starred':
			yield* outermostCalls(expression.value);
			break;
		case 'IfExp':
			yield* outermostCalls(expression.body);
			yield* outermostCalls(expression.orelse);
			break;
		default:
	}
}
