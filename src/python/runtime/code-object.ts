import { docstringOf, ParsedFunction } from '../syntax/function-body';
import { objectType, PyClass, type PyFunction, PyObject, typeType, type Value } from '../values';

export const codeType = new PyClass('code', 'types', [objectType], new Map(), typeType);
codeType.mro = [codeType, objectType];
codeType.immutable = true;

/** `function.__code__`. */
export class PyCode extends PyObject {
	constructor(
		/** Undefined for a module's or class's body. */
		readonly func: PyFunction | undefined,
		readonly name: string,
		readonly path: string,
		readonly line: number,
	) {
		super(codeType);
	}

	static of(func: PyFunction): PyCode {
		const { node, module } = func;
		const start = node.kind === 'FunctionDef' ? node.decorated : node.start;
		return new PyCode(func, func.code.name, module.source?.path ?? '', module.source?.lineOf(start) ?? 0);
	}
}

/** The result of `compile()`: text to be run by `exec` or `eval`. */
export class PyCompiled extends PyObject {
	constructor(
		readonly text: string,
		readonly path: string,
		readonly mode: string,
	) {
		super(codeType);
	}
}

/** The docstring in the text. */
export function functionDoc(func: PyFunction): Value {
	const { node } = func;
	if (node.kind === 'Lambda') return null;
	return (node instanceof ParsedFunction ? node.docstring : docstringOf(node.body)) ?? null;
}
