import type { Interpreter } from '../../python/runtime/interpreter';
import type { Outline, OutlineQuestion, Outliner } from '../../python/runtime/waiting/outlines';
import type { ClassDef } from '../../python/syntax/ast';
import {
	PyBuiltin,
	PyClass,
	PyFunction,
	type PyInstance,
	PyList,
	PyModule,
	PyObject,
	textOf,
	UnfinishedAttributes,
	type Value,
} from '../../python/values';
import { noteKey } from './impliedKeys';
import { keepMeta, type MetaOptions, metaOf } from './meta';
import { isQuietBody } from './quietBody';

/**
 * Models of which no more was made than what others ask for to route: the class itself, its name and its app. Fields, managers and
 * relations are made when somebody asks for them. The class is registered at its place, so that the registry's order is Django's
 * (Django 5.2, db/models/base.py, `ModelBase.__new__`).
 */
export const modelOutliner: Outliner = { outline: outlineModel, mayGain };

function outlineModel(py: Interpreter, question: OutlineQuestion): Outline | undefined {
	if (!question.bases.every((base) => isQuietParent(py, base))) return undefined;
	if (question.node.decorators.length > 0 || !isQuietBody(question)) return undefined;
	const text = question.module.source?.text.slice(question.node.start, question.node.end) ?? '';
	if (text.includes('__init_subclass__') || text.includes('__set_name__')) return undefined;
	const meta = metaOf(question);
	return meta && outlineOf(py, question, meta);
}

/**
 * A relation gives the model at its other end an attribute (`contribute_to_related_class`), of a name that the model's text has in
 * `related_name`, or that is made of the model's name.
 */
function mayGain(cls: PyClass, name: string, other: PyClass): boolean {
	if (name.startsWith('__') || name === '_meta' || !cls.mro.some((one) => one.dict.has('_meta'))) return false;
	if (name.toLowerCase().includes(other.name.toLowerCase())) return true;
	return mentions(other, name) || mentions(other, madeNames);
}

/** Whether the text of the model or of a model that it inherits has this. */
function mentions(cls: PyClass, what: string | RegExp): boolean {
	return cls.mro.some((one) => {
		const { module, node } = one.source ?? {};
		if (!module?.source || !node || one.moduleName.startsWith('django.db.')) return false;
		const text = module.source.text.slice(node.start, node.end);
		return typeof what === 'string' ? text.includes(what) : what.test(text);
	});
}

/** A `related_name` that is not the name itself. */
const madeNames = /related_name\s*=\s*(?!["'][\w+]*["'])/;

/** What belongs to one interpreter. */
interface Models {
	/** The `_meta` of models that have only been outlined. */
	readonly options: Map<PyClass, PyInstance>;
	readonly quiet: Set<PyClass>;
	/** Those that the registry has. */
	readonly registered: Set<PyClass>;
	/** The one that is being registered at its place. */
	registering: PyClass | undefined;
}
const key = Symbol('outlined models');
const models = (py: Interpreter) =>
	py.state(key, (): Models => ({ options: new Map(), quiet: new Set(), registered: new Set(), registering: undefined }));

export const isOutlined = (py: Interpreter, cls: Value) => cls instanceof PyClass && models(py).quiet.has(cls);

/** The `_meta` that was given out for the model that is being made, to be filled by `Options.__init__`. */
export function takeOptions(py: Interpreter): PyInstance | undefined {
	const { innermost } = py.outlines;
	const options = innermost && models(py).options.get(innermost);
	if (!options || !(options.attrs instanceof UnfinishedAttributes)) return undefined;
	options.attrs = new Map();
	return options;
}

const modelName = 'django.db.models.base.Model';

/** A model that is itself outlined, `Model`, or a class that has no say in how subclasses are made. */
function isQuietParent(py: Interpreter, base: PyClass): boolean {
	if (py.outlines.outliners.has(base.cls)) return models(py).quiet.has(base) || base.fullName === modelName;
	if (base.cls.fullName !== 'builtins.type') return false;
	return !base.mro.some(
		(one) =>
			(!one.immutable && one.dict.has('__init_subclass__') && one.fullName !== 'django.db.models.utils.AltersData') ||
			one.dict.has('Meta') ||
			one.unknownBase,
	);
}

function outlineOf(py: Interpreter, question: OutlineQuestion, meta: MetaOptions): Outline | undefined {
	const { node, module, ancestors } = question;
	const registry = py.modules.get('django.apps.registry');
	const apps = registry instanceof PyModule ? py.findAttr(registry, 'apps') : undefined;
	if (apps === undefined || py.findAttr(apps, 'apps_ready') !== true) return undefined;
	const config = meta.appLabel === undefined ? py.callMethod(apps, 'get_containing_app_config', module.name) : null;
	const label = meta.appLabel ?? (config === null ? undefined : textOf(py.getAttr(config, 'label')));
	// Django raises, unless the model is abstract.
	if (label === undefined) return undefined;
	const name = node.name.toLowerCase();
	// Tables of relations are models: who listens for models hears of them at this place.
	if (!meta.abstract && isHeard(py) && hasTables(node, module, ancestors)) return undefined;
	if (!meta.abstract && py.contains(py.getItem(py.getAttr(apps, 'all_models'), label), name)) return undefined;
	const keyNoted =
		meta.proxy || question.bases.some((base) => models(py).registered.has(base))
			? undefined
			: noteKey(py, question, (base) => models(py).quiet.has(base));
	return {
		known: (cls) => new Map([['_meta', optionsOf(py, cls, label, meta, apps)]]),
		made: (cls) => {
			models(py).quiet.add(cls);
			keyNoted?.(cls);
			if (meta.abstract) {
				keepMeta(cls, meta);
				return;
			}
			sendPrepared(py, cls);
			register(py, apps, label, cls);
		},
	};
}

function register(py: Interpreter, apps: Value, label: string, cls: PyClass): void {
	const state = models(py);
	state.registered.add(cls);
	state.registering = cls;
	py.callMethod(apps, 'register_model', label, cls);
}

/** `late`: it has been registered at its place; `early`: it will be. */
export function registration(py: Interpreter, cls: Value): 'now' | 'late' | 'early' {
	const state = models(py);
	if (!(cls instanceof PyClass) || !state.quiet.has(cls)) return 'now';
	if (state.registering !== cls) return state.registered.has(cls) ? 'late' : 'early';
	state.registering = undefined;
	return 'now';
}

/** Makes the models one of which may bring this one, as the table of a relation: those have its name and the field's. */
export function completeOwner(py: Interpreter, name: string): boolean {
	const wanted = name.toLowerCase();
	return wanted.includes('_') && py.outlines.completeSome((cls) => wanted.startsWith(`${cls.name.toLowerCase()}_`));
}

/** The model's `_meta`, of which only names are known; asking for more makes the model. */
function optionsOf(py: Interpreter, cls: PyClass, label: string, meta: MetaOptions, apps: Value): Value {
	const type = py.getAttr(py.importModule('django.db.models.options'), 'Options');
	const options = py.instantiate(type as PyClass) as PyInstance;
	const known = new Map<string, Value>([
		['model', cls],
		['app_label', label],
		['object_name', cls.name],
		['model_name', cls.name.toLowerCase()],
		['abstract', meta.abstract],
		['proxy', meta.proxy],
		['managed', meta.managed],
		['swappable', meta.swappable ?? null],
		...swapped(py, cls, label, meta),
		['auto_created', false],
		['apps', apps],
		...(mentions(cls, 'CompositePrimaryKey') ? [] : ([['is_composite_pk', false]] as const)),
		...(meta.proxy ? [] : ([['concrete_model', cls]] as const)),
	]);
	const finished = () => {
		py.outlines.complete(cls);
		return options.attrs;
	};
	// Its methods are its class's.
	const isMethod = (name: string) => {
		const own = options.cls.lookup(name);
		return own instanceof PyFunction || own instanceof PyBuiltin;
	};
	options.attrs = new UnfinishedAttributes(known, finished, isMethod);
	models(py).options.set(cls, options);
	return options;
}

/** `Options.swapped`, a property or a cached one (Django 5.2, db/models/options.py); not where its setting isn't a plain label. */
function swapped(py: Interpreter, cls: PyClass, label: string, { swappable }: MetaOptions): [string, Value][] {
	if (swappable === undefined) return [['swapped', null]];
	const chosen = py.findAttr(py.getAttr(py.importModule('django.conf'), 'settings'), swappable) ?? null;
	const text = textOf(chosen);
	if (chosen !== null && !/^\w+\.\w+$/.test(text ?? '')) return [];
	return [['swapped', text === undefined || text.toLowerCase() === `${label}.${cls.name}`.toLowerCase() ? null : text]];
}

/** Who listens for models hears of this one now; one that asks it for more than its name has it made. */
function sendPrepared(py: Interpreter, cls: PyClass): void {
	const signal = classPrepared(py);
	if (signal && isHeard(py)) py.call(py.getAttr(signal, 'send'), [], new Map<string, Value>([['sender', cls]]));
}

/** Whether anybody listens for models. */
function isHeard(py: Interpreter): boolean {
	const signal = classPrepared(py);
	const receivers = signal && py.findAttr(signal, 'receivers');
	return receivers instanceof PyList && receivers.items.length > 0;
}

function hasTables(node: ClassDef, { source }: PyModule, ancestors: readonly PyClass[]): boolean {
	return (
		/ManyTo?Many|M2M/i.test(source?.text.slice(node.start, node.end) ?? '') ||
		ancestors.some((one) => mentions(one, /ManyTo?Many|M2M/i))
	);
}

/** Django's signal `class_prepared`; undefined until its module is loaded. */
export function classPrepared(py: Interpreter): PyObject | undefined {
	const module = py.modules.get('django.db.models.signals');
	const signal = module instanceof PyModule ? py.findAttr(module, 'class_prepared') : undefined;
	return signal instanceof PyObject ? signal : undefined;
}
