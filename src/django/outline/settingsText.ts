import type { Expr, Stmt } from '../../python/syntax/ast';
import type { Place } from '../../shared/model';
import { type ModuleText, type ModuleTexts, stringOf } from './moduleText';

/** What a settings module's text says of a request's way; undefined: nothing that can be told without evaluating. */
export interface SettingsText {
	rootUrlconf: { readonly value: string; readonly place: Place } | undefined;
	/** The entries that stand there as literals. */
	middleware: readonly { readonly path: string; readonly place: Place }[] | undefined;
}

const deepest = 8;

/** Follows the module's own assignments in their order, and star imports of the project's other settings modules. */
export function settingsText(texts: ModuleTexts, module: ModuleText): SettingsText {
	const out: SettingsText = { rootUrlconf: undefined, middleware: undefined };
	follow(texts, module, out, []);
	return out;
}

function follow(texts: ModuleTexts, module: ModuleText, out: SettingsText, above: readonly string[]): void {
	if (above.includes(module.file) || above.length > deepest) return;
	for (const statement of module.body) {
		const star = statement.kind === 'ImportFrom' && statement.names[0]?.name === '*' ? statement : undefined;
		const imported = star && texts.relative(module, star.level, star.module);
		if (imported) follow(texts, imported, out, [...above, module.file]);
		else assign(module, statement, out);
	}
}

function assign(module: ModuleText, statement: Stmt, out: SettingsText): void {
	const target =
		statement.kind === 'Assign' ? statement.targets[0] : statement.kind === 'AnnAssign' ? statement.target : undefined;
	const value = statement.kind === 'Assign' || statement.kind === 'AnnAssign' ? statement.value : undefined;
	if (target?.kind === 'Name' && value) {
		if (target.id === 'ROOT_URLCONF') {
			const text = stringOf(value);
			out.rootUrlconf = text === undefined ? undefined : { value: text, place: module.place(value) };
		} else if (target.id === 'MIDDLEWARE') out.middleware = entries(module, value, out);
	} else if (statement.kind === 'AugAssign' && statement.target.kind === 'Name' && statement.target.id === 'MIDDLEWARE')
		out.middleware = [...(out.middleware ?? []), ...(entries(module, statement.value, out) ?? [])];
}

/** String literals of a list, a tuple or a sum of such; undefined where there are none to be read. */
function entries(module: ModuleText, value: Expr, now: SettingsText): SettingsText['middleware'] {
	if (value.kind === 'List' || value.kind === 'Tuple')
		return value.elts.flatMap((one) => {
			const path = stringOf(one);
			return path === undefined ? [] : [{ path, place: module.place(one) }];
		});
	if (value.kind === 'BinOp' && value.op === '+') {
		const parts = [entries(module, value.left, now), entries(module, value.right, now)];
		return parts.every((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
	}
	return value.kind === 'Name' && value.id === 'MIDDLEWARE' ? now.middleware : undefined;
}
