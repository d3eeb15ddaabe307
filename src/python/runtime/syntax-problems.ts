import type { SyntaxProblem } from '../syntax/ast';
import { type Source, SourcePlace } from '../values';
import type { Machine } from './machine';

/** Errors of a text are met by the file as a whole, whose execution starts at -1; those of a class's body when that is read. */
export function reportSyntax(
	py: Machine,
	errors: readonly SyntaxProblem[],
	source: Source | undefined,
	run = source && { source, start: -1 },
): void {
	const outer = py.running;
	py.running = run;
	for (const error of errors)
		py.unknowns.report(`syntax error: ${error.message}`, source && new SourcePlace(source, error.start, error.end));
	py.running = outer;
}
