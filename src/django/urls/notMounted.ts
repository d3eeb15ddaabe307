import type { Interpreter } from '../../python/runtime/interpreter';
import type { Expr, FunctionDef, Node, Stmt } from '../../python/syntax/ast';
import { parseModule } from '../../python/syntax/parse';
import { LazyBinding, LazyImport, PyFunction, PyModule, type Source, type Value } from '../../python/values';
import type { NotMounted, UrlEntry } from '../../shared/model';
import { calledIn } from '../calledFunctions';
import { asks, branches, conditionText, isPassed } from '../conditions';
import { doneIn, hasRun } from '../doneStatements';
import { type Guard, type Guarded, guarded, guardedStatements } from '../guards';
import { modelPlace, moduleOf, sourceOf } from '../places';
import { djangoSettings } from '../settings';
import { shortText } from '../shortText';
import { madeOn } from '../sites';
import { attribute } from '../views/attribute';
import { isPartial } from '../views/closures';
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
 * additions to `urlpatterns` or a router, whose statement has not run, or of which no pattern came; in functions and methods that have
 * been called, too. Conditions read as in the source.
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
		const all = source ? additionsOf(py, source, () => additionsIn(guarded(parseModule(source.text).body))) : [];
		if (source) out.push(...leftOut(py, source, all, hasRun(py, source)));
	}
	for (const { source, node } of calledIn(py).all()) {
		const module = moduleOf(py, source.path);
		const makes = (name: Expr) => module !== undefined && leadsToDjango(py, module, node, name);
		const all = additionsOf(py, node, () => additionsIn(guardedStatements(node), makes));
		if (all.length > 0) out.push(...leftOut(py, source, all, undefined));
	}
	return out;
}

/** `isDone`: see `hasRun`; undefined for a function, whose calls tell by their patterns alone. */
function leftOut(
	py: Interpreter,
	source: Source,
	all: readonly Addition[],
	isDone: ((start: number) => boolean) | undefined,
): NotMounted[] {
	const out: NotMounted[] = [];
	if (all.length === 0) return out;
	const made = [...madeOn(py).of(source.path)];
	for (const { node, maker, statement, outer: around, inner } of all) {
		const outer = isDone ? around.filter((one) => !isPassed(one, statement, isDone)) : around;
		const left = (condition: string) => out.push({ condition, place: modelPlace(source, node), text: shortText(source, node) });
		const textOf = (guards: readonly Guard[]) => conditionText(guards, source, isDone);
		const [start, end] = [source.nowAt(node.start), source.nowAt(node.end)];
		const hasMade = made.some((at) => start <= at && at < end);
		if (!isDone) {
			const registered = maker === undefined && doneIn(py).of(source.path).has(source.nowAt(statement.start));
			if (!hasMade && !registered && maker !== 'include' && outer.length + inner.length > 0) left(textOf([...outer, ...inner]));
		} else if (outer.length > 0 && !isDone(statement.start)) left(textOf([...outer, ...inner]));
		else if (maker === undefined || maker === 'include' || hasMade) continue;
		else if (inner.length > 0) left(textOf(inner));
		else if (debugOnly.has(maker)) left(isDebug(py) ? `${maker}() makes none` : `settings.DEBUG in ${maker}()`);
	}
	return out;
}

/** Whether a name of a function is one of Django's: elsewhere `path()` and `static()` may be anything. */
function leadsToDjango(py: Interpreter, { names }: PyModule, node: FunctionDef, called: Expr): boolean {
	const imported = new Map<string, string>();
	for (const { statement } of guardedStatements(node))
		if (statement.kind === 'ImportFrom' && statement.level === 0)
			for (const { name, asname } of statement.names) imported.set(asname ?? name, statement.module ?? '');
	let root = called;
	while (root.kind === 'Attribute') root = root.value;
	if (root.kind !== 'Name') return false;
	const local = imported.get(root.id);
	const bound = names.get(root.id);
	const from =
		local ??
		(bound instanceof LazyImport ? bound.module : bound === undefined || bound instanceof LazyBinding ? '' : originOf(py, bound));
	return /^(?:django|debug_toolbar)\b(?!\.templatetags)/.test(from);
}

function originOf(py: Interpreter, value: Value): string {
	if (value instanceof PyFunction) return value.module.name;
	if (value instanceof PyModule) return value.name;
	const func = isPartial(py, value) ? attribute(py, value, 'func') : undefined;
	return func instanceof PyFunction ? func.module.name : '';
}

const isDebug = (py: Interpreter) => attribute(py, djangoSettings(py), 'DEBUG') === true;

/** Something that would add to the URLs: a call that makes patterns, or a whole statement. */
interface Addition {
	readonly node: Node;
	/** The function that is called, where it makes patterns. */
	readonly maker?: string;
	readonly statement: Stmt;
	/** What the statement stands under. */
	readonly outer: readonly Guard[];
	/** The conditional expressions around it within the statement. */
	readonly inner: readonly Guard[];
}

const known = Symbol('conditional additions of a file');

/** Worked out once for a text, or a function. */
function additionsOf(py: Interpreter, of: Source | FunctionDef, read: () => Iterable<Addition>): readonly Addition[] {
	const all = py.state(known, () => new WeakMap<Source | FunctionDef, readonly Addition[]>());
	let additions = all.get(of);
	if (!additions) {
		additions = whole(() => [...read()]);
		all.set(of, additions);
	}
	return additions;
}

/** Nothing is told of a text that nests deeper than we can follow: its own problem says so. */
function whole<T>(read: () => T[]): readonly T[] {
	try {
		return read();
	} catch (error) {
		if (error instanceof RangeError) return [];
		throw error;
	}
}

/** `makes`, of a function: whether what is called, of the right name, does make patterns. */
function* additionsIn(statements: Iterable<Guarded>, makes?: (name: Expr) => boolean): Generator<Addition> {
	const isMaker = (one: Expr) => one.kind === 'Call' && makers.has(calledName(one)) && (!makes || makes(one.func));
	for (const { statement, guards } of statements) {
		const outer = guards.filter(asks);
		let calls = 0;
		const value = 'value' in statement ? statement.value : undefined;
		if (value)
			for (const { expression, guards: within } of branches(value, isMaker)) {
				const maker = calledName(expression);
				const inner = within.filter(asks);
				if (outer.length > 0 || inner.length > 0 || debugOnly.has(maker))
					yield { node: expression, maker, statement, outer, inner };
				calls++;
			}
		const isAddition = makes ? registers(statement) : adds(statement);
		if (calls === 0 && outer.length > 0 && isAddition) yield { node: statement, statement, outer, inner: [] };
	}
}

/** `router.register('…', …)`: of functions such statements are noted when they have run. */
function registers(statement: Stmt): boolean {
	const value = statement.kind === 'Expr' ? statement.value : undefined;
	if (value?.kind !== 'Call' || value.func.kind !== 'Attribute' || value.func.attr !== 'register') return false;
	const { value: on } = value.func;
	const name = on.kind === 'Name' ? on.id : on.kind === 'Attribute' ? on.attr : '';
	return value.args[0]?.kind === 'Constant' && /rout|api/i.test(name);
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
