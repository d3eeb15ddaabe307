import { CodePlace, type Place, type PyClass, PyDict, type PyException, PyInstance, type Value } from '../values';
import { PyCode } from './code-object';
import { Frame } from './frames';
import type { StackEntry } from './interpreter';
import type { Machine } from './machine';

/** Evaluates something late in what a frame sees, whether that is still on the stack or not. */
export function inFrame<T>(py: Machine, frame: Frame, body: (f: Frame) => T): T {
	const { frame: back } = py;
	const { module, names, name, variables, slots, cells, globals } = frame;
	const late = new Frame(py, module, names, name, frame.function, variables, slots, cells, back, globals);
	late.node = frame.node;
	py.frame = late;
	try {
		return body(late);
	} finally {
		py.frame = back;
	}
}

/** Innermost first. */
export function stackFrom(frame: Frame | undefined): Frame[] {
	const stack: Frame[] = [];
	for (let f = frame; f; f = f.back) stack.push(f);
	return stack;
}

/** Of the innermost node that is executing. */
export function placeFrom(frame: Frame | undefined): Place | undefined {
	for (let f = frame; f; f = f.back) if (f.node && f.module.source) return f.module.place(f.node);
	return undefined;
}

/** Where the frames stand, outermost first; the innermost thirty of them. */
export function traceFrom(frame: Frame | undefined): PyException['traceback'] {
	const entries: CodePlace[] = [];
	for (let f = frame; f && entries.length < 30; f = f.back) entries.push(new CodePlace(f.module, f.node, f.name));
	return entries.reverse();
}

/** `sys._getframe()`. */
export function frameObject(py: Machine, cls: PyClass, entry: StackEntry): Value {
	const object = new PyInstance(cls);
	const frame = entry instanceof Frame ? entry : undefined;
	const names = frame?.globals ?? entry.module.names;
	object.attrs = new Map<string, Value>([
		['f_globals', py.namespaceView(names)],
		['f_locals', frame && !frame.variables ? py.namespaceView(frame.names) : new PyDict()],
		['f_lasti', -1],
		['f_lineno', entry.node ? (entry.module.source?.lineOf(entry.node.start) ?? 0) : 0],
		[
			'f_code',
			entry.function ? PyCode.of(entry.function) : new PyCode(undefined, entry.name, entry.module.source?.path ?? '', 1),
		],
		['f_back', frame?.back ? frameObject(py, cls, frame.back) : null],
	]);
	return object;
}
