import { machine } from '../python/builtins/model/object';
import type { Interpreter } from '../python/runtime/interpreter';
import { intercept, method, type Summary } from '../python/runtime/native';
import { PyTuple, textOf, type Value } from '../python/values';
import type { Place } from '../shared/model';
import { currentSite, keywordsOf, type Site } from './sites';

const recorded = Symbol('registrations of routers');

interface Registration {
	readonly basename: string | undefined;
	/** Moves with the text. */
	readonly site: Site;
}

const registrations = (py: Interpreter): WeakMap<object, Registration[]> =>
	py.state(recorded, () => new WeakMap<object, Registration[]>());

/** Those of a viewset; of a call that has run again the newest. */
function note(py: Interpreter, viewset: Value, registration: Registration): void {
	if (typeof viewset !== 'object' || viewset === null) return;
	const all = registrations(py);
	const others = (all.get(viewset) ?? []).filter(({ site }) => !site.isGone && !site.isOfCall(registration.site));
	all.set(viewset, [...others, registration]);
}

/** Notes where `router.register()` is called: the outermost call, when a router's own `register()` calls another. */
export function registrationSummaries(isProject: (path: string) => boolean): Summary[] {
	return [
		intercept('rest_framework.routers', 'BaseRouter.register', 'Notes the calling stack; the original is run.', (_, original) =>
			method(
				'register',
				'self, *args, **kwargs',
				(py, [self, args, kwargs]) => {
					const before = new Set(entriesOf(py, self));
					const result = py.call(original, [self, ...args.items], keywordsOf(kwargs));
					const site = callOf(py, self, isProject);
					for (const entry of site.site ? entriesOf(py, self) : []) {
						if (before.has(entry) || !(entry instanceof PyTuple)) continue;
						const [, viewset = null, basename = null] = entry.items;
						note(py, viewset, { basename: textOf(basename), site });
					}
					return result;
				},
				{ acceptsUnknown: true },
			),
		),
	];
}

const entriesOf = (py: Interpreter, router: Value): readonly Value[] => {
	const registry = py.findAttr(router, 'registry');
	return registry === undefined ? [] : py.list(registry);
};

/** The place of the outermost `register()` call on the stack. */
function callOf(py: Interpreter, router: Value, isProject: (path: string) => boolean): Site {
	const stack = [...machine(py).stack()];
	while (stack[0]?.name === 'register' && stack[0].local('self') === router) stack.shift();
	return currentSite(stack.slice(0, 1), isProject);
}

/** The `register()` call that made a viewset's route: of the same basename where the route tells it. */
export function registeredPlace(py: Interpreter, viewset: Value, basename: string | undefined): Place | undefined {
	const all = typeof viewset === 'object' && viewset !== null ? registrations(py).get(viewset) : undefined;
	return all?.find((one) => one.basename === basename && !one.site.isGone)?.site.site;
}
