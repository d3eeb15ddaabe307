import type { Interpreter } from '../python/runtime/interpreter';
import type { Expr, Stmt } from '../python/syntax/ast';
import { parseModule } from '../python/syntax/parse';
import { type Source, textOf, type Value } from '../python/values';
import type { NotMounted } from '../shared/model';
import { asks, branches, conditionText, isPassed } from './conditions';
import { hasRun } from './doneStatements';
import { type Guard, guarded } from './guards';
import { modelPlace } from './places';
import { changesName } from './settingPlaces';
import { shortText } from './shortText';
import { attribute } from './views/attribute';

/** The settings that say what a request meets. */
const names = ['INSTALLED_APPS', 'MIDDLEWARE', 'ROOT_URLCONF'];

/**
 * What an `if`, a failed import or a conditional expression leaves out of `MIDDLEWARE`, `INSTALLED_APPS` and `ROOT_URLCONF` in these
 * files, from which the settings were read: statements that have not run, and branches of which nothing is in the setting's value.
 */
export function settingsLeftOut(py: Interpreter, settings: Value, files: readonly Source[]): NotMounted[] {
	const values = new Map(names.map((name) => [name, entriesOf(py, settings, name)]));
	return files.flatMap((source) => [...leftOutOf(py, source, values)]);
}

function* leftOutOf(py: Interpreter, source: Source, values: ReadonlyMap<string, ReadonlySet<string>>): Generator<NotMounted> {
	if (!names.some((name) => source.text.includes(name)) && !source.text.includes('import *')) return;
	const isDone = hasRun(py, source);
	const left = (node: Stmt | Expr, guards: readonly Guard[], before = ''): NotMounted => ({
		condition: conditionText(guards, source, isDone),
		place: modelPlace(source, node),
		text: `${before}${shortText(source, node)}`,
	});
	for (const { statement, guards } of guarded(parseModule(source.text).body)) {
		const name = names.find((one) => changesName(statement, one));
		const asked = guards.filter((one) => asks(one) && !isPassed(one, statement, isDone));
		if (asked.length > 0 && !isDone(statement.start)) {
			if (name !== undefined || importsAll(statement)) yield left(statement, asked);
			continue;
		}
		if (name === undefined || !('value' in statement) || !statement.value) continue;
		const value = values.get(name) ?? new Set<string>();
		for (const { expression, guards: inner } of branches(statement.value, (_, under) => under.some(asks))) {
			const entries = [...constantsIn(expression)];
			if (entries.length > 0 && !entries.some((entry) => value.has(entry)))
				yield left(expression, inner.filter(asks), `${name}: `);
		}
	}
}

const importsAll = (statement: Stmt): boolean =>
	statement.kind === 'ImportFrom' && statement.names.some(({ name }) => name === '*');

function entriesOf(py: Interpreter, settings: Value, name: string): ReadonlySet<string> {
	const value = attribute(py, settings, name) ?? null;
	const text = textOf(value);
	if (text !== undefined) return new Set([text]);
	return new Set(value === null ? [] : py.list(value).flatMap((entry) => textOf(entry) ?? []));
}

/** Texts that a list or tuple holds, or the expression is. */
function* constantsIn(expression: Expr): Generator<string> {
	if (expression.kind === 'Constant' && typeof expression.value === 'string') yield expression.value;
	if (expression.kind === 'List' || expression.kind === 'Tuple' || expression.kind === 'Set')
		for (const one of expression.elts) yield* constantsIn(one);
	if (expression.kind === 'IfExp') {
		yield* constantsIn(expression.body);
		yield* constantsIn(expression.orelse);
	}
}
