import type { Interpreter } from '../runtime/interpreter';
import type { Signature } from '../runtime/signature';
import { builtinFunctionType } from './core-types';
import { PyObject, type Value } from './value';

/** Gets the arguments bound to the signature's parameters, in their order (`*args` as a PyTuple, `**kwargs` as a PyDict). */
export type NativeBody = (py: Interpreter, args: readonly (Value | undefined)[]) => Value;

/** How a native stands in its class's dict. */
export type Binding = 'function' | 'method' | 'class' | 'static';

/** A function implemented in TypeScript; made by `native()` and its like. */
export class PyBuiltin extends PyObject {
	qualname: string;
	/** The signature as read from its text, once it was asked for. */
	signature: Signature | undefined = undefined;
	moduleName: Value = 'builtins';
	constructor(
		readonly name: string,
		/** See `nativeSignature`. */
		readonly signatureText: string,
		readonly body: NativeBody,
		/** `method` is bound to its instance by attribute access, `class` to its class, `static` and `function` never. */
		readonly binding: Binding,
		/** Gets `PyUnknown` arguments too; without it the first one is the result. */
		readonly acceptsUnknown: boolean,
	) {
		super(builtinFunctionType);
		this.qualname = name;
	}
}
