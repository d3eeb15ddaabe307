import type { Interpreter } from '../../python/runtime/interpreter';
import { PyClass, PyClassMethod, PyFunction, PyProperty, PyStaticMethod, type Value } from '../../python/values';
import { guardedStatements } from '../guards';
import { made } from './items';
import type { PossibleValues } from './possible';
import {
	type Arguments,
	definerAfter,
	firstName,
	type Instance,
	isAssigned,
	known,
	noArguments,
	type Possible,
	plainFunction,
	unknown,
} from './scope';

/** What the attributes of possible values may be, those of the middleware itself and of what it makes among them. */
export class Attributes {
	constructor(
		private readonly py: Interpreter,
		private readonly possible: PossibleValues,
	) {}

	of(one: Possible, name: string): readonly Possible[] {
		switch (one.kind) {
			case 'request':
				return [unknown('it depends on the request')];
			case 'instance':
				return this.ofInstance(one, name);
			case 'value': {
				const { value } = one;
				if (value instanceof PyClass && value.source) {
					const found = value.lookup(name);
					const owner = definerAfter(value, name);
					if (found instanceof PyFunction && owner) return [{ kind: 'method', fn: found, first: undefined, owner }];
				}
				return [made(this.py, () => this.py.getAttr(value, name))];
			}
			case 'unknown':
				return [one];
			default:
				return [unknown('it is worked out on the way')];
		}
	}

	/** An attribute of an instance: what its methods assign to it, else what its class has. */
	private ofInstance(self: Instance, name: string): readonly Possible[] {
		const { cls } = self;
		const assigned = this.possible.questions.once(cls, name, () => this.assigned(self, name));
		if (assigned.length > 0) return assigned;
		const found = cls.lookup(name);
		const owner = definerAfter(cls, name);
		if (found === undefined || !owner) return [unknown(`it depends on self.${name}`)];
		if (found instanceof PyProperty) {
			const getter = this.methodOf(found.fget, self, owner)[0];
			const scope = getter && this.possible.calls.scopeOf(getter, noArguments, 2);
			return scope ? this.possible.calls.returned(scope) : [unknown(`it depends on self.${name}`)];
		}
		return this.methodOf(found, self, owner);
	}

	private assigned(self: Instance, name: string): Possible[] {
		const out: Possible[] = [];
		for (const cls of self.cls.mro)
			for (const fn of cls.dict.values()) {
				if (!(fn instanceof PyFunction) || !isAssigned(fn, name)) continue;
				const given = fn === cls.lookup('__init__') ? this.initial(self, fn) : noArguments;
				const scope = this.possible.calls.scopeOf({ kind: 'method', fn, first: self, owner: cls }, given, 1);
				if (!scope) continue;
				for (const site of guardedStatements(scope.node)) {
					const { statement } = site;
					if (statement.kind !== 'Assign' && statement.kind !== 'AnnAssign') continue;
					const targets = statement.kind === 'Assign' ? statement.targets : [statement.target];
					const own = targets.some(
						(one) => one.kind === 'Attribute' && one.attr === name && one.value.kind === 'Name' && one.value.id === firstName(fn),
					);
					if (own && statement.value && !this.possible.answers.ruledOut(site, scope))
						out.push(...this.possible.of(statement.value, scope, site));
				}
			}
		return out;
	}

	/** What an `__init__` of the MRO is called with: as the class is, or by the one before it through `super()`. */
	private initial(self: Instance, wanted: PyFunction): Arguments {
		const { calls } = this.possible;
		let given = self.made ?? noArguments;
		for (let cls = definerAfter(self.cls, '__init__'); cls; cls = definerAfter(self.cls, '__init__', cls)) {
			const fn = cls.dict.get('__init__');
			if (fn === wanted || !(fn instanceof PyFunction)) break;
			const scope = calls.scopeOf({ kind: 'method', fn, first: self, owner: cls }, given, 1);
			const found = scope && calls.ofSuper(scope, '__init__');
			if (!found) return noArguments;
			given = found;
		}
		return given;
	}

	/** A method that is found in a class of the MRO, as `self` or nobody has it. */
	methodOf(found: Value, self: Possible, owner: PyClass): readonly Possible[] {
		if (found instanceof PyStaticMethod) return this.asMethod(found.func, undefined, owner);
		if (found instanceof PyClassMethod)
			return this.asMethod(found.func, self.kind === 'instance' ? known(self.cls) : undefined, owner);
		return this.asMethod(found, self, owner);
	}

	private asMethod(found: Value, first: Possible | undefined, owner: PyClass): readonly Possible[] {
		const fn = plainFunction(this.py, found);
		return [fn ? { kind: 'method', fn, first, owner } : known(found)];
	}
}
