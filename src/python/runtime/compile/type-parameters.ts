import type { ClassDef, FunctionDef, Stmt, TypeAlias, TypeParameter } from '../../syntax/ast';
import { PyCell, PyTuple, type Value } from '../../values';
import { type Exec, Frame, NORMAL } from '../frames';
import { native } from '../native';
import { namesOf } from '../scopes';
import type { Context } from './context';
import { compileExpr } from './expressions';
import { captureCell, storeName } from './names';
import { Scope } from './scope';

/** The scope that `[T, *Ts, **P]` opens around a class or function (PEP 695): as a function's whose parameters they are. */
export interface AnnotationScope {
	/** To compile what sees the parameters. */
	readonly context: Context;
	/** A frame of that scope, the parameters bound to fresh type variables. */
	enter(f: Frame): { readonly frame: Frame; readonly variables: readonly Value[] };
}

export function annotationScope(
	c: Context,
	node: ClassDef | FunctionDef | TypeAlias,
	parameters: readonly TypeParameter[],
): AnnotationScope {
	const { start, end } = node;
	const around: FunctionDef = {
		kind: 'FunctionDef',
		start,
		end,
		async: false,
		name: node.name,
		nameStart: start,
		args: { posonly: [], args: parameters.map(({ name }) => ({ start, end, name })), kwonly: [] },
		body: [node.kind === 'TypeAlias' ? valueStatement(node) : node],
		decorators: [],
		decorated: start,
		generator: false,
	};
	// The class or function itself is bound outside.
	if (!parameters.some(({ name }) => name === node.name)) namesOf(around).bound.delete(node.name);
	const scope = Scope.nested(around, c.scope);
	const { layout } = scope;
	const captured = layout.free.map((name) => c.scope.cellOf(name));
	return {
		context: { ...c, scope, waits: false, summarised: undefined },
		enter: (f) => {
			const cells = captured.map((index) => captureCell(f, index));
			for (const index of scope.ownCells) cells[index] = new PyCell();
			const slots: (Value | undefined)[] = new Array(layout.slotCount).fill(undefined);
			const typing = f.py.importModule('typing');
			const variables = parameters.map(({ name, kind }) => {
				const inferred: ReadonlyMap<string, Value> = new Map(
					kind === 'TypeVarTuple' || !since312(f) ? [] : [['infer_variance', true]],
				);
				const variable = f.py.call(f.py.getAttr(typing, kind), [name], inferred);
				const access = scope.access(name);
				if (access.kind === 'slot') slots[access.index] = variable;
				const cell = access.kind === 'cell' ? cells[access.index] : undefined;
				if (cell) cell.value = variable;
				return variable;
			});
			const frame = new Frame(f.py, f.module, f.globals, node.name, f.function, layout, slots, cells, f, f.globals);
			frame.node = node;
			return { frame, variables };
		},
	};
}

const since312 = ({ py }: Frame) => py.version[0] > 3 || py.version[1] >= 12;

const valueStatement = ({ start, end, value }: TypeAlias): Stmt => ({ kind: 'Expr', start, end, value });

/** `type Name[T] = value`: the value is evaluated when it is asked for. */
export function compileTypeAlias(c: Context, node: TypeAlias): Exec {
	const store = storeName(c, node.name);
	const around = annotationScope(c, node, node.typeParams ?? []);
	const value = compileExpr(around.context, node.value);
	return (f) => {
		const { py } = f;
		const { frame, variables } = around.enter(f);
		const evaluate = native('evaluate', '', () => py.inFrame(frame, value));
		const make = py.findAttr(py.importModule('_typing'), '_waiting_alias');
		const alias = make === undefined ? undefined : py.call(make, [node.name, evaluate, new PyTuple(variables)]);
		store(f, alias ?? py.unknown('a type alias'));
		return NORMAL;
	};
}

/** The base that a class with type parameters gets: `Generic[T, *Ts, **P]`, as `_Py_subscript_generic` makes it (Python 3.12, Objects/typevarobject.c). */
export function genericBase({ py }: Frame, parameters: readonly TypeParameter[], variables: readonly Value[]): Value {
	const typing = py.importModule('typing');
	const items = variables.map((variable, index) =>
		parameters[index]?.kind === 'TypeVarTuple' ? py.getItem(py.getAttr(typing, 'Unpack'), variable) : variable,
	);
	return py.call(py.getAttr(typing, '_GenericAlias'), [py.getAttr(typing, 'Generic'), new PyTuple(items)]);
}
