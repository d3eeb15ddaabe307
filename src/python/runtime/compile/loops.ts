import type { For, Name, Stmt, While } from '../../syntax/ast';
import { PyRange, type Value } from '../../values';
import { BREAK, type Exec, type Frame, NORMAL, RETURN } from '../frames';
import { noteEnds } from './conditionals';
import type { Context } from './context';
import { Rounds } from './endless';
import { compileExpr } from './expressions';
import { compileBlock } from './statements';
import { compileStore } from './targets';

export function compileFor(c: Context, node: For): Exec {
	const iter = compileExpr(c, node.iter);
	const store = compileStore(c, node.target);
	const body = compileBlock({ ...c, inLoop: true }, node.body);
	const orelse = compileBlock(c, node.orelse);
	const filled = filledNames(node.body).map((name) => compileExpr(c, name));
	return (f) => {
		const { py } = f;
		const source = iter(f);
		f.node = node.iter;
		if (source instanceof PyRange) {
			const { start, step, length } = source;
			for (let i = 0; i < length; i++) {
				py.budget.step();
				store(f, start + i * step);
				const done = body(f);
				if (done === BREAK) return NORMAL;
				if (done === RETURN) return RETURN;
			}
			return orelse(f);
		}
		// What the loop would leave in its variables is as unknown as what it goes over.
		const unknown = py.unknownIn(source);
		if (unknown) {
			store(f, unknown);
			for (const name of filled) {
				const dict = boundValue(f, name);
				if (dict) py.unknowns.leaveIncomplete(dict, unknown);
			}
		}
		for (const item of py.iterate(source)) {
			py.budget.step();
			store(f, item);
			const done = body(f);
			if (done === BREAK) return NORMAL;
			if (done === RETURN) return RETURN;
		}
		return orelse(f);
	};
}

/** The value of a name; undefined while it has none. */
function boundValue(f: Frame, name: (f: Frame) => Value): Value | undefined {
	try {
		return name(f);
	} catch (error) {
		if (f.py.caught(error, 'NameError')) return undefined;
		throw error;
	}
}

export function compileWhile(c: Context, node: While): Exec {
	noteEnds(node);
	const test = compileExpr(c, node.test);
	const body = compileBlock({ ...c, inLoop: true }, node.body);
	const orelse = compileBlock(c, node.orelse);
	return (f) => {
		const { py } = f;
		const rounds = new Rounds(f, node);
		while (py.truth(test(f))) {
			py.budget.step();
			const done = body(f);
			if (done === BREAK) return NORMAL;
			if (done === RETURN) return RETURN;
			if (rounds.over()) break;
		}
		return orelse(f);
	};
}

/** The names of `name[…] = …` in a loop's body. */
function filledNames(body: readonly Stmt[]): Name[] {
	return body.flatMap((statement): Name[] => {
		switch (statement.kind) {
			case 'Assign':
				return statement.targets.flatMap((target) =>
					target.kind === 'Subscript' && target.value.kind === 'Name' ? [target.value] : [],
				);
			case 'If':
			case 'For':
				return [...filledNames(statement.body), ...filledNames(statement.orelse)];
			case 'With':
			case 'Try':
				return filledNames(statement.body);
			default:
				return [];
		}
	});
}
