import type { Expr, Stmt } from '../../syntax/ast';
import { LazyBinding, type Value } from '../../values';
import { compileExpr } from '../compile/expressions';
import { compileStmt } from '../compile/statements';
import { isProjectModule } from '../isolation';
import { typingName } from './typing-names';
import { WaitingStatements } from './waiting-statements';

/**
 * Names of types in libraries: `Callback = Callable[[int], str]`, `T = TypeVar('T')`. Annotations use them, which nobody evaluates here,
 * and `typing`, which makes them, is long: they are made when somebody asks for them.
 */
export class TypeAliases extends WaitingStatements {
	/** Lets the assignment wait; false when it has to run now. */
	postpone(node: Stmt): boolean {
		if (this.guarded) return false;
		const { py, frame, context } = this;
		const alias = this.aliasOf(node);
		if (!alias || isProjectModule(py, frame.module) || frame.names.has(alias.name) || context.summarised?.has(alias.name))
			return false;
		const { name, value } = alias;
		const text = frame.module.source?.text.slice(value.start, value.end);
		if (text === undefined || text.includes(':=') || this.rebindings.reaches(text, node.start)) return false;
		const make = (): Value =>
			this.inItsPlace(node, false, () =>
				py.inFrame(frame, (late) => {
					late.node = node;
					return compileExpr(context, value)(late);
				}),
			);
		if (node.kind === 'AnnAssign') {
			const { value: _, ...annotated } = node;
			compileStmt(context, annotated)(frame);
		}
		frame.names.set(name, new LazyBinding(make, `${frame.module.name}.${name}`));
		return true;
	}

	/** `Name = Union[…]`, and `Name: TypeAlias = …`. */
	private aliasOf(node: Stmt): { readonly name: string; readonly value: Expr } | undefined {
		if (node.kind === 'AnnAssign') {
			const { target, value, annotation } = node;
			if (target.kind !== 'Name' || !value) return undefined;
			return this.nameOf(annotation) === 'TypeAlias' && isTypeText(value) ? { name: target.id, value } : undefined;
		}
		if (node.kind !== 'Assign') return undefined;
		const [target] = node.targets;
		if (target?.kind !== 'Name' || node.targets.length > 1 || !this.isType(node.value)) return undefined;
		return { name: target.id, value: node.value };
	}

	private isType(node: Expr): boolean {
		if (node.kind === 'Subscript') return this.nameOf(node.value) !== undefined;
		return node.kind === 'Call' && makers.has(this.nameOf(node.func) ?? '');
	}

	private readonly nameOf = (node: Expr) => typingName(this.frame.names, node);
}

/** Types written without a call. */
function isTypeText(node: Expr): boolean {
	switch (node.kind) {
		case 'Name':
		case 'Constant':
			return true;
		case 'Attribute':
			return isTypeText(node.value);
		case 'Subscript':
			return isTypeText(node.value) && isTypeText(node.slice);
		case 'Tuple':
		case 'List':
			return node.elts.every(isTypeText);
		case 'BinOp':
			return node.op === '|' && isTypeText(node.left) && isTypeText(node.right);
		default:
			return false;
	}
}

const makers: ReadonlySet<string> = new Set(['TypeVar', 'TypeVarTuple', 'ParamSpec', 'NewType', 'ForwardRef']);
