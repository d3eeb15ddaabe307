import type { BinaryOperator, CompareOperator } from '../syntax/ast';
import {
	boolType,
	type HashKey,
	hashKey,
	intType,
	noneType,
	type PyClass,
	type PyGenerator,
	PyIterator,
	PyList,
	PyObject,
	type PyRaise,
	strType,
	type Value,
} from '../values';
import * as arithmetic from './arithmetic';
import * as attributes from './attributes';
import * as calls from './calls';
import * as comparison from './comparison';
import { display, formatted } from './display';
import type { Keywords } from './interpreter';
import * as items from './items';
import * as iteration from './iteration';
import type { Machine } from './machine';
import { attributeMissing } from './missing-names';
import { truth } from './truth';

/** What can be done with any value (Python's data model), each operation done by the file that knows it. */
export abstract class DataModel {
	// Calls

	call(this: Machine, callee: Value, args: readonly Value[] = [], keywords?: Keywords): Value {
		return calls.call(this, callee, args, keywords);
	}

	callMethod(this: Machine, self: Value, name: string, ...args: Value[]): Value {
		const method = attributes.findMethod(this, self, name);
		return method === undefined ? this.call(this.getAttr(self, name), args) : this.call(method, [self, ...args]);
	}

	findMethod(this: Machine, self: Value, name: string): Value | undefined {
		return attributes.findMethod(this, self, name);
	}

	// Attributes

	/** Undefined when missing; see `attributes.ts`. */
	lookup(this: Machine, object: Value, name: string): Value | undefined {
		return attributes.lookupAttr(this, object, name);
	}

	getAttr(this: Machine, object: Value, name: string): Value {
		const value = attributes.lookupAttr(this, object, name);
		return value !== undefined ? value : attributeMissing(this, object, name);
	}

	findAttr(this: Machine, object: Value, name: string): Value | undefined {
		try {
			return attributes.lookupAttr(this, object, name);
		} catch (error) {
			if (this.caught(error, 'AttributeError')) return undefined;
			throw error;
		}
	}

	hasAttr(this: Machine, object: Value, name: string): boolean {
		return this.findAttr(object, name) !== undefined;
	}

	setAttr(this: Machine, object: Value, name: string, value: Value): void {
		attributes.setAttr(this, object, name, value);
	}

	delAttr(this: Machine, object: Value, name: string): void {
		attributes.delAttr(this, object, name);
	}

	special(this: Machine, object: Value, name: string): Value | undefined {
		const cls = this.typeOf(object);
		const found = cls.lookup(name);
		if (found === undefined || found === null) return undefined;
		return attributes.bind(this, found, object, cls);
	}

	bindSpecial(this: Machine, found: Value, self: Value): Value {
		return attributes.bind(this, found, self, this.typeOf(self));
	}

	// Items and iteration

	getItem(this: Machine, object: Value, key: Value): Value {
		return items.getItem(this, object, key);
	}

	setItem(this: Machine, object: Value, key: Value, value: Value): void {
		items.setItem(this, object, key, value);
	}

	delItem(this: Machine, object: Value, key: Value): void {
		items.delItem(this, object, key);
	}

	contains(this: Machine, container: Value, item: Value): boolean {
		return comparison.contains(this, container, item);
	}

	length(this: Machine, object: Value): number {
		return items.length(this, object);
	}

	iterate(this: Machine, iterable: Value): Iterable<Value> {
		return iteration.iterate(this, iterable);
	}

	list(this: Machine, iterable: Value): Value[] {
		return iteration.list(this, iterable);
	}

	listOf(this: Machine, values: Iterable<Value>): PyList {
		return new PyList([...values]);
	}

	iter(this: Machine, iterable: Value): Value {
		return iteration.iter(this, iterable);
	}

	next(this: Machine, iterator: Value): Value | undefined {
		return iteration.next(this, iterator);
	}

	iterator(this: Machine, values: Iterable<Value>, name?: string): PyIterator {
		return new PyIterator(values[Symbol.iterator](), name);
	}

	resume(this: Machine, generator: PyGenerator, value: Value, thrown?: PyRaise): IteratorResult<Value, Value> {
		return iteration.resume(this, generator, value, thrown);
	}

	// Operators

	truth(this: Machine, value: Value): boolean {
		return truth(this, value);
	}

	equals(this: Machine, a: Value, b: Value): boolean {
		return comparison.equals(this, a, b);
	}

	same(this: Machine, a: Value, b: Value): boolean {
		return comparison.same(this, a, b);
	}

	less(this: Machine, a: Value, b: Value): boolean {
		return this.truth(comparison.compare(this, '<', a, b));
	}

	compare(this: Machine, op: CompareOperator, a: Value, b: Value): Value {
		return comparison.compare(this, op, a, b);
	}

	binary(this: Machine, op: BinaryOperator, a: Value, b: Value): Value {
		return arithmetic.binary(this, op, a, b);
	}

	hashKey(this: Machine, value: Value): HashKey {
		return hashKey(this, value);
	}

	hashObject(this: Machine, value: PyObject): HashKey {
		return this.hashes.of(value);
	}

	repr(this: Machine, value: Value): string {
		return display(this, value, '__repr__');
	}

	str(this: Machine, value: Value): string {
		return display(this, value, '__str__');
	}

	format(this: Machine, value: Value, spec: string): string {
		return formatted(this, value, spec);
	}

	// Types

	typeOf(this: Machine, value: Value): PyClass {
		if (value instanceof PyObject) return value.cls;
		if (typeof value === 'string') return strType;
		if (value === null) return noneType;
		return typeof value === 'boolean' ? boolType : intType;
	}

	isInstance(this: Machine, value: Value, cls: Value): boolean {
		return this.classes.isInstance(value, cls);
	}

	isSubclass(this: Machine, cls: PyClass, of: Value): boolean {
		return this.classes.isSubclass(cls, of);
	}
}
