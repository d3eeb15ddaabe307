/** The same programs run by our evaluator, and what they leave behind in the same form as run.py's. */

import { createInterpreter } from '../../../src/python/create';
import type { Interpreter } from '../../../src/python/runtime/interpreter';
import { PyException, PyModule, PyRaise, type Value } from '../../../src/python/values';
import { nodeHost } from '../../../src/server/nodeHost';

export interface Outcome {
	/** Reprs by name; under `raised N` the exception that ended statement N. */
	readonly names: Readonly<Record<string, string>>;
	/** What the evaluator said it could not know. */
	readonly problems: readonly string[];
}

const addresses = / at 0x[0-9a-f]+/g;

/** `standard` is the standard library's folder, for modules that are read from their source. */
export function run(statements: readonly string[], standard: string, version: readonly [number, number, number]): Outcome {
	const py = createInterpreter({
		host: nodeHost(),
		sysPath: [standard],
		standardFolders: [standard],
		version,
		limits: {
			steps: 1_000_000_000,
			loop: 1_000_000_000,
			depth: 400,
			items: 2_000_000,
			text: 20_000_000,
			file: 20_000_000,
			bits: 400_000,
			endless: 2_000_000,
		},
	});
	const names = new Map<string, Value>([['__name__', 'main']]);
	const result: Record<string, string> = {};
	statements.forEach((text, index) => {
		try {
			let finished = false;
			py.budget.bounded(3_000_000, () => {
				py.execute(text, '/main.py', names);
				finished = true;
			});
			if (!finished) result[`raised ${index}`] = 'out of steps';
		} catch (error) {
			result[`raised ${index}`] = raised(py, error);
		}
	});
	for (const [name, value] of names) {
		if (name.startsWith('_') || value instanceof PyModule) continue;
		if (value === null || typeof value !== 'object' || 'cls' in value) result[name] = shown(py, value as Value);
	}
	return { names: result, problems: py.problems.map(({ reason, place }) => `${reason} (line ${place?.line})`) };
}

function raised(py: Interpreter, error: unknown): string {
	if (error instanceof PyRaise && error.exception instanceof PyException)
		return `${error.exception.cls.name}: ${py.str(error.exception)}`;
	return `not a Python exception: ${error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)}`;
}

function shown(py: Interpreter, value: Value): string {
	try {
		return py.repr(value).replace(addresses, '').slice(0, 100_000);
	} catch (error) {
		return `repr raised ${raised(py, error)}`;
	}
}
