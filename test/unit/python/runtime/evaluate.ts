import { createInterpreter, type InterpreterOptions } from '../../../../src/python/create';
import { PyException, PyRaise, type Value } from '../../../../src/python/values';
import { memoryHost } from '../../memoryHost';

/** Runs a text as `main` among the given files; the reprs of the names it binds, or the exception as `Type: message`. */
export function evaluate(
	text: string,
	files: Readonly<Record<string, string>> = {},
	options: Partial<InterpreterOptions> = {},
): Record<string, string> {
	const host = memoryHost(Object.fromEntries(Object.entries(files).map(([path, content]) => [`/lib/${path}`, content])));
	const py = createInterpreter({ host, sysPath: ['/lib'], ...options });
	const names = new Map<string, Value>([['__name__', 'main']]);
	const result: Record<string, string> = {};
	try {
		py.execute(text, '/main.py', names);
	} catch (error) {
		if (!(error instanceof PyRaise && error.exception instanceof PyException)) throw error;
		const place = error.exception.traceback.at(-1)?.place;
		result['raised'] = `${error.exception.cls.name}: ${py.str(error.exception)} (${place?.path}:${place?.line})`;
	}
	for (const [name, value] of names) {
		if (!name.startsWith('_') && (value === null || typeof value !== 'object' || 'cls' in value))
			result[name] = py.repr(value as Value);
	}
	py.problems.forEach((problem, index) => {
		result[`problem ${index + 1}`] = `${problem.reason} (${problem.place?.path}:${problem.place?.line})`;
	});
	return result;
}
