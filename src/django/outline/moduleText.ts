import type { Expr, Stmt } from '../../python/syntax/ast';
import { type LineTable, lineTable } from '../../python/syntax/lines';
import { parseModule } from '../../python/syntax/parse';
import { decodeSource } from '../../python/syntax/source';
import type { Host } from '../../shared/host';
import type { Place } from '../../shared/model';
import { isWithin, joinPath } from '../../shared/path';
import { isFile } from '../environment/text';

/** A module of the project as it is written; nothing of it has run. */
export interface ModuleText {
	readonly name: string;
	readonly file: string;
	readonly body: readonly Stmt[];
	/** The text of an expression, on one line and bounded. */
	written(expr: Expr): string;
	place(expr: Expr): Place;
}

/** Longer pieces of source don't fit a row. UTF-16 units. */
const longest = 80;
/** More files than these are not read for an outline. */
const mostFiles = 300;

/** Reads modules below `folders` (the project's own part of `sys.path`), each once. */
export class ModuleTexts {
	private readonly known = new Map<string, ModuleText | undefined>();

	constructor(
		private readonly host: Host,
		private readonly folders: readonly string[],
	) {}

	/** A module by its dotted name; undefined where it is not the project's, or not there. */
	named(name: string): ModuleText | undefined {
		if (this.known.has(name)) return this.known.get(name);
		const found = this.known.size < mostFiles && /^[\w.]+$/.test(name) ? this.read(name) : undefined;
		this.known.set(name, found);
		return found;
	}

	/** What `from …module import` names, seen from a module (`level` dots). */
	relative(from: ModuleText, level: number, module: string | undefined): ModuleText | undefined {
		if (level === 0) return module === undefined ? undefined : this.named(module);
		const up = level - (from.file.endsWith('/__init__.py') ? 1 : 0);
		const parts = from.name.split('.');
		const base = parts.slice(0, parts.length - up);
		return this.named([...base, ...(module === undefined ? [] : [module])].join('.'));
	}

	private read(name: string): ModuleText | undefined {
		const path = name.replaceAll('.', '/');
		const files = this.folders.flatMap((folder) => [joinPath(folder, path, '__init__.py'), joinPath(folder, `${path}.py`)]);
		const file = files.find((one) => isFile(this.host, one));
		const bytes = file === undefined ? undefined : this.host.readFile(file);
		if (file === undefined || bytes === undefined) return undefined;
		const { text } = decodeSource(bytes);
		return moduleText(name, file, text);
	}
}

function moduleText(name: string, file: string, text: string): ModuleText {
	let lines: LineTable | undefined;
	return {
		name,
		file,
		body: parseModule(text).body,
		written(expr) {
			const one = text.slice(expr.start, Math.min(expr.end, expr.start + 4 * longest)).replaceAll(/\s+/g, ' ');
			return one.length > longest ? `${one.slice(0, longest - 1)}…` : one;
		},
		place(expr) {
			lines ??= lineTable(text);
			return { file, line: lines.lineAt(expr.start) };
		},
	};
}

/** The value of a string literal. */
export const stringOf = (expr: Expr | undefined): string | undefined =>
	expr?.kind === 'Constant' && typeof expr.value === 'string' ? expr.value : undefined;

/** `path` of `path`, `urls.path` and `django.urls.path`. */
export const lastNameOf = (expr: Expr): string | undefined =>
	expr.kind === 'Name' ? expr.id : expr.kind === 'Attribute' ? expr.attr : undefined;

/** The folders of `sys.path` that are the project's own, given those that aren't. */
export const ownFolders = (sysPath: readonly string[], outside: readonly string[]): string[] =>
	sysPath.filter((folder) => !outside.some((one) => isWithin(folder, one)));
