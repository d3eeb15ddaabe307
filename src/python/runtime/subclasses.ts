import type { PyClass } from '../values';
import type { DeferredClasses } from './waiting/deferred-class';

/** Which classes derive from which. Built-in types outlive the interpreter, so that their subclasses are kept here. */
export class Subclasses {
	/** Those whose `__subclasses__()` somebody has asked for. */
	private readonly asked = new Set<PyClass>();
	private readonly ofBuiltins = new Map<PyClass, PyClass[]>();

	constructor(private readonly deferred: DeferredClasses) {}

	/** `__subclasses__()`: the direct ones, in order of definition; those that wait are made. */
	of(cls: PyClass): readonly PyClass[] {
		this.asked.add(cls);
		this.deferred.makeSubclasses(cls);
		return [...this.made(cls)].sort((a, b) => a.born - b.born);
	}

	made(cls: PyClass): readonly PyClass[] {
		return cls.immutable ? (this.ofBuiltins.get(cls) ?? []) : cls.children;
	}

	note(base: PyClass, cls: PyClass): void {
		if (!base.immutable) {
			base.children.push(cls);
			return;
		}
		const list = this.ofBuiltins.get(base);
		if (list) list.push(cls);
		else this.ofBuiltins.set(base, [cls]);
	}

	/** The bases forget a class. False where somebody may have met it through their `__subclasses__()`. */
	unlink(cls: PyClass): boolean {
		for (const base of cls.bases) {
			const list = base.immutable ? this.ofBuiltins.get(base) : base.children;
			const at = list?.indexOf(cls) ?? -1;
			if (at >= 0) list?.splice(at, 1);
		}
		return !cls.mro.some((base) => this.asked.has(base));
	}
}
