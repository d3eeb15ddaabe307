import type { Interpreter } from '../../python/runtime/interpreter';
import { PyClass, PyDict, PyFunction, PyInstance, PyList, PyTuple, textOf, type Value } from '../../python/values';
import { hasImpliedKey } from './impliedKeys';

/**
 * A relation to a model of which no more than an outline was made (Django 5.2, db/models/fields/related.py): the field learns which
 * model that is and by what name its key goes; the attribute at the other end comes when that model is made.
 */

/** Whether a relation can do with what the outline of this model has. */
const isEnough = (py: Interpreter, cls: Value | undefined): cls is PyClass =>
	cls instanceof PyClass && py.outlines.isWaiting(cls) && hasImpliedKey(py, cls);

/** The name of the key that a foreign key to this model stands for, where it need not be asked for. */
export const keyOf = (py: Interpreter, cls: Value | undefined): string | undefined => (isEnough(py, cls) ? 'id' : undefined);

/**
 * Whether an operation that waits for models (`Apps.lazy_model_operation`) may go on waiting for this one until it is made. A field
 * whose relation it settles has its part now.
 */
export function mayWaitFor(py: Interpreter, operation: Value, model: Value): boolean {
	if (!isEnough(py, model)) return false;
	const { func, keywords } = innermost(py, operation);
	if (!(func instanceof PyFunction) || func.moduleName !== 'django.db.models.fields.related') return false;
	// Whether Django makes the table of a relation.
	if (func.name === 'set_managed') return true;
	const field = func.name === 'resolve_related_class' ? keywords.get('field') : undefined;
	const relation = field === undefined ? undefined : py.findAttr(field, 'remote_field');
	if (!(field instanceof PyInstance && relation instanceof PyInstance && isDjangosForeignKey(field, relation))) return false;
	py.setAttr(relation, 'model', model);
	if (py.findAttr(relation, 'field_name') === null) py.setAttr(relation, 'field_name', 'id');
	return true;
}

/** A foreign key that does no more with its other end than Django's own. (A field of many works out the names of its table's columns then.) */
function isDjangosForeignKey(field: PyInstance, relation: PyInstance): boolean {
	if (!relation.cls.mro.some(({ fullName }) => fullName === 'django.db.models.fields.reverse_related.ManyToOneRel')) return false;
	return steps.every((name) => field.cls.mro.find((cls) => cls.dict.has(name))?.moduleName === 'django.db.models.fields.related');
}

/** What a field does when its relation is settled. */
const steps = ['do_related_class', 'set_attributes_from_rel', 'contribute_to_related_class'];

/** What `partial` objects, and functions that have their operation as `func`, come down to; the keywords that were given on the way. */
function innermost(py: Interpreter, operation: Value): { func: Value; keywords: ReadonlyMap<string, Value> } {
	const keywords = new Map<string, Value>();
	let func = operation;
	for (let depth = 0; depth < 20; depth++) {
		const given = py.findAttr(func, 'keywords');
		if (given instanceof PyDict) for (const { key, value } of given.entries()) keywords.set(textOf(key) ?? '', value);
		const inner = py.findAttr(func, 'func');
		if (inner === undefined) break;
		func = inner;
	}
	return { func, keywords };
}

/** Does what waits for a model at the model's place (`Apps.do_pending_operations`), apart from what may wait until it is made. */
export function runPending(py: Interpreter, apps: Value, model: PyClass): void {
	const options = py.getAttr(model, '_meta');
	const key = new PyTuple([py.getAttr(options, 'app_label'), py.getAttr(options, 'model_name')]);
	const pending = py.getAttr(apps, '_pending_operations');
	if (!py.contains(pending, key)) return;
	const all = py.list(py.getItem(pending, key));
	py.delItem(pending, key);
	const waiting = all.filter((operation) => {
		const waits = mayWaitFor(py, operation, model);
		if (!waits) py.call(operation, [model]);
		return waits;
	});
	if (waiting.length === 0) return;
	const since = py.contains(pending, key) ? py.list(py.getItem(pending, key)) : [];
	// One of the others has made the model.
	if (py.outlines.isWaiting(model)) py.setItem(pending, key, new PyList([...waiting, ...since]));
	else for (const operation of waiting) py.call(operation, [model]);
}
