import { defineType, getter, method } from '../../runtime/native';
import {
	coroutineType,
	exceptionType,
	generatorType,
	iteratorType,
	PyClass,
	PyException,
	PyGenerator,
	PyRaise,
	type Value,
} from '../../values';
import { machine } from './object';

function asException(value: Value): PyException {
	if (value instanceof PyException) return value;
	return new PyException(value instanceof PyClass ? value : exceptionType('Exception'));
}

const members = [
	method('send', 'self, value, /', (py, [self, value]) => {
		if (!(self instanceof PyGenerator)) return py.raise('TypeError', 'not a generator');
		const step = machine(py).resume(self, value);
		return step.done ? py.raise('StopIteration', ...(step.value === null ? [] : [step.value])) : step.value;
	}),
	method('throw', 'self, type, value=None, traceback=None, /', (py, [self, type, value]) => {
		if (!(self instanceof PyGenerator)) return py.raise('TypeError', 'not a generator');
		const raise = new PyRaise(asException(value === null ? (type instanceof PyClass ? py.call(type) : type) : value));
		if (!self.started) self.finished = true;
		const step = machine(py).resume(self, null, raise);
		return step.done ? py.raise('StopIteration', ...(step.value === null ? [] : [step.value])) : step.value;
	}),
	method('close', 'self, /', (py, [self]) => {
		if (!(self instanceof PyGenerator) || self.finished) return null;
		if (!self.started) {
			self.finished = true;
			return null;
		}
		try {
			machine(py).resume(self, null, new PyRaise(new PyException(exceptionType('GeneratorExit'))));
		} catch (error) {
			if (!py.caught(error, 'GeneratorExit', 'StopIteration')) throw error;
		}
		self.finished = true;
		return null;
	}),
];

/** What tells how far it is; there is a frame until it has ended. */
const state = [
	getter('gi_running', (_, self) => self instanceof PyGenerator && self.running),
	getter('gi_suspended', (_, self) => self instanceof PyGenerator && self.started && !self.running && !self.finished),
	getter('gi_frame', (py, self) => (self instanceof PyGenerator && !self.finished ? py.unknown("a generator's frame") : null)),
];

const iteration = [
	method('__iter__', 'self, /', (_py, [self]) => self),
	method('__next__', 'self, /', (py, [self]) => {
		const value = py.next(self);
		return value === undefined ? py.raise('StopIteration') : value;
	}),
];

defineType(iteratorType, iteration);
defineType(generatorType, [...iteration, ...members, ...state]);
defineType(coroutineType, [...members, method('__await__', 'self, /', (_py, [self]) => self)]);
