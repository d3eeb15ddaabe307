import type { Interpreter } from '../../python/runtime/interpreter';
import type { Expr, Node, Stmt } from '../../python/syntax/ast';
import { parseModule } from '../../python/syntax/parse';
import type { Source } from '../../python/values';
import type { NotMounted, UrlEntry } from '../../shared/model';
import { branches, type Condition, conditionalStatements, conditionText, shortText } from '../conditions';
import { doneIn } from '../doneStatements';
import { modelPlace, sourceOf } from '../places';
import { djangoSettings } from '../settings';
import { madeOn } from '../sites';
import { attribute } from '../views/attribute';
import { urlconfFiles } from './entries';

/** Functions that make patterns; of `include()` alone nothing can be told once its statement has run. */
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
/** Those that make none while DEBUG is off (django/conf/urls/static.py and its like). */
const debugOnly = new Set(['static', 'staticfiles_urlpatterns', 'debug_toolbar_urls']);

/**
 * What an `if`, a failed import or a conditional expression leaves out of the project's URLconfs: calls that make patterns and other
 * additions to `urlpatterns` or a router, whose statement has not run, or of which no pattern came. Conditions read as in the source.
 */
export function notMounted(
	py: Interpreter,
	urls: readonly UrlEntry[],
	root: string | undefined,
	isProject: (path: string) => boolean,
): NotMounted[] {
	const out: NotMounted[] = [];
	for (const file of urlconfFiles([urls], root)) {
		if (!isProject(file)) continue;
		const source = sourceOf(py, file);
		const all = source ? additionsOf(py, source) : [];
		if (!source || all.length === 0) continue;
		const made = [...madeOn(py).of(file)];
		const done = doneIn(py).of(file);
		const isDone = (start: number) => done.has(start);
		for (const { node, maker, statement, outer, inner } of all) {
			const left = (conditions: readonly Condition[]) =>
				out.push({
					condition: conditionText(conditions, source, isDone),
					place: modelPlace(source, node),
					text: shortText(source, node),
				});
			if (outer.length > 0 && !isDone(statement.start)) left([...outer, ...inner]);
			else if (maker === undefined || maker === 'include' || made.some((at) => node.start <= at && at < node.end)) continue;
			else if (inner.length > 0) left(inner);
			else if (debugOnly.has(maker)) left([isDebug(py) ? `${maker}() makes none` : `settings.DEBUG in ${maker}()`]);
		}
	}
	return out;
}

const isDebug = (py: Interpreter) => attribute(py, djangoSettings(py), 'DEBUG') === true;

/** Something that would add to the URLs: a call that makes patterns, or a whole statement. */
interface Addition {
	readonly node: Node;
	/** The function that is called, where it makes patterns. */
	readonly maker?: string;
	readonly statement: Stmt;
	/** What the statement stands under. */
	readonly outer: readonly Condition[];
	/** The conditional expressions around it within the statement. */
	readonly inner: readonly string[];
}

const known = Symbol('conditional additions of a file');

/** Worked out once for a text. */
function additionsOf(py: Interpreter, source: Source): readonly Addition[] {
	const all = py.state(known, () => new Map<string, { readonly source: Source; readonly additions: readonly Addition[] }>());
	const before = all.get(source.path);
	if (before?.source === source) return before.additions;
	const additions = [...additionsIn(source)];
	all.set(source.path, { source, additions });
	return additions;
}

function* additionsIn(source: Source): Generator<Addition> {
	for (const { statement, conditions: outer } of conditionalStatements(parseModule(source.text).body, source)) {
		let calls = 0;
		const value = 'value' in statement ? statement.value : undefined;
		if (value && statement.kind !== 'Return')
			for (const { expression, conditions: inner } of branches(value, source, (one) => makers.has(calledName(one)))) {
				const maker = calledName(expression);
				if (outer.length > 0 || inner.length > 0 || debugOnly.has(maker))
					yield { node: expression, maker, statement, outer, inner };
				calls++;
			}
		if (calls === 0 && outer.length > 0 && adds(statement)) yield { node: statement, statement, outer, inner: [] };
	}
}

const calledName = (one: Expr): string =>
	one.kind !== 'Call' ? '' : one.func.kind === 'Name' ? one.func.id : one.func.kind === 'Attribute' ? one.func.attr : '';

/** `urlpatterns += …`, `urlpatterns.extend(…)`, `router.register(…)`, `from … import *`. */
function adds(statement: Stmt): boolean {
	const isPatterns = (one: Expr) => one.kind === 'Name' && one.id === 'urlpatterns';
	switch (statement.kind) {
		case 'Assign':
			return statement.targets.some(isPatterns);
		case 'AugAssign':
			return isPatterns(statement.target);
		case 'Expr': {
			const { value } = statement;
			if (value.kind !== 'Call' || value.func.kind !== 'Attribute') return false;
			return value.func.attr === 'register' || isPatterns(value.func.value);
		}
		case 'ImportFrom':
			return statement.names.some(({ name }) => name === '*');
		default:
			return false;
	}
}
