import type { PyClass } from './class';
import {
	bytearrayType,
	bytesType,
	complexType,
	ellipsisType,
	floatType,
	notImplementedType,
	rangeType,
	sliceType,
} from './core-types';
import { PyInstance, PyObject, type Value } from './value';

export class PyFloat extends PyObject {
	constructor(
		readonly value: number,
		cls: PyClass = floatType,
	) {
		super(cls);
	}
}

export class PyComplex extends PyObject {
	constructor(
		readonly real: number,
		readonly imag: number,
		cls: PyClass = complexType,
	) {
		super(cls);
	}
}

/** bytes or bytearray, as its `cls` says. */
export class PyBytes extends PyObject {
	constructor(
		public value: Uint8Array,
		cls: PyClass = bytesType,
	) {
		super(cls);
	}
	get mutable(): boolean {
		return this.cls.derivesFrom(bytearrayType);
	}
}

export class PyRange extends PyObject {
	constructor(
		readonly start: number,
		readonly stop: number,
		readonly step: number,
	) {
		super(rangeType);
	}
	get length(): number {
		const { start, stop, step } = this;
		return Math.max(0, step > 0 ? Math.ceil((stop - start) / step) : Math.ceil((start - stop) / -step));
	}
}

export class PySlice extends PyObject {
	constructor(
		readonly start: Value,
		readonly stop: Value,
		readonly step: Value,
	) {
		super(sliceType);
	}
}

export const ellipsis: PyObject = new PyInstance(ellipsisType);
/** What a binary method returns to let the other operand try. */
export const notImplemented: PyObject = new PyInstance(notImplementedType);

/** A bigint as the smallest representation: `number` where it is safe. Every native that computes ints ends with it. */
export function int(value: bigint | number): number | bigint {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? value : BigInt(value);
	return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}
