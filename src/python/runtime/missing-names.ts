import { PyClass, PyDict, PyModule, PyObject, type PyUnknown, type Value } from '../values';
import { defersAnnotations } from './annotations';
import type { Frame } from './frames';
import type { Machine } from './machine';

/** What stands for an attribute that is not there: AttributeError, or unknown where Python would have it. */
export function attributeMissing(py: Machine, object: Value, name: string): Value {
	const unknown = notYetNative(py, object, name);
	if (unknown) return unknown;
	const what =
		object instanceof PyClass
			? `type object '${object.name}'`
			: object instanceof PyModule
				? `module '${object.name}'`
				: `'${py.typeOf(object).name}' object`;
	const partial = object instanceof PyModule && object.state === 'running' ? 'partially initialized ' : '';
	const exception = py.makeException('AttributeError', [`${partial}${what} has no attribute '${name}'`]);
	exception.attrs = new Map<string, Value>([
		['\0name', name],
		['\0obj', object],
	]);
	throw py.raised(exception);
}

/** What a class of the standard library has in its source, and its stand-in here lacks, is unknown; Python would have it. */
function notYetNative(py: Machine, object: Value, name: string): PyUnknown | undefined {
	if (!(object instanceof PyObject) || object instanceof PyModule || name.startsWith('__')) return undefined;
	for (const cls of object instanceof PyClass ? object.mro : object.cls.mro) {
		if (cls.immutable && py.imports.natives.declaresMember(cls.moduleName, name))
			return py.unknowns.make(`${cls.moduleName}.${cls.name}.${name} is not implemented`);
	}
	return undefined;
}

/** What stands for a name that is neither local, global nor built in. */
export function nameMissing(py: Machine, frame: Frame, name: string): Value {
	if (name === '__builtins__') return py.builtinsModule;
	if (name === '__annotations__' && !defersAnnotations(py)) {
		const dict = new PyDict();
		frame.names.set(name, dict);
		return dict;
	}
	if (frame.module.unknownNames) return py.unknowns.derive(frame.module.unknownNames, `.${name}`);
	const exception = py.makeException('NameError', [`name '${name}' is not defined`]);
	exception.attrs = new Map([['\0name', name]]);
	throw py.raised(exception);
}
