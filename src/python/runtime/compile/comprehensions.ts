import type { Comprehension, GeneratorExp } from '../../syntax/ast';
import { PyCell, PyDict, PyGenerator, PyList, PySet, type Value } from '../../values';
import { type ComprehensionNames, Frame, type Run, type Store } from '../frames';
import { type ComprehensionNode, freeNames, namesOf } from '../scopes';
import { mergeInto } from '../unpacking';
import type { Context } from './context';
import { compileExpr } from './expressions';
import { captureCell } from './names';
import { Scope } from './scope';
import { compileStore } from './targets';

interface Clause {
	/** Absent for the first one, whose iterable is evaluated outside. */
	readonly iter: Run | undefined;
	readonly store: Store;
	readonly ifs: readonly Run[];
}

function compileClauses(c: Context, clauses: readonly Comprehension[]): Clause[] {
	return clauses.map((clause, index) => ({
		iter: index > 0 ? compileExpr(c, clause.iter) : undefined,
		store: compileStore(c, clause.target),
		ifs: clause.ifs.map((test) => compileExpr(c, test)),
	}));
}

/** Calls `emit` for each round of the innermost clause. */
function rounds(f: Frame, clauses: readonly Clause[], at: number, source: Value, emit: () => void): void {
	const clause = clauses[at];
	if (!clause) return;
	const { py } = f;
	next: for (const item of py.iterate(source)) {
		py.budget.step();
		clause.store(f, item);
		for (const test of clause.ifs) if (!py.truth(test(f))) continue next;
		const inner = clauses[at + 1];
		if (inner?.iter) rounds(f, clauses, at + 1, inner.iter(f), emit);
		else emit();
	}
}

/** By which a comprehension can ask for the names around it. */
const ASKING = ['locals', 'vars', 'dir', 'eval', 'exec'];

/** List, set and dict comprehensions run in the frame around them, with names of their own. */
export function compileComprehension(c: Context, node: ComprehensionNode): Run {
	const { used } = namesOf(node);
	if (!ASKING.some((name) => used.has(name))) return compileRounds(c, node);
	const scope = Scope.comprehension(node, c.scope);
	const names: ComprehensionNames = { outer: c.comprehension, free: freeNames(node), each: scope.eachOwn.bind(scope) };
	const run = compileRounds({ ...c, comprehension: names }, node, scope);
	return (f) => {
		const before = f.comprehension;
		f.comprehension = names;
		try {
			return run(f);
		} finally {
			f.comprehension = before;
		}
	};
}

function compileRounds(c: Context, node: ComprehensionNode, scope = Scope.comprehension(node, c.scope)): Run {
	const [first] = node.generators;
	if (!first) return () => new PyList([]);
	const source = compileExpr(c, first.iter);
	const inside: Context = { ...c, scope, item: false };
	const cells = inside.scope.ownCells;
	const clauses = compileClauses(inside, node.generators);
	const enter = (f: Frame): Value => {
		const iterable = source(f);
		for (const cell of cells) f.cells[cell] = new PyCell();
		return iterable;
	};
	if (node.kind === 'DictComp') {
		const key = node.key && compileExpr(inside, node.key);
		const value = compileExpr(inside, node.value);
		return (f) => {
			const dict = new PyDict();
			const iterable = enter(f);
			const unknown = f.py.unknownIn(iterable);
			if (unknown) f.py.unknowns.leaveIncomplete(dict, unknown);
			rounds(f, clauses, 0, iterable, () => {
				const k = key?.(f);
				if (k === undefined) mergeInto(f.py, dict, value(f));
				else dict.set(f.py, k, value(f));
				f.py.budget.items(dict.size);
			});
			return dict;
		};
	}
	const starred = node.elt.kind === 'Starred';
	const element = compileExpr(inside, node.elt.kind === 'Starred' ? node.elt.value : node.elt);
	if (node.kind === 'SetComp') {
		return (f) => {
			const set = new PySet();
			rounds(f, clauses, 0, enter(f), () => {
				if (starred) for (const item of f.py.iterate(element(f))) set.add(f.py, item);
				else set.add(f.py, element(f));
				f.py.budget.items(set.size);
			});
			return set;
		};
	}
	return (f) => {
		const items: Value[] = [];
		rounds(f, clauses, 0, enter(f), () => {
			if (starred) items.push(...f.py.list(element(f)));
			else items.push(element(f));
			if (items.length > f.py.budget.limits.items) f.py.budget.items(items.length);
		});
		return new PyList(items);
	};
}

function* generate(
	f: Frame,
	clauses: readonly Clause[],
	at: number,
	source: Value,
	element: Run,
	starred: boolean,
): Generator<Value, Value, Value> {
	const clause = clauses[at];
	if (!clause) return null;
	const { py } = f;
	next: for (const item of py.iterate(source)) {
		py.budget.step();
		clause.store(f, item);
		for (const test of clause.ifs) if (!py.truth(test(f))) continue next;
		const inner = clauses[at + 1];
		if (inner?.iter) yield* generate(f, clauses, at + 1, inner.iter(f), element, starred);
		else if (starred) yield* f.py.iterate(element(f));
		else yield element(f);
	}
	return null;
}

/** Generator expressions have a frame of their own, since they outlive the expression. */
export function compileGeneratorExpression(c: Context, node: GeneratorExp): Run {
	const [first] = node.generators;
	if (!first) return () => null;
	const source = compileExpr(c, first.iter);
	const scope = Scope.nested(node, c.scope);
	const inside: Context = { ...c, scope, qualifier: `${c.qualifier}<genexpr>.<locals>.`, item: false };
	const clauses = compileClauses(inside, node.generators);
	const starred = node.elt.kind === 'Starred';
	const element = compileExpr(inside, node.elt.kind === 'Starred' ? node.elt.value : node.elt);
	const captured = [...scope.layout.free].map((name) => c.scope.cellOf(name));
	const own = scope.ownCells;
	return (f) => {
		const iterable = source(f);
		f.node = node;
		const unknown = f.py.unknownIn(iterable);
		const iterator = unknown ?? f.py.iter(iterable);
		const cells = captured.map((index) => captureCell(f, index));
		for (const cell of own) cells[cell] = new PyCell();
		const frame = new Frame(f.py, f.module, f.globals, '<genexpr>', f.function, scope.layout, [], cells, f, f.globals);
		return new PyGenerator(generate(frame, clauses, 0, iterator, element, starred), '<genexpr>', frame);
	};
}
