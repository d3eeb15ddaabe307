import type { Interpreter } from '../../python/runtime/interpreter';
import type { OutlineQuestion } from '../../python/runtime/waiting/outlines';
import type { Expr } from '../../python/syntax/ast';
import { LazyBinding, PyClass, PyFunction, type Value } from '../../python/values';

/**
 * Models that Django gives their primary key, `id`, as none of their fields is one (Django 5.2, db/models/options.py, `_prepare`): a
 * foreign key asks its target for no more than that name, for which the target's fields need not be made.
 */
const key = Symbol('models whose key is implied');
const implied = (py: Interpreter) => py.state(key, () => new Set<PyClass>());

/** Notes a model of which an outline is made, where its text and those of its bases tell that no field of theirs is the key. */
export function noteKey(py: Interpreter, question: OutlineQuestion, isModel: (base: PyClass) => boolean): (cls: PyClass) => void {
	const { node, module, bases } = question;
	const inherited = bases.every((base) => !isModel(base) || implied(py).has(base));
	const text = module.source?.text.slice(node.start, node.end) ?? setsKey;
	if (!inherited || text.includes(setsKey) || text.includes('CompositePrimaryKey')) return () => {};
	const plain = node.body.every(
		(one) =>
			!((one.kind === 'Assign' || one.kind === 'AnnAssign') && one.value?.kind === 'Call') || isPlain(question, one.value.func),
	);
	return (cls) => {
		if (plain) implied(py).add(cls);
	};
}

/** Whether the name of its primary key is `id` because nobody has chosen another. */
export const hasImpliedKey = (py: Interpreter, cls: PyClass): boolean => implied(py).has(cls);

const setsKey = 'primary_key';

/** A call of this makes no field that is a key by itself. */
function isPlain(question: OutlineQuestion, callee: Expr): boolean {
	// `Manager.from_queryset(Query)()`.
	if (callee.kind === 'Call') return true;
	const bound = question.peek(callee);
	if (bound === undefined) return callee.kind === 'Attribute' && /^(?:from_queryset|as_manager)$/.test(callee.attr);
	if (bound instanceof LazyBinding) {
		if (bound.target.startsWith('django.')) return true;
		const made = bound.resolve();
		return !(made instanceof LazyBinding) && isPlainCallee(made);
	}
	return isPlainCallee(bound);
}

function isPlainCallee(value: Value): boolean {
	if (value instanceof PyFunction) return isDjangos(value.module.name) || !textOfDefinition(value).includes(setsKey);
	if (!(value instanceof PyClass)) return true;
	return value.mro.every((one) => one.immutable || isDjangos(one.moduleName) || !textOfDefinition(one).includes(setsKey));
}

const isDjangos = (module: string) => module.startsWith('django.db.') || module.startsWith('django.contrib.');

function textOfDefinition(value: PyClass | PyFunction): string {
	const module = value instanceof PyFunction ? value.module : value.source?.module;
	const node = value instanceof PyFunction ? value.node : value.source?.node;
	return (node && module?.source?.text.slice(node.start, node.end)) ?? setsKey;
}
