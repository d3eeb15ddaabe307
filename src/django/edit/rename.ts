import type { Interpreter } from '../../python/runtime/interpreter';
import {
	forgetReaders,
	nameReaders,
	PyClass,
	PyClassMethod,
	PyFunction,
	type PyModule,
	PyProperty,
	PyStaticMethod,
	type StatementRun,
	typeType,
	type Value,
} from '../../python/values';
import type { UrlEntry } from '../../shared/model';
import type { Live, LiveModule } from './live';
import type { Statement } from './statements';

/** A class statement of which no more than the name is another. */
export interface Renaming {
	readonly before: string;
	readonly after: string;
}

/** Told by the texts alone. */
export function renaming(old: Statement, now: Statement): Renaming | undefined {
	const [was, is] = [nameSpan(old), nameSpan(now)];
	if (!was || !is || was.at !== is.at || was.name === is.name) return undefined;
	if (old.text.slice(0, was.at) !== now.text.slice(0, is.at)) return undefined;
	if (old.text.slice(was.at + was.name.length) !== now.text.slice(is.at + is.name.length)) return undefined;
	return { before: was.name, after: is.name };
}

function nameSpan({ node, start, text }: Statement): { readonly at: number; readonly name: string } | undefined {
	if (node.kind !== 'ClassDef') return undefined;
	const keyword = /^class[ \t]+/.exec(text.slice(node.start - start, node.start - start + 40))?.[0];
	const at = node.start - start + (keyword?.length ?? 0);
	return keyword !== undefined && text.startsWith(node.name, at) ? { at, name: node.name } : undefined;
}

/**
 * Whether the class can take the new name as it is: it is known where decorators and registries have put it, so that running its
 * statement again would make another one beside it. Who has read its name has to run again (`readersOf`).
 */
export function mayRename(py: Interpreter, { module, statements }: LiveModule, live: Live, { before, after }: Renaming): boolean {
	const cls = module.names.get(before);
	if (!(cls instanceof PyClass) || cls.name !== before || cls.qualname !== before || cls.moduleName !== module.name) return false;
	if (cls.cls !== typeType || cls.pending || module.names.has(after)) return false;
	if (cls.mro.some(({ fullName }) => fullName === 'django.apps.config.AppConfig')) return false;
	if (statements.some((one) => one !== live && (one.statement.binds.has(before) || one.statement.binds.has(after)))) return false;
	if (py.problems.some(({ reason }) => reason.includes(before))) return false;
	return readersOf(module, before).every((run) => run !== undefined);
}

/** The executions that asked for the name of the class, or of what is in it. */
export function readersOf({ names }: PyModule, name: string): readonly (StatementRun | undefined)[] {
	const cls = names.get(name);
	return cls instanceof PyClass ? [...named(cls)].flatMap(nameReaders) : [];
}

/** Gives a class of the module, and what is named after it, another name where it stands. */
export function rename({ names }: PyModule, { before, after }: Renaming): void {
	const cls = names.get(before);
	if (!(cls instanceof PyClass)) return;
	for (const one of named(cls)) {
		forgetReaders(one);
		one.qualname = after + one.qualname.slice(before.length);
	}
	cls.name = after;
	names.delete(before);
	names.set(after, cls);
}

/** The class, and what has its name in its own. */
function* named(cls: PyClass): Generator<PyClass | PyFunction> {
	yield cls;
	const inner = `${cls.qualname}.`;
	// What waits is made under the name that the class has then, and entries would make it.
	for (const name of cls.dict.keys()) {
		for (const one of definitions(cls.madeOwn(name))) {
			if (!one.qualname.startsWith(inner)) continue;
			if (one instanceof PyClass) yield* named(one);
			else yield one;
		}
	}
}

function* definitions(value: Value | undefined): Generator<PyClass | PyFunction> {
	if (value instanceof PyFunction || value instanceof PyClass) yield value;
	else if (value instanceof PyStaticMethod || value instanceof PyClassMethod) yield* definitions(value.func);
	else if (value instanceof PyProperty) for (const one of [value.fget, value.fset]) yield* definitions(one);
}

/** Whether a row tells the name: as its view, or in the repr of something. */
export function tells(entry: UrlEntry, name: string): boolean {
	if (entry.type === 'unknown') return true;
	const { pattern, kwargs, problem } = entry;
	const has = (text: string | undefined) => text?.includes(name) ?? false;
	const hasOne = (texts: Readonly<Record<string, string>> | undefined) => texts !== undefined && Object.values(texts).some(has);
	if (has(pattern.cls) || hasOne(pattern.converters) || hasOne(kwargs) || has(problem?.message)) return true;
	if (entry.type === 'include') return false;
	return has(entry.view) || (entry.methods?.some(({ view }) => has(view)) ?? false) || (entry.wrappers?.some(has) ?? false);
}
