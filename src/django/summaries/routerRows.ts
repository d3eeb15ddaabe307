import type { Interpreter } from '../../python/runtime/interpreter';
import { intercept, method, native, type Summary } from '../../python/runtime/native';
import { PyClass, PyDict, PyList, PyObject, PyTuple, textOf, type Value } from '../../python/values';
import { currentSite, keywordsOf, madeOn, type Site, sitesOf } from '../sites';

/** The patterns that one item has led to, and from what. */
interface Rows {
	readonly from: readonly Value[];
	/** The call of the project. */
	readonly site: Site;
	readonly at: number;
	readonly patterns: readonly Value[];
}

/** What routers have made, item by item: run again after an edit they take of it what the edit leaves alone. */
class KeptRows {
	private readonly rows = new WeakMap<object, Rows[]>();
	private readonly doubted = new WeakMap<PyClass, number>();
	private now = 0;

	/** What was made of these classes, or by them, so far is out of date. */
	forget(classes: Iterable<PyClass>): void {
		this.now++;
		for (const cls of classes) this.doubted.set(cls, this.now);
	}

	/** The patterns of an item: those of before, else what `make` tells. */
	of(py: Interpreter, item: Value, from: readonly Value[], site: Site, make: () => Value): readonly Value[] {
		if (!(item instanceof PyObject)) return py.list(make());
		const known = this.rows.get(item) ?? [];
		const found = known.find((one) => alike(one.from, from, 0));
		if (found && this.holds(found, item) && found.site.isOfCall(site)) {
			for (const pattern of found.patterns.slice(0, 1))
				if (pattern instanceof PyObject) sitesOf(py).get(pattern)?.attribute(madeOn(py), py.running);
			return found.patterns;
		}
		const met = py.timesMet;
		const patterns = py.list(make());
		const others = known.filter((one) => one !== found);
		this.rows.set(item, py.timesMet === met ? [...others, { from, site, at: this.now, patterns }] : others);
		return patterns;
	}

	private holds({ from, at }: Rows, item: PyObject): boolean {
		return [item, ...from].every(
			(one) => !(one instanceof PyClass) || one.mro.every((cls) => (this.doubted.get(cls) ?? 0) <= at),
		);
	}
}

const kept = Symbol('patterns that routers have made');

const rowsOf = (py: Interpreter) => py.state(kept, () => new KeptRows());

/** What these classes do may be something else now: routers look at them again. */
export const forgetRows = (py: Interpreter, classes: Iterable<PyClass>): void => rowsOf(py).forget(classes);

/** The same as far as a router can tell. */
function alike(a: readonly Value[], b: readonly Value[], depth: number): boolean {
	return a.length === b.length && a.every((one, at) => same(one, b[at], depth));
}

function same(a: Value, b: Value | undefined, depth: number): boolean {
	if (a === b) return true;
	const lists = (a instanceof PyList && b instanceof PyList) || (a instanceof PyTuple && b instanceof PyTuple);
	return lists && depth < 3 && a.cls === b.cls && alike(a.items, b.items, depth + 1);
}

/** What `SimpleRouter.get_urls()` asks of a router for one viewset (rest_framework/routers.py, 3.16). */
const hooks = ['get_routes', 'get_method_map', 'get_lookup_regex', '_get_dynamic_route', '_get_dynamic_routes'];

/** Whether the router makes each viewset's patterns as Django REST framework does: without a look at the others. */
const isPlain = ({ cls }: PyObject): boolean =>
	hooks.every((name) => {
		const owner = cls.mro.find((one) => one.dict.has(name));
		return owner === undefined || owner.moduleName === 'rest_framework.routers';
	});

/** What a router tells of itself: its class and attributes, but for what it has been given to register. */
function tells({ cls, attrs }: PyObject): Value[] {
	const out: Value[] = [cls];
	for (const [name, value] of attrs ?? []) if (name !== 'registry' && name !== '_urls') out.push(name, value);
	return out;
}

export function routerRowSummaries(isProject: (path: string) => boolean): Summary[] {
	return [
		intercept(
			'rest_framework.routers',
			'SimpleRouter.get_urls',
			'The original is run once for each viewset, and after an edit for those that it has touched: a large project has thousands of such rows.',
			(_, original) =>
				method('get_urls', 'self', (py, [self]) => {
					const registry = self instanceof PyObject ? self.attrs?.get('registry') : undefined;
					if (!(self instanceof PyObject) || !(registry instanceof PyList) || !isPlain(self)) return py.call(original, [self]);
					const site = currentSite(py.stack(), isProject);
					const out: Value[] = [];
					for (const entry of registry.items) {
						const items = entry instanceof PyTuple ? entry.items : [];
						const viewset = items[1] ?? null;
						const alone = () => withRegistry(self, registry, entry, () => py.call(original, [self]));
						out.push(...rowsOf(py).of(py, viewset, [...items, ...tells(self)], site, alone));
					}
					return new PyList(out);
				}),
		),
		intercept(
			'rest_framework.urlpatterns',
			'apply_suffix_patterns',
			'The original is run for each pattern, and after an edit for those that are new.',
			(_, original) =>
				native(
					'apply_suffix_patterns',
					'urlpatterns, *args, **kwargs',
					(py, [patterns, args, kwargs]) => {
						const named = keywordsOf(kwargs);
						const from = [...args.items, ...[...named].flat()];
						if (!(patterns instanceof PyList)) return py.call(original, [patterns, ...args.items], named);
						const site = currentSite(py.stack(), isProject);
						const out: Value[] = [];
						for (const pattern of patterns.items) {
							const alone = () => py.call(original, [new PyList([pattern]), ...args.items], named);
							const plain = pattern instanceof PyObject && pattern.cls.name === 'URLPattern';
							out.push(...(plain ? rowsOf(py).of(py, pattern, from, site, alone) : py.list(alone())));
						}
						return new PyList(out);
					},
					{ acceptsUnknown: true },
				),
		),
		intercept(
			'rest_framework.urlpatterns',
			'register_converter',
			'Before 3.16 each router registers the converter of its suffixes anew: one that is there and matches the same stays.',
			(_, original) =>
				native('register_converter', 'converter, type_name', (py, [converter, name]) => {
					const known = py.getAttr(py.importModule('django.urls.converters'), 'REGISTERED_CONVERTERS');
					const before = known instanceof PyDict ? known.getStr(textOf(name) ?? '') : undefined;
					const regexOf = (one: Value) => textOf(py.findAttr(one, 'regex') ?? null);
					const regex = before === undefined ? undefined : regexOf(before);
					return regex !== undefined && regex === regexOf(converter) ? null : py.call(original, [converter, name]);
				}),
		),
		intercept(
			'rest_framework.routers',
			'BaseRouter.is_already_registered',
			'Asked at each registration of all before it: compared here instead of by a generator.',
			(_, original) =>
				method(
					'is_already_registered',
					'self, new_basename',
					(py, [self, basename]) => {
						const registry = self instanceof PyObject ? self.attrs?.get('registry') : undefined;
						const name = textOf(basename);
						const names = registry instanceof PyList ? registry.items.map(basenameOf) : [undefined];
						const known = name !== undefined && !names.includes(undefined);
						return known ? names.includes(name) : py.call(original, [self, basename]);
					},
					{ acceptsUnknown: true },
				),
		),
	];
}

const basenameOf = (entry: Value): string | undefined =>
	entry instanceof PyTuple && entry.items.length === 3 ? textOf(entry.items[2] ?? null) : undefined;

/** Runs `body` while the router has this one entry. */
function withRegistry<T>({ attrs }: PyObject, registry: PyList, entry: Value, body: () => T): T {
	attrs?.set('registry', new PyList([entry]));
	try {
		return body();
	} finally {
		attrs?.set('registry', registry);
	}
}
