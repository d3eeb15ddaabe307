import type { Interpreter } from '../../runtime/interpreter';
import { method, native, nativeModule, newType, PyNative } from '../../runtime/native';
import { PyModule, PyUnknown, textOf, type Value } from '../../values';

/** `importlib.resources`: the files of a package are those of its folder. */
function folder(py: Interpreter, anchor: Value): Value {
	const name = textOf(anchor);
	const module = name === undefined ? anchor : py.importModule(name);
	if (module instanceof PyUnknown) return module;
	const path = module instanceof PyModule ? (module.path?.[0] ?? module.source?.path.replace(/\/[^/]*$/, '')) : undefined;
	if (path === undefined) return py.unknown('the files of a package without a folder');
	return py.call(py.getAttr(py.importModule('pathlib'), 'Path'), [path]);
}

function file(py: Interpreter, anchor: Value, name: Value): Value {
	const base = folder(py, anchor);
	return base instanceof PyUnknown ? base : py.binary('/', base, name);
}

/** `with as_file(path) as path:` */
const context = newType('as_file', 'importlib.resources', [
	method('__enter__', 'self', (_py, [self]) => (self instanceof PyNative ? (self.data as Value) : null)),
	method('__exit__', 'self, *args', () => false),
]);

export const resources = nativeModule(
	'importlib.resources',
	[
		native('files', 'anchor', (py, [anchor]) => folder(py, anchor)),
		native('as_file', 'path', (_py, [path]) => new PyNative<Value>(context, path)),
		native(
			'path',
			'anchor, *names',
			(py, [anchor, names]) =>
				new PyNative<Value>(
					context,
					names.items.reduce((path, name) => py.binary('/', path, name), folder(py, anchor)),
				),
		),
		native('read_text', "anchor, name, encoding='utf-8', errors='strict'", (py, [anchor, name]) =>
			py.callMethod(file(py, anchor, name), 'read_text'),
		),
		native('read_binary', 'anchor, name', (py, [anchor, name]) => py.callMethod(file(py, anchor, name), 'read_bytes')),
		native('open_text', "anchor, name, encoding='utf-8', errors='strict'", (py, [anchor, name]) =>
			py.callMethod(file(py, anchor, name), 'open'),
		),
		native('is_resource', 'anchor, name', (py, [anchor, name]) => py.callMethod(file(py, anchor, name), 'is_file')),
	],
	{ open: true, package: true },
);
