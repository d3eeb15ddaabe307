import { parseModule } from '../syntax/parse';
import { type Namespace, PyModule, type Value } from '../values';
import { compileExpr } from './compile/expressions';
import { Frame, RETURN } from './frames';
import { moduleContext, runModule } from './importing/module-body';
import type { Machine } from './machine';
import { makeSource } from './source';

/**
 * Runs text as the body of a module whose names are `names`; the module it stands for is that of the `__name__` in `globals`, else a
 * nameless one. Names that are not in `names` are looked up in `globals`, which functions that the text defines will see.
 */
export function executeText(py: Machine, text: string, path: string, names: Namespace, globals: Namespace = names): void {
	const module = textModule(py, text, path, globals);
	runModule(py, module, names, parseModule(text), undefined, globals);
}

/** The value of an expression's text. */
export function evaluateText(py: Machine, text: string, path: string, globals: Namespace, locals: Namespace): Value {
	const tree = parseModule(text.trim());
	const [statement] = tree.body;
	if (tree.errors.length > 0 || statement?.kind !== 'Expr' || tree.body.length > 1)
		return py.raise('SyntaxError', 'invalid syntax');
	const module = textModule(py, text.trim(), path, globals);
	const run = compileExpr(moduleContext(tree, undefined, false), statement.value);
	const frame = new Frame(py, module, locals, '<module>', undefined, undefined, [], [], py.frame, globals);
	return py.runFrame(frame, (f) => {
		f.result = run(f);
		return RETURN;
	});
}

function textModule(py: Machine, text: string, path: string, names: Namespace): PyModule {
	const name = names.get('__name__');
	const module = new PyModule(typeof name === 'string' ? name : 'builtins');
	module.source = makeSource(path, text);
	const known = typeof name === 'string' ? py.modules.get(name) : undefined;
	if (known instanceof PyModule) module.path = known.path;
	return module;
}
