import type { Interpreter } from '../../python/runtime/interpreter';
import type { Expr, FunctionDef, Lambda } from '../../python/syntax/ast';
import {
	PyBoundMethod,
	PyClass,
	PyFunction,
	type PyModule,
	PyObject,
	PyUnknown,
	type Source,
	type Value,
} from '../../python/values';
import { ownWrapped } from '../views/unwrap';

/** What an expression of a function may be, of which nobody knows the request. */
export type Possible =
	| { readonly kind: 'value'; readonly value: Value }
	| { readonly kind: 'request' }
	| Instance
	/** A display of which not every item is known. */
	| { readonly kind: 'items'; readonly items: readonly (readonly Possible[])[] }
	/** A function that the function defines. */
	| { readonly kind: 'inner'; readonly node: FunctionDef | Lambda; readonly scope: Scope }
	/** `method` of `self`, found in this class of its MRO. */
	| { readonly kind: 'method'; readonly fn: PyFunction; readonly first: Possible | undefined; readonly owner: PyClass }
	| { readonly kind: 'unknown'; readonly reason: string };

/** An instance of a class, none of which is made: of the middleware's, and of those that it makes with what nobody knows. */
export interface Instance {
	readonly kind: 'instance';
	readonly cls: PyClass;
	/** What the class is called with; undefined for the middleware itself, which Django makes. */
	readonly made: Arguments | undefined;
}

/** What a function is called with, as far as that is known. */
export interface Arguments {
	readonly args: readonly (readonly Possible[])[];
	readonly keywords: ReadonlyMap<string, readonly Possible[]>;
}

export const noArguments: Arguments = { args: [], keywords: new Map() };

/** A function whose text is read. */
export interface Scope {
	readonly module: PyModule;
	readonly source: Source;
	readonly node: FunctionDef | Lambda;
	/** Undefined for a function that another one defines. */
	readonly fn: PyFunction | undefined;
	readonly parameters: ReadonlyMap<string, readonly Possible[]>;
	readonly parent: Scope | undefined;
	/** The class in which the method stands. */
	readonly owner: PyClass | undefined;
	readonly depth: number;
}

export const unknown = (reason: string): Possible => ({ kind: 'unknown', reason });
export const known = (value: Value): Possible => (value instanceof PyUnknown ? unknown(value.reason) : { kind: 'value', value });

export const isSuper = (one: Expr): boolean => one.kind === 'Call' && one.func.kind === 'Name' && one.func.id === 'super';

/** Django sets no `request.urlconf`; what it makes of a request is nothing that can be told. */
export const isDjango = (module: string): boolean => module === 'django' || module.startsWith('django.');

/** The function around all others. */
export function outermost(scope: Scope): Scope {
	let at = scope;
	while (at.parent) at = at.parent;
	return at;
}

/** The function itself, decorators looked through. */
export function plainFunction(py: Interpreter, value: Value): PyFunction | undefined {
	let at = value instanceof PyBoundMethod ? value.func : value;
	for (let round = 0; round < 10 && at instanceof PyObject && !(at instanceof PyClass); round++) {
		const wrapped = ownWrapped(py, at);
		if (wrapped === undefined) break;
		at = wrapped;
	}
	return at instanceof PyFunction ? at : undefined;
}

/** The class of the MRO that has the attribute, past `after`. */
export function definerAfter(cls: PyClass, name: string, after?: PyClass): PyClass | undefined {
	return cls.mro.slice(after ? cls.mro.indexOf(after) + 1 : 0).find((one) => one.dict.get(name) !== undefined);
}

/** The first parameter of a function: `self`. */
export function firstName(fn: PyFunction): string | undefined {
	const { posonly, args } = fn.node.args;
	return [...posonly, ...args][0]?.name;
}

/** Whether the text of a method can assign to an attribute of that name. */
export function isAssigned({ node, module: { source } }: PyFunction, name: string): boolean {
	const text = source?.text ?? '';
	for (let at = text.indexOf(`.${name}`, node.start); at >= 0 && at < node.end; at = text.indexOf(`.${name}`, at + 1))
		if (/^\s*(?:[,:)]|=(?!=))/.test(text.slice(at + name.length + 1, at + name.length + 20))) return true;
	return false;
}

/** What was worked out for a scope, by a name in it and by whatever else it depends on. */
export class Kept<K, V> {
	private readonly scopes = new WeakMap<Scope, Map<string, Map<K, V>>>();

	of(scope: Scope, name: string): Map<K, V> {
		let names = this.scopes.get(scope);
		if (!names) {
			names = new Map();
			this.scopes.set(scope, names);
		}
		let known = names.get(name);
		if (!known) {
			known = new Map();
			names.set(name, known);
		}
		return known;
	}
}

/** Each possibility once. */
export function distinct(all: readonly Possible[]): readonly Possible[] {
	const seen = new Set<unknown>();
	return all.filter((one) => {
		const key =
			one.kind === 'value'
				? one.value
				: one.kind === 'unknown'
					? `unknown: ${one.reason}`
					: one.kind === 'request'
						? 'request'
						: one;
		return !seen.has(key) && seen.add(key);
	});
}
