import type { Interpreter } from '../runtime/interpreter';
import { method, newType } from '../runtime/native';
import { dictType, type Entry, type HashKey, PyDict, textOf, type Value } from '../values';

/** `os.environ`: a live view of the variables that the analysis has. */
class Environ extends PyDict {
	private readonly variables: Map<string, string>;
	/** Windows takes names in either case. */
	private readonly nameOf: (name: string) => string;

	constructor(private readonly py: Interpreter) {
		super(environType);
		this.variables = py.environment;
		this.nameOf = py.host.platform === 'win32' ? (name) => name.toUpperCase() : (name) => name;
	}
	override get size(): number {
		return this.variables.size;
	}
	override getKey(hash: HashKey): Value | undefined {
		return typeof hash === 'string' ? variable(this.py, this.nameOf(hash)) : undefined;
	}
	override setKey(hash: HashKey, _: Value, value: Value): void {
		const text = textOf(value);
		if (typeof hash === 'string' && text !== undefined) this.variables.set(this.nameOf(hash), text);
	}
	override deleteKey(hash: HashKey): boolean {
		return typeof hash === 'string' && this.variables.delete(this.nameOf(hash));
	}
	override clear(): void {
		this.variables.clear();
	}
	override *entries(): IterableIterator<Entry> {
		for (const [key, value] of [...this.variables]) yield { key, value };
	}
}

function asked(py: Interpreter, self: Value, key: Value): Value {
	const name = textOf(key);
	if (name === undefined) return py.raise('TypeError', `str expected, not ${py.typeOf(key).name}`);
	const found = self instanceof PyDict ? self.getStr(name) : undefined;
	return found === undefined ? py.raise('KeyError', name) : found;
}

const environType = newType(
	'_Environ',
	'os',
	[
		method('__getitem__', 'self, key, /', (py, [self, key]) => asked(py, self, key)),
		method('__setitem__', 'self, key, value, /', (py, [self, key, value]) => {
			if (textOf(value) === undefined) return py.raise('TypeError', `str expected, not ${py.typeOf(value).name}`);
			if (self instanceof PyDict) self.set(py, key, value);
			return null;
		}),
		method('__repr__', 'self, /', () => 'environ({...})'),
		method('copy', 'self, /', (py, [self]) => py.call(dictType, [self])),
	],
	[dictType],
);

/** What the program gets for a variable that it asks for by name. */
export function variable(py: Interpreter, name: string): string | undefined {
	const value = py.environment.get(name);
	py.variableAsked?.(name, value);
	return value;
}

const key = Symbol('os.environ');

export function environ(py: Interpreter): PyDict {
	return py.state(key, () => new Environ(py));
}
