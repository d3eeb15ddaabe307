import type { Import, ImportFrom } from '../../syntax/ast';
import { type Exec, NORMAL } from '../frames';
import type { Context } from './context';
import { storeName } from './names';

/**
 * Import statements. In a module's or class's body the names may be bound lazily, as the import policy says; in a function
 * or inside `try … except ImportError` the import happens at once.
 */
export function compileImport(c: Context, node: Import): Exec {
	const atTop = c.scope.kind === 'module';
	const written = node.lazy ?? false;
	const parts = node.names.map((alias) => ({
		module: alias.name,
		alias: alias.asname,
		name: alias.asname ?? alias.name.split('.', 1)[0] ?? alias.name,
		store: storeName(c, alias.asname ?? alias.name.split('.', 1)[0] ?? alias.name),
	}));
	return (f) => {
		for (const { module, alias, name, store } of parts) {
			const lazy = atTop && (!c.guarded || f.py.imports.isSure(module));
			if (lazy && f.py.imports.statements.bindModule(f, name, module, alias !== undefined, written)) continue;
			store(f, f.py.imports.statements.module(module, alias !== undefined, c.guarded));
		}
		return NORMAL;
	};
}

export function compileImportFrom(c: Context, node: ImportFrom): Exec {
	if (node.names.some((alias) => alias.name === '*')) {
		return (f) => {
			f.py.imports.statements.star(f, f.py.imports.statements.absolute(f, node.module, node.level), c.guarded);
			return NORMAL;
		};
	}
	if (node.module === '__future__' && node.level === 0) return () => NORMAL;
	const lazy = c.scope.kind === 'module' && !c.guarded;
	const written = node.lazy ?? false;
	const parts = node.names.map((alias) => ({
		from: alias.name,
		name: alias.asname ?? alias.name,
		store: storeName(c, alias.asname ?? alias.name),
		summarised: c.summarised?.has(alias.asname ?? alias.name) ?? false,
	}));
	return (f) => {
		const module = f.py.imports.statements.absolute(f, node.module, node.level);
		for (const { from, name, store, summarised } of parts) {
			if (lazy && !summarised && f.py.imports.statements.bindName(f, name, module, from, written)) continue;
			const waiting = lazy && !summarised ? f.py.imports.statements.waitingName(module, from) : undefined;
			if (waiting) {
				f.names.set(name, waiting);
				continue;
			}
			store(f, f.py.imports.statements.fromModule(module, from, c.guarded));
		}
		return NORMAL;
	};
}
