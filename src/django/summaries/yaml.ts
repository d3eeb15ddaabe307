import type { Interpreter } from '../../python/runtime/interpreter';
import { intercept, native, type Summary } from '../../python/runtime/native';
import { PyClass, PyDict, PyFunction, PyUnknown, textOf, type Value } from '../../python/values';
import { keywordsOf } from '../sites';
import { readYaml } from './yamlText';

const reason = 'PyYAML reads a text letter by letter, some hundred steps for each; a text that is unknown is not parsed.';

const loaders = new Set(['SafeLoader', 'FullLoader', 'Loader', 'UnsafeLoader'].map((name) => `yaml.loader.${name}`));
const tags = ['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`);

/** `yaml.load()` of a plain document (PyYAML 5.1 and later); every other is left to PyYAML. */
export const yamlSummaries: readonly Summary[] = [
	intercept('yaml', 'load', reason, (_, original) =>
		native(
			'load',
			'*args, **kwargs',
			(py, [args, kwargs]) => {
				const keywords = keywordsOf(kwargs);
				const [stream = keywords.get('stream') ?? null, loader = keywords.get('Loader') ?? null, ...others] = args.items;
				const unknown = [stream, loader, ...others].find((one) => one instanceof PyUnknown);
				if (unknown) return unknown;
				if (others.length > 0 || keywords.size + args.items.length !== 2 || !isUsual(py, loader))
					return py.call(original, args.items, keywords);
				const text =
					textOf(stream) === undefined && py.hasAttr(stream, 'read') ? py.call(py.getAttr(stream, 'read'), []) : stream;
				if (text instanceof PyUnknown) return text;
				const known = textOf(text);
				const value = known === undefined ? undefined : readYaml(py, known);
				return value === undefined ? py.call(original, [text, loader]) : value;
			},
			{ acceptsUnknown: true },
		),
	),
];

/** Whether it is one of PyYAML's own, to which nobody has added anything. */
function isUsual(py: Interpreter, loader: Value): boolean {
	if (!(loader instanceof PyClass) || !loaders.has(loader.fullName)) return false;
	if (loader.dict.has('yaml_implicit_resolvers') || loader.dict.has('yaml_constructors')) return false;
	const constructors = py.getAttr(loader, 'yaml_constructors');
	return (
		constructors instanceof PyDict &&
		tags.every((tag) => {
			const made = constructors.get(py, tag);
			return made instanceof PyFunction && made.moduleName === 'yaml.constructor';
		})
	);
}
