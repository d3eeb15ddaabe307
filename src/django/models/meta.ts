import type { OutlineQuestion } from '../../python/runtime/waiting/outlines';
import type { ClassDef } from '../../python/syntax/ast';
import { PyClass } from '../../python/values';

/** The options of a model's `Meta` that decide what others may know of it before its fields are made. */
export interface MetaOptions {
	readonly appLabel: string | undefined;
	readonly abstract: boolean;
	readonly proxy: boolean;
	readonly managed: boolean;
	readonly swappable: string | undefined;
}

const plain: MetaOptions = { appLabel: undefined, abstract: false, proxy: false, managed: true, swappable: undefined };

/** Of abstract models, which keep their `Meta` for those that inherit it; it says there no more that it is abstract. */
const kept = new WeakMap<PyClass, MetaOptions>();

/** Remembers what the `Meta` of an outlined model says, for the models that derive from it. */
export function keepMeta(cls: PyClass, options: MetaOptions): void {
	kept.set(cls, { ...options, abstract: false });
}

/** Undefined where they can't be told from the text. Follows `ModelBase.__new__` (Django 5.2, db/models/base.py). */
export function metaOf(question: OutlineQuestion): MetaOptions | undefined {
	const own = question.node.body.filter((one): one is ClassDef => one.kind === 'ClassDef' && one.name === 'Meta');
	if (own.length === 0) return inherited(question.ancestors);
	const [meta] = own;
	if (!meta || own.length > 1) return undefined;
	let options: MetaOptions = plain;
	for (const base of [...meta.bases].reverse()) {
		if (base.kind === 'Name' && base.id === 'object') continue;
		const owner = base.kind === 'Attribute' && base.attr === 'Meta' ? question.peek(base.value) : undefined;
		const from = owner instanceof PyClass ? inherited(owner.mro) : undefined;
		if (!from || meta.bases.length > 1) return undefined;
		options = from;
	}
	const given = new Map<string, unknown>();
	for (const node of meta.body) {
		if (node.kind !== 'Assign') continue;
		const { value } = node;
		for (const target of node.targets)
			if (target.kind === 'Name') given.set(target.id, value.kind === 'Constant' ? value.value : unclear);
	}
	if (given.has('apps') || given.has('auto_created')) return undefined;
	const truth = (name: string, otherwise: boolean) => (given.has(name) ? given.get(name) : otherwise);
	const text = (name: string, otherwise: string | undefined) => (given.has(name) ? given.get(name) : otherwise);
	const abstract = truth('abstract', options.abstract);
	const proxy = truth('proxy', options.proxy);
	const managed = truth('managed', options.managed);
	const appLabel = text('app_label', options.appLabel);
	const swappable = text('swappable', options.swappable);
	if (typeof abstract !== 'boolean' || typeof proxy !== 'boolean' || typeof managed !== 'boolean') return undefined;
	if (appLabel !== undefined && typeof appLabel !== 'string') return undefined;
	if (swappable !== undefined && typeof swappable !== 'string') return undefined;
	return { abstract, proxy, managed, appLabel, swappable };
}

const unclear = Symbol('unclear');

/** The first `Meta` among the ancestors. */
function inherited(ancestors: readonly PyClass[]): MetaOptions | undefined {
	for (const cls of ancestors) {
		const options = kept.get(cls);
		if (options) return options;
	}
	return plain;
}
