import type { ClassDef, Stmt } from '../../syntax/ast';
import { docstringOf } from '../../syntax/function-body';
import { type Namespace, PyCell, PyObject, PyTuple, trial, typeType, type Value } from '../../values';
import { type Exec, Frame, NORMAL, type Run } from '../frames';
import { compileKeywords } from './calls';
import type { Context } from './context';
import { compileItems } from './displays';
import { compileDecorated } from './functions';
import { captureCell, storeName } from './names';
import { Scope } from './scope';
import { compileBlock } from './statements';
import { annotationScope, genericBase } from './type-parameters';
import { compileWaiting } from './waiting';

/** A class statement: bases, metaclass, body, the metaclass's call, decorators. */
export function compileClass(c: Context, node: ClassDef): Exec {
	const value = compileClassValue(c, node);
	const store = storeName(c, node.name);
	const defer = c.scope.kind === 'module' ? c.defer : undefined;
	return (f) => {
		if (!defer?.(node)) store(f, value(f));
		return NORMAL;
	};
}

/** The class with its decorators applied, its name not bound. */
export function compileClassValue(c: Context, node: ClassDef): Run {
	return compileDecorated(c, node.decorators, compileClassObject(c, node));
}

function compileClassObject(c: Context, node: ClassDef): Run {
	const { typeParams } = node;
	if (!typeParams) {
		const make = compileBody(c, node);
		return (f) => make(f);
	}
	const around = annotationScope(c, node, typeParams);
	const make = compileBody(around.context, node);
	return (f) => {
		const { frame, variables } = around.enter(f);
		return make(frame, { base: genericBase(frame, typeParams, variables), variables: new PyTuple(variables) });
	};
}

/** What `class Name[T]` adds: a base and `__type_params__`. */
interface Generic {
	readonly base: Value;
	readonly variables: PyTuple;
}

function compileBody(c: Context, node: ClassDef): (f: Frame, generic?: Generic) => Value {
	const bases = compileItems(c, node.bases);
	const keywords = node.keywords.length > 0 ? compileKeywords(c, node.keywords) : undefined;
	const scope = Scope.nested(node, c.scope);
	const qualname = `${c.qualifier}${node.name}`;
	const inside: Context = {
		...c,
		scope,
		qualifier: `${qualname}.`,
		className: node.name,
		guarded: false,
		waits: false,
		kept: undefined,
		summarised: undefined,
	};
	let body: Exec | undefined;
	const doc = docstringOf(node.body);
	const captured = scope.layout.free.map((name) => c.scope.cellOf(name));
	const classCell = scope.layout.cells.get('__class__') ?? -1;
	return (f, generic) => {
		const { py } = f;
		const written = bases(f);
		const given = generic ? [...written, generic.base] : written;
		const named = keywords?.(f) ?? new Map<string, Value>();
		f.node = node;
		const plan = py.classes.prepare(node.name, given, named);
		const names: Namespace = plan.names;
		const moduleName = f.globals.get('__name__');
		names.set('__module__', typeof moduleName === 'string' ? moduleName : f.module.name);
		names.set('__qualname__', qualname);
		if (doc !== undefined) names.set('__doc__', doc);
		const cell = new PyCell();
		const cells = captured.map((index) => captureCell(f, index));
		cells[classCell] = cell;
		body ??= compileBlock(inside, node.body, plan.metaclass === typeType ? insteadOf(c, inside, node.body) : undefined);
		const frame = new Frame(py, f.module, names, node.name, f.function, undefined, [], cells, f, f.globals);
		frame.node = node;
		py.runFrame(frame, body);
		f.node = node;
		if (generic) names.set('__type_params__', generic.variables);
		const cls = py.classes.finish(plan, { module: f.module, node }, qualname, cell);
		return cls;
	};
}

/** How statements of a plain class's body run otherwise than they are written. */
function insteadOf(c: Context, inside: Context, body: readonly Stmt[]): ReadonlyMap<Stmt, Exec> | undefined {
	const waiting = c.waits ? compileWaiting(inside, body) : undefined;
	return c.kept ? new Map([...(waiting ?? []), ...keptAttributes(c.kept)]) : waiting;
}

function* keptAttributes(kept: ReadonlyMap<Stmt, Value>): Generator<[Stmt, Exec]> {
	for (const [node, value] of kept) {
		const target = node.kind === 'Assign' ? node.targets[0] : undefined;
		if (target?.kind !== 'Name') continue;
		const exec: Exec = (f) => {
			if (value instanceof PyObject) trial?.add(value);
			f.names.set(target.id, value);
			return NORMAL;
		};
		yield [node, exec];
	}
}
