/** The names that code uses when it runs. */

import type { Expr, FunctionDef, Stmt } from './ast';
import { parametersOf } from './function-body';

/** Every name in it but those in functions' bodies alone, which run when they are called; a lambda's count. */
export function namesAtOnce(code: Stmt | Expr): ReadonlySet<string> {
	const names = new Set<string>();
	visit(code, (name) => names.add(name));
	return names;
}

/** Attributes that it takes of this name when it runs, and whether it uses the name in another way. */
export function attributesAtOnce(
	code: Stmt,
	of: string,
): { readonly attributes: ReadonlySet<string>; readonly otherwise: boolean } {
	const attributes = new Set<string>();
	let uses = 0;
	let taken = 0;
	visit(code, (name, attribute) => {
		if (name !== of) return;
		if (attribute === undefined) uses++;
		else {
			attributes.add(attribute);
			taken++;
		}
	});
	return { attributes, otherwise: uses > taken };
}

/** Tells each name, and each attribute that is taken of one beside it. */
function visit(code: Stmt | Expr, tell: (name: string, attribute?: string) => void): void {
	const rest: unknown[] = [code];
	while (rest.length > 0) {
		const node = rest.pop();
		if (typeof node !== 'object' || node === null) continue;
		if (Array.isArray(node)) {
			for (const one of node) rest.push(one);
			continue;
		}
		const { kind, id } = node as { readonly kind?: unknown; readonly id?: unknown };
		if (kind === 'Attribute') {
			const { value, attr } = node as Extract<Expr, { kind: 'Attribute' }>;
			if (value.kind === 'Name') tell(value.id, attr);
			rest.push(value);
		} else if (kind === 'Name' && typeof id === 'string') tell(id);
		else if (kind === 'FunctionDef') headerParts(node as FunctionDef, rest);
		else if (kind === 'ClassDef') {
			const { bases, keywords, decorators, body } = node as Extract<Stmt, { kind: 'ClassDef' }>;
			rest.push(bases, keywords, decorators, body);
		} else for (const part of Object.values(node)) if (typeof part === 'object') rest.push(part);
	}
}

function headerParts({ decorators, args, returns }: FunctionDef, into: unknown[]): void {
	into.push(decorators, returns);
	for (const { annotation, default: value } of parametersOf(args)) into.push(annotation, value);
}
