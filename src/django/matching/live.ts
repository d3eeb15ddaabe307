import { OutOfBudget } from '../../python/runtime/budget';
import type { Interpreter } from '../../python/runtime/interpreter';
import { PyClass, PyDict, PyRaise, PyTuple, PyUnknown, textOf, type Value } from '../../python/values';
import type { ProjectModel } from '../../shared/model';
import { importString } from '../middleware';
import { exceptionText } from '../problems';
import { callbackOf, patternOf } from '../urls/entries';
import { answeredMethods } from '../views/methods';
import { type Answers, recordedAnswers } from './answers';
import type { PatternMatch } from './pattern';

/** Steps that one pattern may take: its converters and its own code, if it has any. */
const mostSteps = 500_000;

/**
 * Answers from the objects behind the model: each pattern's own `match` of the installed Django (or of the project, for a pattern
 * class of its own), run by the interpreter that evaluated the project, with translated patterns in the active language.
 */
export function liveAnswers(py: Interpreter, model: ProjectModel): Answers {
	const recorded = recordedAnswers(model);
	const translation = () => py.importModule('django.utils.translation');
	const middleware = new Map<string, boolean>();
	return {
		match(entry, path) {
			const pattern = patternOf(py, entry);
			return pattern === undefined ? recorded.match(entry, path) : matchLive(py, pattern, path);
		},
		patternText(entry) {
			const pattern = patternOf(py, entry);
			return pattern === undefined ? entry.pattern.pattern : (asked(py, () => py.str(pattern)) ?? entry.pattern.pattern);
		},
		methods(route) {
			const callback = asked(py, () => callbackOf(py, route));
			if (callback === undefined || callback instanceof PyUnknown) return recorded.methods(route);
			return asked(py, () => answeredMethods(py, callback));
		},
		inLanguage(language, body) {
			const before = asked(py, () => textOf(py.callMethod(translation(), 'get_language')));
			if (before === language) return recorded.inLanguage(language, body);
			asked(py, () => py.callMethod(translation(), 'activate', language));
			try {
				return recorded.inLanguage(language, body);
			} finally {
				asked(py, () =>
					before === undefined || before === null
						? py.callMethod(translation(), 'deactivate')
						: py.callMethod(translation(), 'activate', before),
				);
			}
		},
		languageOfPath: (path) => asked(py, () => textOf(py.callMethod(translation(), 'get_language_from_path', path))),
		supported: (language) => asked(py, () => textOf(py.callMethod(translation(), 'get_supported_language_variant', language))),
		hasMiddleware(name) {
			const known = middleware.get(name);
			if (known !== undefined) return known;
			const found = model.middleware.some(({ path }) => derives(py, path, name));
			middleware.set(name, found);
			return found;
		},
	};
}

function derives(py: Interpreter, path: string, name: string): boolean {
	const cls = asked(py, () => importString(py, path));
	return cls instanceof PyClass && cls.mro.some((one) => one.name === name && one.moduleName.startsWith('django.'));
}

/** Undefined where Python raises or the steps run out. */
function asked<T>(py: Interpreter, body: () => T): T | undefined {
	try {
		return py.budget.bounded(mostSteps, body);
	} catch (error) {
		if (error instanceof PyRaise || error instanceof OutOfBudget) return undefined;
		throw error;
	}
}

function matchLive(py: Interpreter, pattern: Value, path: string): PatternMatch | undefined | { readonly reason: string } {
	let found: Value | undefined;
	try {
		found = py.budget.bounded(mostSteps, () => py.callMethod(pattern, 'match', path));
	} catch (error) {
		if (error instanceof PyRaise) return { reason: exceptionText(py, error) };
		if (error instanceof OutOfBudget) return { reason: error.reason };
		throw error;
	}
	if (found === undefined) return { reason: 'matching takes too many steps' };
	if (found === null) return undefined;
	if (found instanceof PyUnknown) return { reason: found.reason };
	if (!(found instanceof PyTuple)) return { reason: `match() gave ${py.repr(found)}` };
	const [rest = null, args = null, kwargs = null] = found.items;
	const left = textOf(rest);
	if (left === undefined) return { reason: rest instanceof PyUnknown ? rest.reason : 'match() gave no rest of the path' };
	return {
		rest: left,
		args: args instanceof PyUnknown || args === null ? [] : py.list(args).map((one) => py.repr(one)),
		kwargs: new Map(
			kwargs instanceof PyDict ? [...kwargs.entries()].map(({ key, value }) => [py.str(key), py.repr(value)] as const) : [],
		),
	};
}
