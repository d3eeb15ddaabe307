import type { Expr, Stmt } from '../../syntax/ast';
import { LazyBinding, PyClass, PyFunction, PyModule, PyObject, type Value } from '../../values';
import { compileExpr } from '../compile/expressions';
import { isProjectModule } from '../isolation';
import { WaitingStatements } from './waiting-statements';

/**
 * Names of types in libraries: `Callback = Callable[[int], str]`, `T = TypeVar('T')`. Annotations use them, which nobody evaluates here,
 * and `typing`, which makes them, is long: they are made when somebody asks for them.
 */
export class TypeAliases extends WaitingStatements {
	/** Lets the assignment wait; false when it has to run now. */
	postpone(node: Stmt): boolean {
		if (node.kind !== 'Assign' || this.guarded) return false;
		const [target] = node.targets;
		const { py, frame, context } = this;
		if (target?.kind !== 'Name' || node.targets.length > 1 || !this.isType(node.value)) return false;
		if (isProjectModule(py, frame.module) || frame.names.has(target.id) || context.summarised?.has(target.id)) return false;
		const text = frame.module.source?.text.slice(node.start, node.end);
		if (text === undefined || text.includes(':=') || this.rebindings.reaches(text, node.start)) return false;
		const make = (): Value =>
			this.inItsPlace(node, false, () =>
				py.inFrame(frame, (late) => {
					late.node = node;
					return compileExpr(context, node.value)(late);
				}),
			);
		frame.names.set(target.id, new LazyBinding(make, `${frame.module.name}.${target.id}`));
		return true;
	}

	private isType(node: Expr): boolean {
		if (node.kind === 'Subscript') return this.typingName(node.value) !== undefined;
		return node.kind === 'Call' && makers.has(this.typingName(node.func) ?? '');
	}

	/** `Union` of `Union`, `typing.Union` and `t.Union`, as far as the name is that of `typing`. */
	private typingName(node: Expr): string | undefined {
		const { names } = this.frame;
		if (node.kind === 'Attribute' && node.value.kind === 'Name') {
			const owner = names.get(node.value.id);
			const module = owner instanceof PyModule ? owner.name : owner instanceof LazyBinding ? owner.target : '';
			return isTyping(module) ? node.attr : undefined;
		}
		if (node.kind !== 'Name') return undefined;
		const bound = names.get(node.id);
		if (bound instanceof LazyBinding) {
			const dot = bound.target.lastIndexOf('.');
			return isTyping(bound.target.slice(0, Math.max(dot, 0))) ? bound.target.slice(dot + 1) : undefined;
		}
		if (bound instanceof PyClass || bound instanceof PyFunction) return isTyping(bound.moduleName) ? node.id : undefined;
		// `Union` is an object of a class of its own.
		return bound instanceof PyObject && isTyping(bound.cls.moduleName) ? node.id : undefined;
	}
}

const isTyping = (module: Value | undefined) => module === 'typing' || module === 'typing_extensions';
const makers: ReadonlySet<string> = new Set(['TypeVar', 'TypeVarTuple', 'ParamSpec', 'NewType', 'ForwardRef']);
