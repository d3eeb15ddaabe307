import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Problem } from '../../shared/model';
import { basename, isWithin, relativePath } from '../../shared/path';
import type { ModelIndex } from '../modelIndex';
import { rangeOf, uriOf } from '../uri';
import { urlNamesOf } from '../urlNames';

/** More in one file help nobody. */
const most = 100;
const source = 'Request Cycle';
const severities = {
	error: DiagnosticSeverity.Error,
	warning: DiagnosticSeverity.Warning,
	information: DiagnosticSeverity.Information,
} as const;

/** The engine's problems by the URI of the file they stand in; files of the project alone, not of its environment. */
export function modelDiagnostics(index: ModelIndex): Map<string, Diagnostic[]> {
	const { model } = index;
	const out = new Map<string, Diagnostic[]>();
	const outside = [...model.environment.sitePackages, ...(model.environment.stdlib ? [model.environment.stdlib] : [])];
	const add = (problem: Problem | undefined): void => {
		const place = problem?.place ?? problem?.trail?.at(-1);
		if (!problem || !place || !isWithin(place.file, model.root)) return;
		if (outside.some((folder) => isWithin(place.file, folder))) return;
		const uri = uriOf(place.file);
		const list = out.get(uri) ?? [];
		out.set(uri, list);
		const range = rangeOf(place);
		const known = list.some((one) => one.message === problem.message && one.range.start.line === range.start.line);
		if (list.length >= most || known) return;
		const whole = place.endColumn === undefined ? { ...range, end: { line: range.start.line, character: 1000 } } : range;
		// What the analysis could not know is no fault of the code.
		const severity = problem.code === 'unknown-value' ? DiagnosticSeverity.Information : severities[problem.severity];
		list.push({ range: whole, severity, code: problem.code, source, message: problem.message });
	};
	for (const problem of model.problems) add(problem);
	for (const middleware of model.middleware) add(middleware.problem);
	for (const include of index.includes) add(include.problem);
	for (const route of index.routes) add(route.problem);
	for (const handler of model.handlers) add(handler.problem);
	return out;
}

/**
 * URL names that no route has. Said only where every URL of every project that may be meant could be evaluated, and not
 * in tests, which often bring URLconfs of their own.
 */
export function nameDiagnostics(document: TextDocument, path: string, indexes: readonly ModelIndex[]): Diagnostic[] {
	if (indexes.length === 0 || !indexes.every((index) => index.complete) || isTest(path, indexes)) return [];
	return urlNamesOf(document.languageId, document.getText())
		.filter((use) => use.certain && !indexes.some((index) => index.byName.has(use.name)))
		.slice(0, most)
		.map((use) => ({
			range: { start: document.positionAt(use.start), end: document.positionAt(use.end) },
			severity: DiagnosticSeverity.Warning,
			code: 'unknown-url-name',
			source,
			message: `No route is named '${use.name}'.`,
		}));
}

function isTest(path: string, indexes: readonly ModelIndex[]): boolean {
	const inProject = indexes.map((index) => relativePath(path, index.model.root)).find((one) => one !== undefined) ?? path;
	return /(?:^|\/)tests?\//.test(inProject) || /^(?:test_.*|.*_test|tests|conftest)\.py$/.test(basename(path));
}
