import type { Node } from '../../syntax/ast';
import { LazyBinding, PyCell, type Value, wrote } from '../../values';
import type { Frame, Run, Store } from '../frames';
import { nameMissing } from '../missing-names';
import { type Context, mangle } from './context';
import type { Access } from './scope';

/** Loading, storing and deleting names. */

/** A function's own variables are private anyway: only names that are looked up by name are mangled. */
function isVariable(access: Access): boolean {
	return access.kind === 'slot' || access.kind === 'cell';
}

export function loadName(c: Context, id: string, node: Node): Run {
	const access = c.scope.access(id);
	const name = isVariable(access) ? id : mangle(c, id);
	switch (access.kind) {
		case 'slot': {
			const { index } = access;
			return (f) => {
				const value = f.slots[index];
				return value !== undefined ? value : unbound(f, name, node);
			};
		}
		case 'cell': {
			const { index } = access;
			return (f) => {
				const value = f.cells[index]?.value;
				return value !== undefined ? value : unbound(f, name, node);
			};
		}
		case 'global':
			return (f) => {
				const value = f.globals.get(name);
				return value !== undefined && !(value instanceof LazyBinding) ? value : loadGlobal(f, name, node);
			};
		case 'name':
			return (f) => {
				const value = f.names.get(name);
				if (value !== undefined && !(value instanceof LazyBinding)) return value;
				return value === undefined ? loadGlobal(f, name, node) : resolve(f, f.names, name, value, node);
			};
		case 'name-or-cell': {
			const { index } = access;
			return (f) => {
				const own = f.names.get(name);
				if (own !== undefined) return own instanceof LazyBinding ? resolve(f, f.names, name, own, node) : own;
				const value = f.cells[index]?.value;
				return value !== undefined ? value : loadGlobal(f, name, node);
			};
		}
	}
}

function loadGlobal(f: Frame, name: string, node: Node): Value {
	const value = f.globals.get(name);
	if (value !== undefined) return value instanceof LazyBinding ? resolve(f, f.globals, name, value, node) : value;
	const found = f.py.builtins.get(name);
	if (found !== undefined) return found;
	f.node = node;
	return nameMissing(f.py, f, name);
}

function resolve(f: Frame, names: Map<string, Value | LazyBinding>, name: string, binding: LazyBinding, node: Node): Value {
	f.node = node;
	return f.py.force(names, name, binding);
}

function unbound(f: Frame, name: string, node: Node): Value {
	f.node = node;
	return f.py.raise('UnboundLocalError', `cannot access local variable '${name}' where it is not associated with a value`);
}

export function storeName(c: Context, id: string): Store {
	const access = c.scope.access(id);
	const name = isVariable(access) ? id : mangle(c, id);
	switch (access.kind) {
		case 'slot': {
			const { index } = access;
			return (f, value) => {
				f.slots[index] = value;
			};
		}
		case 'cell': {
			const { index } = access;
			return (f, value) => {
				const cell = f.cells[index];
				if (cell) cell.value = value;
				else f.cells[index] = new PyCell(value);
			};
		}
		case 'global':
			return (f, value) => {
				wrote(f.globals);
				f.globals.set(name, value);
			};
		default:
			if (c.summarised?.has(name)) {
				return (f, value) => {
					f.names.set(name, f.py.summaries.replace(f.py, f.module.name, name, value));
				};
			}
			return (f, value) => {
				f.names.set(name, value);
			};
	}
}

export function deleteName(c: Context, id: string): (f: Frame) => void {
	const access = c.scope.access(id);
	const name = isVariable(access) ? id : mangle(c, id);
	switch (access.kind) {
		case 'slot':
			return (f) => {
				f.slots[access.index] = undefined;
			};
		case 'cell':
			return (f) => {
				const cell = f.cells[access.index];
				if (cell) cell.value = undefined;
			};
		default:
			return (f) => {
				const names = access.kind === 'global' ? f.globals : f.names;
				// What a loop over an unknown never bound is deleted all the same.
				names.delete(name);
			};
	}
}

/** Unbinds a name if it is bound, as the end of an `except … as name` does. */
export function unbindName(c: Context, id: string): (f: Frame) => void {
	const access = c.scope.access(id);
	const name = isVariable(access) ? id : mangle(c, id);
	if (access.kind === 'slot') {
		return (f) => {
			f.slots[access.index] = undefined;
		};
	}
	if (access.kind === 'cell') {
		return (f) => {
			const cell = f.cells[access.index];
			if (cell) cell.value = undefined;
		};
	}
	return (f) => {
		(access.kind === 'global' ? f.globals : f.names).delete(name);
	};
}

/** The cell itself, as closures take it; made on demand where a comprehension or `del` left none. */
export function captureCell(f: Frame, index: number): PyCell {
	let cell = f.cells[index];
	if (!cell) {
		cell = new PyCell();
		f.cells[index] = cell;
	}
	return cell;
}
