import type { Interpreter } from '../runtime/interpreter';
import { getter, method, native, nativeModule, newType, PyNative, staticMethod } from '../runtime/native';
import { exceptionType, PyException, PyList, PyModule, PyTuple, textOf, type Value } from '../values';
import {
	type Distribution,
	distributionField,
	distributions,
	type EntryPoint,
	entryPointsOf,
	loadEntryPoint,
	normalized,
} from './importlib-metadata';
import { pathFlavour } from './path-flavours';

/**
 * Native where setuptools is installed: its own source imports vendored copies through an import hook and looks through
 * the whole environment when it is imported. Here are entry points, versions and resource files.
 */

const error = (name: string, base = exceptionType('Exception')) => newType(name, 'pkg_resources', [], [base]);
const resolutionError = error('ResolutionError');
const notFound = error('DistributionNotFound', resolutionError);

const distributionOf = (py: Interpreter, self: Value): Distribution =>
	self instanceof PyNative ? (self.data as Distribution) : py.raise('TypeError', 'expected a Distribution');

const distributionType = newType('Distribution', 'pkg_resources', [
	getter('project_name', (py, self) => distributionField(py, distributionOf(py, self), 'Name') ?? distributionOf(py, self).name),
	getter('key', (py, self) => distributionOf(py, self).name.toLowerCase()),
	getter('version', (py, self) => distributionField(py, distributionOf(py, self), 'Version') ?? distributionOf(py, self).version),
	getter('parsed_version', (py, self) =>
		py.call(py.getAttr(py.importModule('pkg_resources'), 'parse_version'), [distributionOf(py, self).version]),
	),
	getter('location', (py, self) => pathFlavour(py).splitPath(distributionOf(py, self).folder)[0]),
	method('get_entry_map', 'self, group=None', (py, [self, group]) => {
		const dict = py.call(py.builtin('dict'));
		for (const point of entryPointsOf(py, distributionOf(py, self)))
			if (group === null || point.group === textOf(group)) py.setItem(dict, point.name, new PyNative(entryPointType, point));
		return dict;
	}),
	method('requires', 'self, extras=()', () => new PyList([])),
	method(
		'has_metadata',
		'self, name',
		(py, [self, name]) => py.host.stat(`${distributionOf(py, self).folder}/${textOf(name) ?? ''}`) !== undefined,
	),
	method(
		'get_metadata',
		'self, name',
		(py, [self, name]) => py.readText(`${distributionOf(py, self).folder}/${textOf(name) ?? ''}`) ?? '',
	),
	method('activate', 'self, path=None, replace=False', () => null),
	method('__str__', 'self', (py, [self]) => `${distributionOf(py, self).name} ${distributionOf(py, self).version}`),
]);

const pointOf = (py: Interpreter, self: Value): EntryPoint =>
	self instanceof PyNative ? (self.data as EntryPoint) : py.raise('TypeError', 'expected an EntryPoint');

const target = (point: EntryPoint): [module: string, attribute: string] => {
	const [module = '', attribute = ''] = point.value
		.replace(/\[.*$/, '')
		.trim()
		.split(/\s*:\s*/);
	return [module, attribute];
};

const entryPointType = newType('EntryPoint', 'pkg_resources', [
	getter('name', (py, self) => pointOf(py, self).name),
	getter('module_name', (py, self) => target(pointOf(py, self))[0]),
	getter('attrs', (py, self) => new PyTuple(target(pointOf(py, self))[1].split('.').filter(Boolean))),
	getter('extras', () => new PyTuple([])),
	getter('dist', (py, self) => new PyNative<Distribution>(distributionType, pointOf(py, self).distribution)),
	method('load', 'self, require=True, *args, **kwargs', (py, [self]) => loadEntryPoint(py, pointOf(py, self))),
	method('resolve', 'self', (py, [self]) => loadEntryPoint(py, pointOf(py, self))),
	method('require', 'self, env=None, installer=None', () => null),
	method('__str__', 'self', (py, [self]) => `${pointOf(py, self).name} = ${pointOf(py, self).value}`),
]);

/** The distribution that a requirement's text names. */
function find(py: Interpreter, requirement: Value): Distribution {
	if (requirement instanceof PyNative) return requirement.data as Distribution;
	const text = textOf(requirement) ?? '';
	const found = distributions(py).get(normalized(/^[\w.-]*/.exec(text.trim())?.[0] ?? ''));
	if (found) return found;
	const raised = new PyException(notFound);
	raised.args = new PyTuple([requirement, null]);
	return py.raiseValue(raised);
}

function* points(py: Interpreter, group: Value, name: Value): Generator<Value> {
	for (const distribution of distributions(py).values())
		for (const point of entryPointsOf(py, distribution))
			if (point.group === textOf(group) && (name === null || point.name === textOf(name)))
				yield new PyNative<EntryPoint>(entryPointType, point);
}

/** A file beside a package's modules. */
function resource(py: Interpreter, owner: Value, name: Value): string {
	const module = textOf(owner) === undefined ? owner : py.importModule(textOf(owner) ?? '');
	const file = module instanceof PyModule ? textOf(py.findAttr(module, '__file__') ?? null) : undefined;
	const { joinPaths, splitPath } = pathFlavour(py);
	return joinPaths(splitPath(file ?? '')[0], textOf(name) ?? '');
}

const workingSet = newType('WorkingSet', 'pkg_resources', [
	staticMethod('__new__', 'cls, *args', (_, [, args]) => new PyNative(workingSet, args)),
	method('__iter__', 'self', (py) =>
		py.iterator([...distributions(py).values()].map((one) => new PyNative<Distribution>(distributionType, one))),
	),
	method('iter_entry_points', 'self, group, name=None', (py, [, group, name]) =>
		py.iterator(points(py, group, name), 'generator'),
	),
	method('require', 'self, *requirements', () => new PyList([])),
	method('find', 'self, req', (py, [, requirement]) => new PyNative<Distribution>(distributionType, find(py, requirement))),
	getter('by_key', (py) => {
		const dict = py.call(py.builtin('dict'));
		for (const one of distributions(py).values())
			py.setItem(dict, one.name.toLowerCase(), new PyNative<Distribution>(distributionType, one));
		return dict;
	}),
	getter('entries', (py) => new PyList([...py.sysPath])),
]);

export const pkgResources = nativeModule(
	'pkg_resources',
	[
		native('iter_entry_points', 'group, name=None', (py, [group, name]) => py.iterator(points(py, group, name), 'generator')),
		native('get_distribution', 'dist', (py, [dist]) => new PyNative<Distribution>(distributionType, find(py, dist))),
		native(
			'require',
			'*requirements',
			(py, [requirements]) =>
				new PyList(requirements.items.map((one) => new PyNative<Distribution>(distributionType, find(py, one)))),
		),
		native('load_entry_point', 'dist, group, name', (py, [dist, group, name]) => {
			const found = entryPointsOf(py, find(py, dist)).find(
				(point) => point.group === textOf(group) && point.name === textOf(name),
			);
			return found
				? loadEntryPoint(py, found)
				: py.raise('ImportError', `Entry point ${py.repr(new PyTuple([group, name]))} not found`);
		}),
		native('parse_version', 'v', (py, [version]) => {
			for (const name of ['packaging.version', 'setuptools._vendor.packaging.version', 'setuptools.extern.packaging.version'])
				if (py.findModule(name)) return py.call(py.getAttr(py.importModule(name), 'Version'), [version]);
			return py.unknown('a version, which packaging would read');
		}),
		native('resource_filename', 'package_or_requirement, resource_name', (py, [owner, name]) => resource(py, owner, name)),
		native(
			'resource_exists',
			'package_or_requirement, resource_name',
			(py, [owner, name]) => py.host.stat(resource(py, owner, name)) !== undefined,
		),
		native(
			'resource_isdir',
			'package_or_requirement, resource_name',
			(py, [owner, name]) => py.host.stat(resource(py, owner, name))?.type === 'directory',
		),
		native(
			'resource_listdir',
			'package_or_requirement, resource_name',
			(py, [owner, name]) => new PyList((py.host.readDir(resource(py, owner, name)) ?? []).map((entry) => entry.name)),
		),
		native('resource_string', 'package_or_requirement, resource_name', (py, [owner, name]) => {
			const text = py.readText(resource(py, owner, name));
			return text === undefined ? py.raise('FileNotFoundError', 2, 'No such file or directory') : py.callMethod(text, 'encode');
		}),
		native('declare_namespace', 'packageName', () => null),
		['ResolutionError', resolutionError],
		['DistributionNotFound', notFound],
		['VersionConflict', error('VersionConflict', resolutionError)],
		['UnknownExtra', error('UnknownExtra', resolutionError)],
		['RequirementParseError', error('RequirementParseError', exceptionType('ValueError'))],
		['Distribution', distributionType],
		['EntryPoint', entryPointType],
		['WorkingSet', workingSet],
		['working_set', new PyNative(workingSet, null)],
	],
	{ whereInstalled: true, open: true },
);
