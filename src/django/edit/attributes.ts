import { boundNames } from '../../python/runtime/compile/waiting';
import type { Interpreter } from '../../python/runtime/interpreter';
import type { Assign, Stmt } from '../../python/syntax/ast';
import { someExpr } from '../../python/syntax/walk';
import { type PyClass, PyObject, PyUnknown, typeType, type Value } from '../../python/values';
import { type Affected, textTakes } from './affected';
import type { Comparison } from './compare';
import type { Live } from './live';
import { replaced } from './replaced';
import { byText } from './statements';
import { takersIn } from './takers';

/**
 * What calls in the bodies of classes that run again have made: where neither the text of an attribute nor what it names is another,
 * the new class takes the old one's (`panels = Panels(…)`). Plain classes alone, of which nobody learns how they are made, and
 * attributes that are asked for nothing else than the module's names.
 */
export function keptAttributes(
	py: Interpreter,
	{ next, gone, fresh }: Comparison,
	all: readonly Affected[],
): ReadonlyMap<Live, ReadonlyMap<Stmt, Value>> {
	const out = new Map<Live, ReadonlyMap<Stmt, Value>>();
	for (const one of all) {
		for (const statement of one.again) {
			if (statement.statement.kind !== 'ClassDef') continue;
			const was = one.live === next ? replaced(statement, gone, fresh) : statement;
			const cls = was && madeClass(py, one, was);
			const kept = cls && attributesOf(cls, statement, one);
			if (kept && kept.size > 0) out.set(statement, kept);
		}
	}
	return out;
}

/** The class that the statement has made, where it met nothing that would have to be told again. */
function madeClass(py: Interpreter, { live: { module, statements } }: Affected, { statement, run }: Live): PyClass | undefined {
	const { name, node } = statement;
	const cls = name === undefined ? undefined : py.boundClass(module.names.get(name));
	if (!cls || name === undefined || cls.cls !== typeType || cls.pending || py.outlines.isWaiting(cls)) return undefined;
	if (node.kind !== 'ClassDef' || node.decorators.length > 0 || py.hasMet(run) || takersIn(py).has(run)) return undefined;
	if (statements.some((one) => one.statement.changes.has(name))) return undefined;
	return cls.mro.some((one) => !one.immutable && one.dict.has('__init_subclass__')) ? undefined : cls;
}

function attributesOf(cls: PyClass, { statement }: Live, affected: Affected): ReadonlyMap<Stmt, Value> {
	const kept = new Map<Stmt, Value>();
	const { source } = cls;
	const { node } = statement;
	const before = source?.module.source?.text;
	if (!source || before === undefined || node.kind !== 'ClassDef') return kept;
	const olds = assignments(source.node.body);
	const { text } = affected.live.source;
	const bound = boundNames(node.body);
	for (const [name, now] of assignments(node.body)) {
		const old = olds.get(name);
		const value = cls.madeOwn(name);
		if (!old || value === undefined || value instanceof PyUnknown || learnsItsName(value)) continue;
		const own = text.slice(now.start, now.end);
		if (before.slice(old.start, old.end) !== own || namesOthers(own, affected)) continue;
		if (
			someExpr(
				now.value,
				(part) => part.kind === 'NamedExpr' || (part.kind === 'Name' && (part.id.startsWith('__') || bound.has(part.id))),
			)
		)
			continue;
		kept.set(now, value);
	}
	return kept;
}

/** Whether it uses what is another now, in a function's body as well. */
function namesOthers(text: string, { names, taken }: Affected): boolean {
	if (byText.test(text) || taken.some((one) => textTakes(text, one))) return true;
	for (const name of text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) if (names.has(name)) return true;
	return false;
}

/** What it learns from the class that it becomes an attribute of, it would learn anew. */
const learnsItsName = (value: Value): boolean => value instanceof PyObject && value.cls.lookup('__set_name__') !== undefined;

const simple: ReadonlySet<Stmt['kind']> = new Set([
	'FunctionDef',
	'ClassDef',
	'Assign',
	'AnnAssign',
	'AugAssign',
	'Expr',
	'Pass',
]);

/** Assignments of what a call makes to names that are bound once, in a body of definitions and assignments. */
function assignments(body: readonly Stmt[]): ReadonlyMap<string, Assign> {
	const out = new Map<string, Assign>();
	if (!body.every(({ kind }) => simple.has(kind))) return out;
	const bound = boundNames(body);
	for (const node of body) {
		const [target] = node.kind === 'Assign' ? node.targets : [];
		if (node.kind !== 'Assign' || node.targets.length > 1 || target?.kind !== 'Name' || node.value.kind !== 'Call') continue;
		if (bound.get(target.id) === 1 && !target.id.startsWith('__')) out.set(target.id, node);
	}
	return out;
}
