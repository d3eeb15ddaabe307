import type { Interpreter } from '../../python/runtime/interpreter';
import { namesOf } from '../../python/runtime/scopes';
import type { Expr } from '../../python/syntax/ast';
import type { Value } from '../../python/values';
import { type Guarded, loops } from '../guards';
import { type Binding, bindingsOf } from './bindings';
import { itemOf, itemsOf, made } from './items';
import type { PossibleValues } from './possible';
import { Kept, known, outermost, type Possible, type Scope, unknown } from './scope';

/** What the names of a function may stand for where they are read. */
export class Variables {
	private readonly known = new Kept<Guarded | string, readonly Possible[]>();

	constructor(
		private readonly py: Interpreter,
		private readonly possible: PossibleValues,
	) {}

	/** What a name stands for. */
	named(name: string, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		const { py } = this;
		const { bound, globals } = namesOf(scope.node);
		if (bound.has(name) && !globals.has(name)) return this.local(name, scope, at);
		if (!globals.has(name)) {
			for (let outer = scope.parent; outer; outer = outer.parent)
				if (namesOf(outer.node).bound.has(name)) return this.local(name, outer, undefined);
			const { fn } = outermost(scope);
			const index = fn?.code.closure.indexOf(name) ?? -1;
			const cell = index >= 0 ? fn?.closure[index] : undefined;
			if (cell) return cell.value === undefined ? [] : [known(cell.value)];
		}
		const found = made(this.py, () => py.findAttr(scope.module, name) ?? py.builtin(name));
		if (found.kind === 'value' && scope.module.names.has(name) && !isSettings(py, found.value)) this.possible.isVolatile = true;
		return [found];
	}

	private local(name: string, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		return this.possible.questions.kept(this.known, scope, at ?? '', name, () => this.reaching(name, scope, at));
	}

	private reaching(name: string, scope: Scope, at: Guarded | undefined): readonly Possible[] {
		return this.possible.questions.once(scope.node, name, () => {
			const given = scope.parameters.get(name);
			const list = bindingsOf(scope.node).get(name) ?? [];
			const out: Possible[] = [];
			if (list.length === 0 && !given) return [unknown(`it depends on ${name}`)];
			// A test says nothing of what the name is bound to after it.
			const add = (values: readonly Possible[], site?: Guarded) => {
				const tests = at?.guards.filter((guard, index) => guard !== site?.guards[index]) ?? [];
				out.push(...values.filter((one) => tests.every((guard) => this.possible.answers.agrees(one, name, guard))));
			};
			let reach = list.map((one) => ('site' in one ? one : { site: one }));
			if (at) {
				const before = reach.filter(({ site }) => site.statement.start <= at.statement.start && site !== at);
				// Of what surely runs before, only the last counts.
				const last = before.findLastIndex(({ site }) => site.guards.every((one, index) => one === at.guards[index]));
				if (last >= 0 || !loops(at)) reach = last >= 0 ? before.slice(last) : before;
				if (last < 0 && given) add(given);
			} else if (given) add(given);
			for (const one of reach) {
				if (this.possible.answers.ruledOut(one.site, scope)) continue;
				add('value' in one ? this.bindingOf(one, scope) : [unknown(`it depends on ${name}`)], one.site);
			}
			return out;
		});
	}

	private bindingOf({ value, path, site }: Binding, scope: Scope): readonly Possible[] {
		if (value.kind === 'FunctionDef') return [{ kind: 'inner', node: value, scope }];
		return this.unpacked(value, path, scope, site);
	}

	/** What a target of an assignment or loop gets of the value. */
	unpacked(value: Expr, path: Binding['path'], scope: Scope, at: Guarded): readonly Possible[] {
		let all = this.possible.of(value, scope, at);
		for (const step of path)
			all = all.flatMap((one) => (step === 'item' ? itemsOf(this.py, one) : itemOf(this.py, one, known(step))));
		return all;
	}
}

const isSettings = (py: Interpreter, value: Value): boolean => py.typeOf(value).moduleName === 'django.conf';
