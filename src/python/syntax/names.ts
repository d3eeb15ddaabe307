/** The names that code uses when it runs. */

import type { Expr, FunctionDef, Stmt } from './ast';
import { parametersOf } from './function-body';

/** Every name in it but those in functions' bodies alone, which run when they are called; a lambda's count. */
export function namesAtOnce(code: Stmt | Expr): ReadonlySet<string> {
	const names = new Set<string>();
	const rest: unknown[] = [code];
	while (rest.length > 0) {
		const node = rest.pop();
		if (typeof node !== 'object' || node === null) continue;
		if (Array.isArray(node)) {
			for (const one of node) rest.push(one);
			continue;
		}
		const { kind, id } = node as { readonly kind?: unknown; readonly id?: unknown };
		if (kind === 'Name' && typeof id === 'string') names.add(id);
		else if (kind === 'FunctionDef') headerParts(node as FunctionDef, rest);
		else if (kind === 'ClassDef') {
			const { bases, keywords, decorators, body } = node as Extract<Stmt, { kind: 'ClassDef' }>;
			rest.push(bases, keywords, decorators, body);
		} else for (const part of Object.values(node)) if (typeof part === 'object') rest.push(part);
	}
	return names;
}

function headerParts({ decorators, args, returns }: FunctionDef, into: unknown[]): void {
	into.push(decorators, returns);
	for (const { annotation, default: value } of parametersOf(args)) into.push(annotation, value);
}
