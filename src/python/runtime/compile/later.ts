import type { Assign } from '../../syntax/ast';
import { LazyBinding, PyClass, WaitingAttributes, wrote } from '../../values';
import { type Exec, NORMAL } from '../frames';
import type { Context } from './context';
import { compileExpr } from './expressions';
import { compileStore } from './targets';
import { late } from './waiting';

/**
 * `made.attribute = …` in a function of a library that a summary names: what is costly to work out, changes nothing else, and is asked
 * for by requests alone. The class gets the attribute at once, and its value when somebody asks for it.
 */
export function compileLater(c: Context, attributes: ReadonlySet<string>, node: Assign): Exec | undefined {
	const [target] = node.targets;
	if (target?.kind !== 'Attribute' || node.targets.length > 1 || !attributes.has(target.attr)) return undefined;
	const object = compileExpr(c, target.value);
	const store = compileStore(c, target);
	const now = compileExpr(c, node.value);
	return (f) => {
		const owner = object(f);
		if (!(owner instanceof PyClass)) store(f, now(f));
		else {
			waiting(owner).wait(target.attr, new LazyBinding(late(c, node.value, f), `${owner.name}.${target.attr}`));
			wrote(owner);
			owner.invalidate();
		}
		return NORMAL;
	};
}

/** The attributes of a class, as those that may wait. */
function waiting(owner: PyClass): WaitingAttributes {
	const { dict } = owner;
	if (dict instanceof WaitingAttributes) return dict;
	const attributes = new WaitingAttributes();
	for (const [name, value] of dict) attributes.set(name, value);
	owner.dict = attributes;
	return attributes;
}
