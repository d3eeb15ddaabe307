import { spawnSync } from 'node:child_process';
import { createInterpreter } from '../../../src/python/create';
import { OutOfBudget } from '../../../src/python/runtime/budget';
import {
	LazyBinding,
	PyBuiltin,
	PyClass,
	PyException,
	PyFunction,
	PyModule,
	PyRaise,
	type Value,
} from '../../../src/python/values';
import { nodeHost } from '../../../src/server/nodeHost';

/** Names bound by a text with their reprs, or what it raised as `Type: message` under `raised`. */
export type Outcome = Readonly<Record<string, string>>;

const runner = `
import json, sys, types
out = []
for text in json.load(sys.stdin):
    names = {'__name__': 'main'}
    row = {}
    try:
        exec(compile(text, 'main.py', 'exec'), names)
    except Exception as error:
        row['raised'] = f'{type(error).__name__}: {error}'
    for name, value in names.items():
        if not name.startswith('_') and not isinstance(value, (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType)):
            row[name] = repr(value)
    out.append(row)
print(json.dumps([out, [p for p in sys.path if p.endswith('python%d.%d' % sys.version_info[:2])], list(sys.version_info[:3])]))
`;

export interface Python {
	readonly outcomes: readonly Outcome[];
	readonly sysPath: readonly string[];
	readonly version: readonly [number, number, number];
}

/** What CPython makes of each text; undefined without a `python3` of version 3.11 or later. */
export function runPython(texts: readonly string[], python = 'python3'): Python | undefined {
	const run = spawnSync(python, ['-c', runner], { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1 << 28 });
	if (run.error || run.status !== 0) return undefined;
	const [outcomes, sysPath, version] = JSON.parse(run.stdout) as [Outcome[], string[], [number, number, number]];
	return version[0] === 3 && version[1] >= 11 ? { outcomes, sysPath, version } : undefined;
}

/** What the engine makes of it, with the standard library of the same Python. */
export function runEngine(text: string, python: Pick<Python, 'sysPath' | 'version'>, sysPath: readonly string[] = []): Outcome {
	const py = createInterpreter({
		host: nodeHost(),
		sysPath: [...sysPath, ...python.sysPath],
		standardFolders: [...python.sysPath],
		version: python.version,
	});
	const names = new Map<string, Value>([['__name__', 'main']]);
	const result: Record<string, string> = {};
	try {
		py.execute(text, '/main.py', names);
	} catch (error) {
		if (error instanceof OutOfBudget) result['raised'] = error.reason;
		else if (error instanceof PyRaise && error.exception instanceof PyException)
			result['raised'] = `${error.exception.cls.name}: ${py.str(error.exception)}`;
		else throw error;
	}
	for (const [name, value] of names) {
		if (name.startsWith('_') || value instanceof LazyBinding) continue;
		if (value instanceof PyFunction || value instanceof PyBuiltin || value instanceof PyModule || value instanceof PyClass)
			continue;
		result[name] = py.repr(value);
	}
	return result;
}
