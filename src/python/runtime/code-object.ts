import { objectType, PyClass, type PyFunction, PyObject, typeType, type Value } from '../values';

export const codeType = new PyClass('code', 'types', [objectType], new Map(), typeType);
codeType.mro = [codeType, objectType];
codeType.immutable = true;

/** `function.__code__`. */
export class PyCode extends PyObject {
	constructor(readonly func: PyFunction) {
		super(codeType);
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
	const [first] = node.body;
	return first?.kind === 'Expr' && first.value.kind === 'Constant' && typeof first.value.value === 'string'
		? first.value.value
		: null;
}
