import type { FunctionDef, Stmt } from './ast';

/** The functions and methods of these statements that stand in no other function, in the order of the text. */
export function definedFunctions(body: readonly Stmt[], out: FunctionDef[] = []): FunctionDef[] {
	for (const statement of body) {
		if (statement.kind === 'FunctionDef') out.push(statement);
		else for (const inner of innerBodies(statement)) definedFunctions(inner, out);
	}
	return out;
}

/** The blocks of a compound statement that run with it: not a function's. */
export function innerBodies(statement: Stmt): readonly (readonly Stmt[])[] {
	switch (statement.kind) {
		case 'ClassDef':
		case 'With':
			return [statement.body];
		case 'If':
		case 'For':
		case 'While':
			return [statement.body, statement.orelse];
		case 'Try':
			return [statement.body, ...statement.handlers.map(({ body }) => body), statement.orelse, statement.finalbody];
		case 'Match':
			return statement.cases.map(({ body }) => body);
		default:
			return [];
	}
}
