import type { Expr, Stmt } from '../../syntax/ast';
import { LazyBinding, LazyImport, offTrial, PyRaise, type Value } from '../../values';
import { isolatedStatement } from '../compile/isolated';
import { compileStmt } from '../compile/statements';
import { DeferredClass } from './deferred-class';
import { WaitingStatements } from './waiting-statements';

/**
 * Libraries whose functions fill nothing but the library's own registries: Celery's of tasks, ReportLab's of fonts and styles. What a
 * module does with one of them when it is imported (`app = Celery('shop')`, `@app.task`, `registerFont(…)`) waits until somebody needs
 * the library: then all of it runs, in its order. (Celery puts the working folder on `sys.path`: a module that isn't found needs it, too.)
 */
const quietLibraries: ReadonlySet<string> = new Set(['celery', 'reportlab']);

/** A name that such a statement will bind. */
class LibraryBinding extends LazyBinding {
	constructor(
		resolve: () => Value,
		target: string,
		readonly library: string,
	) {
		super(resolve, target);
	}
}

/** What waits for libraries, in the order of the statements. */
export class WaitingForLibraries {
	private readonly waiting = new Map<string, (() => void)[]>();

	add(library: string, effect: () => void): void {
		const known = this.waiting.get(library);
		if (known) known.push(effect);
		else this.waiting.set(library, [effect]);
	}

	/** Runs what waits for the library; false where nothing did. */
	settle(library: string): boolean {
		const effects = this.waiting.get(library);
		if (!effects) return false;
		this.waiting.delete(library);
		for (const effect of effects) effect();
		this.settle(library);
		return true;
	}

	/** Something waits. */
	get some(): boolean {
		return this.waiting.size > 0;
	}

	settleAll(): boolean {
		const all = [...this.waiting.keys()];
		for (const library of all) this.settle(library);
		return all.length > 0;
	}
}

/** The statements of one module that do something with a library alone. */
export class LibraryStatements extends WaitingStatements {
	/** Lets the statement wait; false when it has to run now. */
	postpone(node: Stmt): boolean {
		const { py, frame, context } = this;
		const library = this.guarded ? undefined : this.libraryOfStatement(node);
		if (library === undefined || py.modules.has(library)) return false;
		const name = boundName(node);
		if (name !== undefined && (frame.names.has(name) || context.summarised?.has(name))) return false;
		if (!this.isStable(node)) return false;
		if (name === undefined) {
			py.libraries.add(library, () => this.run(node));
			return true;
		}
		const binding: LibraryBinding = new LibraryBinding(
			() => {
				py.libraries.settle(library);
				const made = frame.names.get(name);
				return made === undefined || made instanceof LibraryBinding
					? py.raise('NameError', `name '${name}' is not defined`)
					: made instanceof LazyBinding
						? py.force(frame.names, name, made)
						: made;
			},
			`${frame.module.name}.${name}`,
			library,
		);
		frame.names.set(name, binding);
		py.libraries.add(library, () => {
			// Something else may have taken the name since.
			if (frame.names.get(name) === binding) this.run(node, name);
		});
		return true;
	}

	private libraryOfStatement(node: Stmt): string | undefined {
		switch (node.kind) {
			case 'Expr':
				return node.value.kind === 'Call' ? this.libraryOf(node.value.func) : undefined;
			case 'Assign': {
				const [target] = node.targets;
				if (!target || node.targets.length > 1) return undefined;
				if (target.kind === 'Name') return node.value.kind === 'Call' ? this.libraryOf(node.value.func) : undefined;
				return target.kind === 'Attribute' || target.kind === 'Subscript' ? this.libraryOf(target) : undefined;
			}
			case 'FunctionDef': {
				const [first, ...others] = node.decorators.map((one) => this.libraryOf(one));
				return others.every((one) => one === first) ? first : undefined;
			}
			default:
				return undefined;
		}
	}

	/** The library that the root of the expression is from. */
	private libraryOf(node: Expr): string | undefined {
		let root = node;
		while (root.kind === 'Attribute' || root.kind === 'Subscript' || root.kind === 'Call')
			root = root.kind === 'Call' ? root.func : root.value;
		const bound = root.kind === 'Name' ? this.frame.names.get(root.id) : undefined;
		if (bound instanceof LibraryBinding) return bound.library;
		if (!(bound instanceof LazyBinding) || bound instanceof DeferredClass || bound.resolving) return undefined;
		const top = (bound instanceof LazyImport ? bound.module : bound.target).split('.', 1)[0] ?? '';
		return quietLibraries.has(top) ? top : undefined;
	}

	/** Whether what it mentions is the same later: no name is bound again, and nothing but the library's own is changed in place. */
	private isStable(node: Stmt): boolean {
		const { frame, rebindings } = this;
		const start = 'decorated' in node ? node.decorated : node.start;
		const text = frame.module.source?.text.slice(start, node.end);
		if (text === undefined || text.includes(':=')) return false;
		if (rebindings.reachesNames(text, node.start)) return false;
		for (const [word] of text.matchAll(/[A-Za-z_]\w*/g))
			if (!(frame.names.get(word) instanceof LibraryBinding) && rebindings.reaches(word, node.start)) return false;
		return true;
	}

	/** Runs the statement in the place where it stands. What it raises costs the name that it binds. */
	private run(node: Stmt, name?: string): void {
		const { py, frame, context } = this;
		const { budget } = py;
		const { depth } = budget;
		this.inItsPlace(node, false, () => {
			budget.depth = 0;
			try {
				offTrial(() =>
					py.inFrame(frame, (late) => {
						late.node = node;
						isolatedStatement(context, node, compileStmt(context, node))(late);
					}),
				);
			} catch (error) {
				if (!(error instanceof PyRaise)) throw error;
				const reason = py.describe(error.exception);
				py.problem(reason);
				if (name !== undefined) frame.names.set(name, py.unknown(reason));
			} finally {
				budget.depth = depth;
			}
		});
	}
}

function boundName(node: Stmt): string | undefined {
	if (node.kind === 'FunctionDef') return node.name;
	const [target] = node.kind === 'Assign' ? node.targets : [];
	return target?.kind === 'Name' ? target.id : undefined;
}
