import type { Interpreter } from '../runtime/interpreter';
import { getter, method, native, nativeModule, newType, PyNative } from '../runtime/native';
import { exceptionType, listType, PyClass, PyDict, PyList, textOf, typeType, type Value } from '../values';
import { asListed } from './os';

/** An installed distribution: its folder of metadata on `sys.path`. */
export interface Distribution {
	readonly name: string;
	readonly version: string;
	readonly folder: string;
}

export interface EntryPoint {
	readonly name: string;
	readonly value: string;
	readonly group: string;
	readonly distribution: Distribution;
}

const distributionsKey = Symbol('distributions');

/** `*.dist-info` and `*.egg-info` on `sys.path`; the first of a name wins. */
export function distributions(py: Interpreter): Map<string, Distribution> {
	return py.state(distributionsKey, () => {
		const found = new Map<string, Distribution>();
		for (const folder of py.sysPath) {
			for (const { name } of asListed(py, folder, py.host.readDir(folder) ?? [])) {
				const match = /^(.+?)(?:-([^-]+?)(?:-py[\d.]+)?)?\.(?:dist|egg)-info$/.exec(name);
				if (!match) continue;
				const key = normalized(match[1] ?? '');
				if (!found.has(key)) found.set(key, { name: match[1] ?? '', version: match[2] ?? '', folder: `${folder}/${name}` });
			}
		}
		return found;
	});
}

export const normalized = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, '_');

const entriesKey = Symbol('entry points');

function allEntryPoints(py: Interpreter): readonly EntryPoint[] {
	return py.state(entriesKey, () => [...distributions(py).values()].flatMap((distribution) => entryPointsOf(py, distribution)));
}

export function entryPointsOf(py: Interpreter, distribution: Distribution): EntryPoint[] {
	const out: EntryPoint[] = [];
	let group = '';
	for (const line of (py.readText(`${distribution.folder}/entry_points.txt`) ?? '').split(/\r?\n/)) {
		const section = /^\s*\[(.+)\]\s*$/.exec(line);
		const pair = /^\s*([^#=;][^=]*?)\s*=\s*(.+?)\s*$/.exec(line);
		if (section) group = section[1] ?? '';
		else if (pair) out.push({ name: pair[1] ?? '', value: pair[2] ?? '', group, distribution });
	}
	return out;
}

const entryPointType: PyClass = newType('EntryPoint', 'importlib.metadata', [
	...(['name', 'value', 'group'] as const).map((field) =>
		getter(field, (_, self) => (pointOf(self) ? (pointOf(self)?.[field] ?? null) : null)),
	),
	getter('module', (_, self) => parts(self).module),
	getter('attr', (_, self) => parts(self).attribute),
	getter('extras', () => new PyList([])),
	getter('dist', (_, self) => {
		const point = pointOf(self);
		return point ? distributionValue(point.distribution) : null;
	}),
	method('load', 'self', (py, [self]) => {
		const point = pointOf(self);
		return point ? loadEntryPoint(py, point) : null;
	}),
	method('matches', 'self, **params', (py, [self, params]) => {
		const point = pointOf(self);
		return point ? matches(py, point, params) : false;
	}),
]);

function pointOf(value: Value): EntryPoint | undefined {
	return value instanceof PyNative && value.cls === entryPointType ? (value.data as EntryPoint) : undefined;
}

/** The object that an entry point names. */
export function loadEntryPoint(py: Interpreter, point: EntryPoint): Value {
	const { module, attribute } = target(point);
	let value: Value = py.importModule(module);
	for (const part of attribute.split('.')) if (part) value = py.getAttr(value, part);
	return value;
}

function parts(self: Value): { module: string; attribute: string } {
	return target(pointOf(self));
}

function target(point: EntryPoint | undefined): { module: string; attribute: string } {
	const [module = '', attribute = ''] = (point?.value ?? '')
		.replace(/\[.*$/, '')
		.trim()
		.split(/\s*:\s*/);
	return { module, attribute };
}

function matches(py: Interpreter, point: EntryPoint, params: PyDict): boolean {
	for (const { key, value } of params.entries()) {
		const field = textOf(key);
		const own = field === 'name' || field === 'value' || field === 'group' ? point[field] : undefined;
		if (own === undefined || !py.equals(own, value)) return false;
	}
	return true;
}

const entryPointsType: PyClass = newType(
	'EntryPoints',
	'importlib.metadata',
	[
		method('select', 'self, **params', (py, [self, params]) =>
			entryPointList(pointsIn(self).filter((point) => matches(py, point, params))),
		),
		method('__getitem__', 'self, name, /', (py, [self, name]) => {
			if (typeof name === 'number')
				return self instanceof PyList ? (self.items[name] ?? py.raise('IndexError', 'list index out of range')) : null;
			const found = pointsIn(self).find((point) => point.name === textOf(name));
			return found ? new PyNative(entryPointType, found) : py.raise('KeyError', name);
		}),
		method('get', 'self, group, default=()', (_, [self, group]) =>
			entryPointList(pointsIn(self).filter((point) => point.group === textOf(group))),
		),
		getter('names', (py, self) => py.call(py.builtin('set'), [new PyList(pointsIn(self).map(({ name }) => name))])),
		getter('groups', (py, self) => py.call(py.builtin('set'), [new PyList(pointsIn(self).map(({ group }) => group))])),
	],
	[listType],
);

const pointsIn = (value: Value): EntryPoint[] =>
	value instanceof PyList ? value.items.flatMap((item) => pointOf(item) ?? []) : [];
const entryPointList = (points: readonly EntryPoint[]): PyList =>
	new PyList(
		points.map((point) => new PyNative(entryPointType, point)),
		entryPointsType,
	);

const distributionType: PyClass = newType('PathDistribution', 'importlib.metadata', [
	getter('name', (py, self) => metadataField(py, self, 'Name') ?? distributionOf(self)?.name ?? null),
	getter('version', (py, self) => metadataField(py, self, 'Version') ?? distributionOf(self)?.version ?? null),
	getter('metadata', (py, self) => metadataDict(py, self)),
	getter('entry_points', (py, self) => {
		const distribution = distributionOf(self);
		return entryPointList(distribution ? entryPointsOf(py, distribution) : []);
	}),
	getter('files', () => null),
	getter('requires', () => null),
	method(
		'read_text',
		'self, filename',
		(py, [self, filename]) => py.readText(`${distributionOf(self)?.folder ?? ''}/${textOf(filename) ?? ''}`) ?? null,
	),
]);

const distributionValue = (distribution: Distribution): Value => new PyNative(distributionType, distribution);
function distributionOf(value: Value): Distribution | undefined {
	return value instanceof PyNative && value.cls === distributionType ? (value.data as Distribution) : undefined;
}

function metadataText(py: Interpreter, distribution: Distribution | undefined): string {
	const folder = distribution?.folder ?? '';
	return py.readText(`${folder}/METADATA`) ?? py.readText(`${folder}/PKG-INFO`) ?? '';
}

/** A field of a distribution's own metadata. */
export function distributionField(py: Interpreter, distribution: Distribution | undefined, field: string): string | undefined {
	return new RegExp(`^${field}: *(.*)$`, 'm').exec(metadataText(py, distribution))?.[1]?.trim();
}

function metadataField(py: Interpreter, self: Value, field: string): string | undefined {
	return distributionField(py, distributionOf(self), field);
}

function metadataDict(py: Interpreter, self: Value): Value {
	const dict = new PyDict();
	const head = metadataText(py, distributionOf(self)).split(/\r?\n\r?\n/)[0] ?? '';
	for (const [, name, value] of head.matchAll(/^([\w-]+): *(.*)$/gm))
		if (name && dict.getStr(name) === undefined) dict.setStr(name, value ?? '');
	return dict;
}

const notFoundType = notFound();
function notFound(): PyClass {
	const base = exceptionType('ModuleNotFoundError');
	const cls = new PyClass('PackageNotFoundError', 'importlib.metadata', [base], new Map(), typeType);
	cls.mro = [cls, ...base.mro];
	cls.immutable = true;
	return cls;
}

function find(py: Interpreter, name: Value): Value {
	const found = distributions(py).get(normalized(textOf(name) ?? ''));
	return found ? distributionValue(found) : py.raiseValue(py.call(notFoundType, [name]));
}

export const importlibMetadataModule = nativeModule(
	'importlib.metadata',
	[
		['PackageNotFoundError', notFoundType],
		['EntryPoint', entryPointType],
		['EntryPoints', entryPointsType],
		['Distribution', distributionType],
		['PathDistribution', distributionType],
		native('entry_points', '**params', (py, [params]) =>
			entryPointList(allEntryPoints(py).filter((point) => matches(py, point, params))),
		),
		native('distribution', 'distribution_name', (py, [name]) => find(py, name)),
		native('distributions', '**kwargs', (py) => py.iterator([...distributions(py).values()].map(distributionValue))),
		native('version', 'distribution_name', (py, [name]) => py.getAttr(find(py, name), 'version')),
		native('metadata', 'distribution_name', (py, [name]) => py.getAttr(find(py, name), 'metadata')),
		native('files', 'distribution_name', () => null),
		native('requires', 'distribution_name', () => null),
		native('packages_distributions', '', () => new PyDict()),
	],
	{ package: true },
);
