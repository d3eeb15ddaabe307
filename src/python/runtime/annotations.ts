/**
 * Annotations since Python 3.14 (PEP 649, PEP 749): beside what is annotated stands a function that evaluates them in the form it is
 * asked for, `__annotate__`. Before, and under `from __future__ import annotations`, there is a dictionary alone.
 */

import {
	type Annotation,
	LazyBinding,
	PyBuiltin,
	PyClass,
	PyDict,
	type PyFunction,
	type PyModule,
	PyRaise,
	type Value,
} from '../values';
import type { Interpreter } from './interpreter';

/** `annotationlib.Format`. Code that CPython compiles knows `value` alone; `annotationlib` runs it again for the others. */
const Format = { value: 1, forwardRef: 3, text: 4 } as const;

/** Whether this Python evaluates annotations when they are asked for. */
export const defersAnnotations = (py: Interpreter): boolean => py.version[0] > 3 || py.version[1] >= 14;

/** An `__annotate__` that a compiler makes. */
export class PyAnnotate extends PyBuiltin {
	/** What is annotated: a reference to a name that does not exist yet keeps it. */
	owner: Value | undefined;
	constructor(annotations: () => readonly Annotation[]) {
		super(
			'__annotate__',
			'format, /',
			(py, [format]) => {
				const dict = new PyDict();
				for (const one of annotations()) dict.setStr(one.name, inFormat(py, one, format ?? null, this.owner));
				return dict;
			},
			'function',
			false,
		);
	}
}

function inFormat(py: Interpreter, annotation: Annotation, format: Value, owner: Value | undefined): Value {
	if (py.equals(format, Format.text)) return annotation.text();
	if (py.equals(format, Format.value)) return annotation.evaluate();
	if (!py.equals(format, Format.forwardRef)) return py.raise('NotImplementedError', '');
	try {
		return annotation.evaluate();
	} catch (error) {
		if (!(error instanceof PyRaise) || !py.isInstance(error.exception, py.builtin('NameError'))) throw error;
		const keywords = new Map<string, Value>([['is_class', owner instanceof PyClass]]);
		if (owner !== undefined) keywords.set('owner', owner);
		return py.call(py.getAttr(py.importModule('annotationlib'), 'ForwardRef'), [annotation.text()], keywords);
	}
}

/** `__annotations__` in a namespace, before somebody asks for it. */
export class LazyAnnotations extends LazyBinding {
	constructor(readonly list: readonly Annotation[]) {
		super(() => evaluated(list), '__annotations__');
	}
}

/** All of them, evaluated. */
export function evaluated(annotations: readonly Annotation[]): PyDict {
	const dict = new PyDict();
	for (const one of annotations) dict.setStr(one.name, one.evaluate());
	return dict;
}

/** `function.__annotate__` */
export function annotateOfFunction(func: PyFunction): Value {
	if (func.annotateFunction === undefined) {
		if (!func.annotate) return null;
		const made = new PyAnnotate(func.annotate);
		made.owner = func;
		func.annotateFunction = made;
	}
	return func.annotateFunction;
}

/** `function.__annotations__` */
export function annotationsOfFunction(py: Interpreter, func: PyFunction): Value {
	if (func.annotations === undefined) {
		const { annotate, annotateFunction } = func;
		if (annotateFunction !== undefined && annotateFunction !== null && !(annotateFunction instanceof PyAnnotate))
			func.annotations = py.call(annotateFunction, [Format.value]);
		else func.annotations = annotate ? evaluated(annotate()) : new PyDict();
	}
	return func.annotations;
}

/** `class.__annotate__`, of its own dictionary. */
export function annotateOfClass(cls: PyClass): Value {
	return cls.dict.get('__annotate__') ?? cls.dict.get('__annotate_func__') ?? null;
}

/** `class.__annotations__`, of its own dictionary. */
export function annotationsOfClass(py: Interpreter, cls: PyClass): Value | undefined {
	const own = cls.dict.get('__annotations__') ?? cls.dict.get('__annotations_cache__');
	if (own !== undefined) return own;
	if (cls.immutable) return undefined;
	const annotate = defersAnnotations(py) ? annotateOfClass(cls) : null;
	if (annotate !== null) {
		const annotations = py.call(annotate, [Format.value]);
		cls.dict.set('__annotations_cache__', annotations);
		return annotations;
	}
	const annotations = cls.annotate ? evaluated(cls.annotate()) : new PyDict();
	cls.dict.set(defersAnnotations(py) && !cls.annotate ? '__annotations_cache__' : '__annotations__', annotations);
	return annotations;
}

/** `module.__annotations__`, where its namespace has none yet. */
export function annotationsOfModule(py: Interpreter, module: PyModule): Value {
	const annotate = module.names.get('__annotate__');
	const annotations = annotate instanceof PyAnnotate ? py.call(annotate, [Format.value]) : new PyDict();
	module.names.set('__annotations__', annotations);
	return annotations;
}

/** `object.__annotate__ = value` (Python 3.14). */
export function writeAnnotate(object: PyClass | PyFunction, value: Value): void {
	if (object instanceof PyClass) {
		object.deleteOwn('__annotations_cache__');
		object.setOwn('__annotate_func__', value);
	} else {
		object.annotateFunction = value;
		object.annotations = undefined;
		if (value === null) object.annotate = undefined;
	}
}

/** `object.__annotations__ = value`. */
export function writeAnnotations(py: Interpreter, object: PyClass | PyFunction, value: Value): void {
	if (object instanceof PyClass) {
		const cached = defersAnnotations(py) && !object.dict.has('__annotations__');
		object.setOwn(cached ? '__annotations_cache__' : '__annotations__', value);
		if (cached) {
			object.deleteOwn('__annotate__');
			object.setOwn('__annotate_func__', null);
		}
	} else {
		object.annotations = value;
		object.annotateFunction = null;
	}
}

/** A function's annotations in a format of `annotationlib.Format`; as values before Python 3.14. */
export function annotationsIn(py: Interpreter, func: PyFunction, format: Value): Value {
	const annotate = defersAnnotations(py) && func.annotations === undefined ? annotateOfFunction(func) : null;
	return annotate === null || py.equals(format, Format.value) ? annotationsOfFunction(py, func) : py.call(annotate, [format]);
}
