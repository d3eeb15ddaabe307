import type { ClassDef, Expr, Stmt } from '../../syntax/ast';
import { ParsedClass } from '../../syntax/class-body';
import { onlyDefines } from '../../syntax/class-lines';
import { objectType, PyClass, PyUnknown, typeType, type Value } from '../../values';
import { compileClassValue } from '../compile/classes';
import type { Context } from '../compile/context';
import { compileExpr } from '../compile/expressions';
import { isolated } from '../isolation';
import { reportSyntax } from '../syntax-problems';
import { DeferredClass } from './deferred-class';
import { ancestorsOf, type OutlineQuestion } from './outlines';
import { peek } from './peek';
import {
	addedNames,
	hasNoHook,
	isQuietBase,
	isQuietClass,
	isQuietDecorator,
	isQuietFactory,
	isQuietName,
	postponedKind,
} from './quiet';
import type { TypeAliases } from './type-aliases';
import { typingName } from './typing-names';
import { WaitingStatements } from './waiting-statements';

/** The class statements of one module, while its body runs. */
export class ClassDeferral extends WaitingStatements {
	/** Binds the class's name and lets the statement wait; false when it has to run now. */
	defer(node: ClassDef): boolean {
		const { py, frame, context } = this;
		if (node.typeParams || context.summarised?.has(node.name) || frame.names.has(node.name)) return false;
		const text = frame.module.source?.text.slice(node.start, node.end);
		if (text === undefined) return false;
		if (this.outline(node, text)) return true;
		const kinds = new Set<string>();
		for (const decorator of node.decorators) {
			const kind = postponedKind(decorator);
			if (kind !== undefined) kinds.add(kind);
			else if (!isQuietDecorator(frame, decorator)) return false;
		}
		for (const keyword of node.keywords) {
			if (keyword.arg === 'total' && keyword.value.kind === 'Constant') continue;
			if (keyword.arg !== 'metaclass') return false;
			let metaclass = peek(py, frame, keyword.value);
			if (metaclass instanceof DeferredClass) metaclass = metaclass.resolve();
			if (!(metaclass instanceof PyClass && isQuietClass(metaclass, true))) return false;
		}
		const bases: (PyClass | DeferredClass)[] = [];
		for (const base of node.bases) {
			if (isQuietFactory(typingName(frame.names, base))) continue;
			const value = peek(py, frame, base.kind === 'Subscript' ? base.value : base);
			if (value instanceof DeferredClass) {
				if (!value.quiet) return false;
			} else if (!(value instanceof PyClass && isQuietClass(value))) return false;
			bases.push(value);
		}
		if (!this.isStable(node, text) || !this.isQuietBody(node)) return false;
		const target = `${frame.module.name}.${node.name}`;
		const born = py.classes.nextBirth();
		const deferred: DeferredClass = new DeferredClass(
			() => {
				if (deferred.made !== undefined) return deferred.made;
				if (making) return py.raise('NameError', `name '${node.name}' is not defined`);
				making = true;
				try {
					deferred.made = this.outlineQuiet(node, text, born) ?? this.make(node, born);
					py.classes.deferred.made(deferred, deferred.made);
				} finally {
					making = false;
				}
				return deferred.made;
			},
			target,
			bases.length > 0 ? bases : [objectType],
			isQuietBase(target, text),
			born,
			kinds.size === 0,
		);
		let making = false;
		py.classes.deferred.add(deferred);
		for (const kind of kinds) py.postpone(kind, deferred.resolve);
		frame.names.set(node.name, deferred);
		return true;
	}

	/** Makes no more than the outline of a class, where its metaclass has somebody who knows enough; false when it has to run now. */
	private outline(node: ClassDef, text: string): boolean {
		const { py, frame } = this;
		if (this.guarded || node.keywords.length > 0 || py.outlines.outliners.size === 0) return false;
		const found = node.bases.map((base) => peek(py, frame, base));
		if (!found.some((one) => one instanceof PyClass && py.outlines.outliners.has(one.cls))) return false;
		const bases: PyClass[] = [];
		for (const value of found) {
			const cls = value instanceof DeferredClass ? value.resolve() : value;
			if (!(cls instanceof PyClass) || cls.unknownBase) return false;
			bases.push(cls);
		}
		const [metaclass, ...others] = new Set(bases.map(({ cls }) => cls).filter((one) => one !== typeType));
		const outliner = metaclass && py.outlines.outliners.get(metaclass);
		if (!outliner || others.length > 0) return false;
		const ancestors = ancestorsOf(node.name, bases, metaclass);
		if (!ancestors || !this.isStable(node, text)) return false;
		const question: OutlineQuestion = {
			node,
			module: frame.module,
			bases,
			ancestors,
			peek: (expr) => peek(py, frame, expr),
			isQuietDecorator: (expr) => isQuietDecorator(frame, expr),
		};
		const outline = outliner.outline(py, question);
		if (!outline) return false;
		const outlined = py.outlines.make(py, question, metaclass, outline, (cls) => {
			const made = this.make(node, cls.born);
			if (made instanceof PyUnknown) cls.unknownBase = made;
		});
		frame.names.set(node.name, outlined);
		return true;
	}

	/** The class that a quiet statement makes, without its body: most are named to be passed on, or for one method of a base. */
	private outlineQuiet(node: ClassDef, text: string, born: number): PyClass | undefined {
		const { py, frame } = this;
		if (node.decorators.length > 0 || node.keywords.length > 0 || text.includes('__slots__')) return undefined;
		for (const qualname of py.summaries.get(frame.module.name)?.keys() ?? [])
			if (qualname.startsWith(`${node.name}.`)) return undefined;
		const bases: PyClass[] = [];
		for (const base of node.bases) {
			const value = base.kind === 'Subscript' ? undefined : peek(py, frame, base);
			const cls = value instanceof DeferredClass ? value.resolve() : value;
			if (!(cls instanceof PyClass) || cls.unknownBase || !hasNoHook(cls)) return undefined;
			bases.push(cls);
		}
		if (bases.length === 0) bases.push(objectType);
		const [metaclass = typeType, ...others] = new Set(bases.map(({ cls }) => cls).filter((one) => one !== typeType));
		const added = addedNames(metaclass);
		if (others.length > 0 || !added) return undefined;
		const ancestors = ancestorsOf(node.name, bases, metaclass);
		if (!ancestors) return undefined;
		const { module } = frame;
		const cls = py.outlines.make(py, { node, module, bases, ancestors }, metaclass, { added }, (one) => {
			// Whoever was ready for what the statement raises is so no more.
			const made = this.make(node, born, false);
			if (made instanceof PyUnknown) one.unknownBase = made;
		});
		cls.born = born;
		return cls;
	}

	/** How to compile a statement that runs now; `types` lets names of types wait. */
	contextOf(node: Stmt, types: TypeAliases): Context {
		const { context, frame } = this;
		if (node.kind === 'If' && branchesOnly(node.body) && branchesOnly(node.orelse))
			return { ...context, defer: (inner) => (inner.kind === 'ClassDef' ? this.defer(inner) : types.postpone(inner)) };
		// A class that takes the name of what its body means by it: `backend = Engine` in `class Engine`.
		if (node.kind !== 'ClassDef' || frame.names.has(node.name)) return context;
		const text = frame.module.source?.text.slice(node.start, node.end);
		return text !== undefined && this.isStable(node, text) ? { ...context, waits: !this.guarded } : context;
	}

	/** Whether the names it uses mean the same for good. */
	private isStable(node: ClassDef, text: string): boolean {
		return !this.rebindings.reaches(text, node.start);
	}

	/** Lets `Field.register_lookup(Exact)` wait as well. */
	postpone({ value }: Extract<Stmt, { kind: 'Expr' }>): boolean {
		if (value.kind !== 'Call' || value.keywords.length > 0 || !value.args.every(isName)) return false;
		const kind = isName(value.func) ? undefined : postponedKind(value.func);
		if (kind === undefined || !(value.func.kind === 'Attribute' && isName(value.func.value))) return false;
		const { py, frame, context } = this;
		py.postpone(kind, () => void py.inFrame(frame, compileExpr(context, value)));
		return true;
	}

	/** What runs in the class's body is seen by nobody else, as far as the text tells. */
	private isQuietBody(node: ClassDef): boolean {
		const { frame } = this;
		if (!(node instanceof ParsedClass))
			return node.body.every((one) => one.kind === 'Expr' || one.kind === 'Pass' || one.kind === 'Assign');
		const text = frame.module.source?.text ?? '';
		return onlyDefines(text, node.bodyStart, node.end, (root, last) => isQuietName(frame, root, last));
	}

	/** Runs the statement in the place where it stands. What it raises costs the class, as it would there. */
	private make(node: ClassDef, born: number, guarded = this.guarded): Value {
		const { py, frame, context } = this;
		const { classes } = py;
		const { source } = frame.module;
		const { time } = classes;
		classes.time = born;
		try {
			return this.inItsPlace(node, guarded, () =>
				py.inFrame(frame, (late) => {
					late.node = node;
					const errors = this.tree.errors.length;
					try {
						const made = compileClassValue({ ...context, waits: !guarded }, node)(late);
						if (made instanceof PyClass) made.born = born;
						return made;
					} catch (error) {
						const unknown = isolated(py, error, late) ?? (guarded ? undefined : py.imports.unreadable(frame.module, error));
						if (!unknown) throw error;
						return unknown;
					} finally {
						// Whoever has read the body before has met its errors first.
						const own = this.tree.errors.filter(({ start }, at) => at >= errors || (start >= node.start && start <= node.end));
						reportSyntax(py, own, source, py.running);
					}
				}),
			);
		} finally {
			classes.time = time;
		}
	}
}

/** Statements that run at most once, and whose exceptions nobody catches. */
function branchesOnly(body: readonly Stmt[]): boolean {
	return body.every((node) =>
		node.kind === 'If' ? branchesOnly(node.body) && branchesOnly(node.orelse) : !/^(?:For|While|Try|With|Match)$/.test(node.kind),
	);
}

const isName = (node: Expr): boolean => node.kind === 'Name';
