import type { Interpreter } from '../../python/runtime/interpreter';
import { classMethod, intercept, method, type Summary, staticMethod } from '../../python/runtime/native';
import {
	PyClass,
	PyClassMethod,
	PyDict,
	PyInstance,
	PyList,
	PyObject,
	PyProperty,
	textOf,
	UnfinishedAttributes,
	type Value,
} from '../../python/values';
import { classPrepared, completeOwner, isOutlined, modelOutliner, registration, takeOptions } from '../models/outline';
import { keyOf, mayWaitFor, runPending } from '../models/relations';
import { keywordsOf } from '../sites';

/**
 * Models whose fields nobody has asked for yet (`django/models/outline.ts`): what Django's registry and options have to know of them
 * (Django 5.2, db/models/base.py, options.py, apps/registry.py, apps/config.py).
 */
const reason = 'Fields and relations of a model are made when somebody asks for them.';

export const modelSummaries: readonly Summary[] = [
	intercept('django.db.models.base', 'ModelBase', reason, (py, original) => {
		if (original instanceof PyClass) py.outlines.outliners.set(original, modelOutliner);
		return original;
	}),
	intercept('django.db.models.base', 'ModelBase.__new__', reason, (_py, original) =>
		staticMethod(
			'__new__',
			'cls, *args, **kwargs',
			(py, [cls, args, kwargs]) => py.outlines.making(() => py.call(original, [cls, ...args.items], keywordsOf(kwargs))),
			{ acceptsUnknown: true },
		),
	),
	intercept('django.db.models.utils', 'AltersData.__init_subclass__', 'Templates alone ask what alters data.', () =>
		classMethod('__init_subclass__', 'cls, **kwargs', (py, [cls, kwargs]) => {
			const own = cls instanceof PyClass && cls.mro.find(({ fullName }) => fullName === 'django.db.models.utils.AltersData');
			// Of a generic model (`class Kept(models.Model, Generic[T])`) `typing` wants to know.
			const next = own ? cls.lookupAfter(own, '__init_subclass__') : undefined;
			if (next instanceof PyClassMethod) py.call(next.func, [cls], keywordsOf(kwargs));
			return null;
		}),
	),
	intercept('django.db.models.options', 'Options.__new__', reason, () =>
		staticMethod(
			'__new__',
			'cls, *args, **kwargs',
			(py, [cls]) => takeOptions(py) ?? (cls instanceof PyClass ? py.instantiate(cls) : null),
			{ acceptsUnknown: true },
		),
	),
	intercept(
		'django.db.models.options',
		'Options._expire_cache',
		'Called for each field of each model, and for all of them.',
		() =>
			method('_expire_cache', 'self, forward=True, reverse=True', (py, [self, forward, reverse]) => {
				if (self instanceof PyInstance) expire(py, self, py.truth(forward), py.truth(reverse));
				return null;
			}),
	),
	intercept('django.db.models.options', 'Options.is_composite_pk', 'The admin asks it of each model.', (_py, original) =>
		original instanceof PyProperty
			? new PyProperty(
					method('is_composite_pk', 'self', (py, [self]) => {
						const attrs = self instanceof PyInstance ? self.attrs : undefined;
						if (attrs instanceof UnfinishedAttributes && attrs.known.has('is_composite_pk')) return false;
						return original.fget === null ? null : py.call(original.fget, [self]);
					}),
					null,
				)
			: original,
	),
	intercept('django.apps.registry', 'Apps.register_model', reason, (_py, original) =>
		method('register_model', 'self, app_label, model', (py, [self, label, model]) => {
			const when = registration(py, model);
			if (when === 'now') return py.call(original, [self, label, model]);
			// It has been registered at its place; what waits for it has waited until now.
			if (when === 'early' || !(model instanceof PyClass)) return null;
			lookups(py).settling.add(model);
			try {
				return py.callMethod(self, 'do_pending_operations', model);
			} finally {
				lookups(py).settling.delete(model);
			}
		}),
	),
	intercept('django.apps.registry', 'Apps.lazy_model_operation', reason, (_py, original) =>
		method('lazy_model_operation', 'self, function, *model_keys', (py, [self, func, keys]) => {
			const asking = lookups(py);
			const outer = asking.operation;
			asking.operations++;
			asking.operation = keys.items.length > 0 ? func : null;
			try {
				return py.call(original, [self, func, ...keys.items]);
			} finally {
				asking.operations--;
				asking.operation = outer;
			}
		}),
	),
	intercept('django.apps.registry', 'Apps.get_registered_model', reason, (_py, original) =>
		method('get_registered_model', 'self, app_label, model_name', (py, [self, label, name]) => {
			const { outlines } = py;
			const ask = () => py.call(original, [self, label, name]);
			const model = lookups(py).operations > 0 ? ask() : outwaiting(py, textOf(name), ask);
			// What a relation does to the model at its other end comes after those that are being made now.
			const { operations, operation, settling } = lookups(py);
			if (operations === 0 || !(model instanceof PyClass) || settling.has(model)) return model;
			const waits = mayWaitFor(py, operation, model);
			if (!waits && !(outlines.depth > 0 && outlines.isUnfinished(model))) return model;
			if (!waits) outlines.completeAfter(model);
			return py.raise('LookupError', `Model '${py.str(label)}.${py.str(name)}' is being made.`);
		}),
	),
	intercept('django.apps.registry', 'Apps.do_pending_operations', reason, (_py, original) =>
		method('do_pending_operations', 'self, model', (py, [self, model]) => {
			if (!isOutlined(py, model) || !(model instanceof PyClass) || !py.outlines.isWaiting(model))
				return py.call(original, [self, model]);
			runPending(py, self, model);
			return null;
		}),
	),
	intercept('django.db.models.fields.related', 'ForeignKey.__init__', reason, (_py, original) =>
		method(
			'__init__',
			'self, *args, **kwargs',
			(py, [self, args, kwargs]) => {
				const keywords = keywordsOf(kwargs);
				const to = keywords.has('to') ? keywords.get('to') : args.items[0];
				const implied = args.items.length <= 6 && (keywords.get('to_field') ?? null) === null ? keyOf(py, to) : undefined;
				if (implied !== undefined) keywords.set('to_field', implied);
				return py.call(original, [self, ...args.items], keywords);
			},
			{ acceptsUnknown: true },
		),
	),
	intercept('django.db.models.fields.reverse_related', 'ManyToOneRel.set_field_name', reason, (_py, original) =>
		method('set_field_name', 'self', (py, [self]) => {
			const implied = py.truth(py.getAttr(self, 'field_name')) ? undefined : keyOf(py, py.getAttr(self, 'model'));
			if (implied === undefined) return py.call(original, [self]);
			py.setAttr(self, 'field_name', implied);
			return null;
		}),
	),
	intercept('django.apps.config', 'AppConfig.get_model', reason, (_py, original) =>
		method('get_model', 'self, *args, **kwargs', (py, [self, args, kwargs]) =>
			outwaiting(py, textOf(args.items[0] ?? null), () => py.call(original, [self, ...args.items], keywordsOf(kwargs))),
		),
	),
	intercept('django.apps.config', 'AppConfig.get_models', reason, (_py, original) =>
		method('get_models', 'self, include_auto_created=False, include_swapped=False', (py, [self, auto, swapped]) => {
			if (py.truth(auto) && !lookups(py).clearing) {
				py.outlines.completeAll();
				ownersLast(py, py.findAttr(self, 'models') ?? null);
			}
			// At once: whoever goes through them may have a model made, which adds to the registry.
			return py.iterator(py.list(py.call(original, [self, auto, swapped])));
		}),
	),
	intercept('django.apps.registry', 'Apps.clear_cache', reason, (_py, original) =>
		method('clear_cache', 'self', (py, [self]) => {
			const asking = lookups(py);
			asking.clearing = true;
			try {
				return py.call(original, [self]);
			} finally {
				asking.clearing = false;
			}
		}),
	),
	intercept('django.dispatch.dispatcher', 'Signal.send', reason, (_py, original) =>
		method('send', 'self, sender, **named', (py, [self, sender, named]) => {
			if (self === classPrepared(py) && sender instanceof PyClass && py.outlines.depth > 0 && !py.outlines.isWaiting(sender)) {
				// Those who listened at its place have heard of it; and nobody did at that of a relation's table.
				const table = py.findAttr(py.getAttr(sender, '_meta'), 'auto_created') instanceof PyClass;
				if (table || isOutlined(py, sender)) return new PyList([]);
			}
			return py.call(original, [self], new Map([['sender', sender], ...(keywordsOf(named) ?? [])]));
		}),
	),
];

/** Tables of relations are registered while the model is made that has the relation, so they stand before it. */
function ownersLast(py: Interpreter, registry: Value): void {
	if (!(registry instanceof PyDict)) return;
	const all = [...registry.entries()];
	const position = new Map(all.map(({ value }, index) => [value, index]));
	const rank = all.map(({ value }, index) => {
		const options = py.findAttr(value, '_meta');
		const owner = options === undefined ? undefined : py.findAttr(options, 'auto_created');
		const at = owner instanceof PyClass ? position.get(owner) : undefined;
		return at !== undefined && at < index ? at - 0.5 : index;
	});
	if (rank.every((one, index) => one === index)) return;
	const order = all.map((entry, index) => ({ entry, rank: rank[index] ?? index })).sort((a, b) => a.rank - b.rank);
	registry.clear();
	for (const { entry } of order) registry.set(py, entry.key, entry.value);
}

interface Lookups {
	operations: number;
	clearing: boolean;
	/** Models with all their fields, of which those hear now that wait for them. */
	readonly settling: Set<PyClass>;
	/** What waits for models, the innermost one that is being asked for. */
	operation: Value;
}
const key = Symbol('lookups of models');
const lookups = (py: Interpreter) =>
	py.state(key, (): Lookups => ({ operations: 0, clearing: false, settling: new Set(), operation: null }));

/** Asks again where there was nothing: a relation that waits may bring it. */
function outwaiting(py: Interpreter, name: string | undefined, ask: () => Value): Value {
	try {
		return ask();
	} catch (error) {
		if (!py.caught(error, 'LookupError') || py.outlines.depth > 0 || !completeOwner(py, name ?? '')) throw error;
		return ask();
	}
}

function expire(py: Interpreter, options: PyInstance, forward: boolean, reverse: boolean): void {
	const { attrs } = options;
	if (!attrs || attrs instanceof UnfinishedAttributes) return;
	if (forward) for (const name of names(py, options, 'FORWARD_PROPERTIES')) attrs.delete(name);
	if (reverse && attrs.get('abstract') !== true) for (const name of names(py, options, 'REVERSE_PROPERTIES')) attrs.delete(name);
	attrs.set('_get_fields_cache', new PyDict());
}

function names(py: Interpreter, options: PyInstance, which: string): string[] {
	const found = options.cls.lookup(which);
	return found instanceof PyObject ? py.list(found).flatMap((one) => textOf(one) ?? []) : [];
}
