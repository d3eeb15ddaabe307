import type { Interpreter } from '../../python/runtime/interpreter';
import type { Expr, Node, Stmt } from '../../python/syntax/ast';
import { parseModule } from '../../python/syntax/parse';
import { PyUnknown, type Source, textOf, type Value } from '../../python/values';
import type { MiddlewareInfo, Place, Problem, UrlconfRoot, UrlEntry } from '../../shared/model';
import { modelPlace, sourceOf } from '../places';
import { guarded } from '../problems';
import { attribute } from '../views/attribute';
import { urlconfInfo } from './entries';
import type { Changes } from './kept';
import { walkResolver } from './walk';

type Walk = (resolver: Value) => readonly UrlEntry[];

/** URLconfs that take the root's place for some requests: by django-hosts' host patterns, or set by a middleware as `request.urlconf`. */
export function otherRoots(
	py: Interpreter,
	settings: Value,
	middleware: readonly MiddlewareInfo[],
	problems: Problem[],
	changes?: Changes,
): UrlconfRoot[] {
	const walk = (resolver: Value) => walkResolver(py, resolver, changes);
	const all = [...hostRoots(py, settings, problems, walk), ...middlewareRoots(py, settings, middleware, problems, walk)];
	const seen = new Set<string>();
	return all.filter(({ urlconf, reason }) => !seen.has(`${urlconf.name}|${reason}`) && seen.add(`${urlconf.name}|${reason}`));
}

/** `ROOT_HOSTCONF` of django-hosts: each `host(regex, urlconf, name)` of its `host_patterns`. */
function hostRoots(py: Interpreter, settings: Value, problems: Problem[], walk: Walk): UrlconfRoot[] {
	const hostconf = textOf(attribute(py, settings, 'ROOT_HOSTCONF') ?? null);
	if (hostconf === undefined) return [];
	const patterns = guarded(py, hostconf, problems, () => py.list(py.getAttr(py.importModule(hostconf), 'host_patterns'))) ?? [];
	return patterns.flatMap((host) => {
		const regex = textOf(attribute(py, host, 'regex') ?? null) ?? '';
		const urlconf = attribute(py, host, 'urlconf') ?? null;
		const name = textOf(attribute(py, host, 'name') ?? null) ?? '?';
		const root = rootOf(py, urlconf, `django-hosts: the host ${name} (${regex})`, undefined, problems, walk);
		return root ? [{ ...root, hostRegex: regex }] : [];
	});
}

function middlewareRoots(
	py: Interpreter,
	settings: Value,
	middleware: readonly MiddlewareInfo[],
	problems: Problem[],
	walk: Walk,
): UrlconfRoot[] {
	const out: UrlconfRoot[] = [];
	for (const { path, place } of middleware) {
		const source = place && sourceOf(py, place.file);
		if (!source) continue;
		for (const { value, node } of assignmentsOf(py, source)) {
			const at = modelPlace(source, node);
			if (at.line < place.line || at.line > (place.endLine ?? at.line)) continue;
			for (const expression of alternatives(value)) {
				const urlconf = constantOf(py, settings, expression);
				if (urlconf === undefined) {
					problems.push({
						severity: 'information',
						code: 'other-roots',
						message: `${path} sets request.urlconf to a value that depends on the request`,
						place: at,
					});
					continue;
				}
				const root = rootOf(py, urlconf, `${path} sets request.urlconf`, at, problems, walk);
				if (root) out.push(root);
			}
		}
	}
	return out;
}

type Assignment = { readonly value: Expr; readonly node: Node };

const known = Symbol('assignments of request.urlconf in a file');

/** Worked out once for a text. */
function assignmentsOf(py: Interpreter, source: Source): readonly Assignment[] {
	const all = py.state(known, () => new Map<string, { readonly source: Source; readonly found: readonly Assignment[] }>());
	const before = all.get(source.path);
	if (before?.source === source) return before.found;
	const found = source.text.includes('urlconf') ? [...urlconfAssignments(parseModule(source.text).body)] : [];
	all.set(source.path, { source, found });
	return found;
}

/** `request.urlconf = value` in the middleware's own lines; a reset to None or deletion is none. */
function* urlconfAssignments(body: readonly Stmt[]): Generator<Assignment> {
	for (const statement of body) {
		switch (statement.kind) {
			case 'Assign':
				for (const target of statement.targets)
					if (
						target.kind === 'Attribute' &&
						target.attr === 'urlconf' &&
						target.value.kind === 'Name' &&
						/^(?:request|req)$/.test(target.value.id)
					)
						yield { value: statement.value, node: statement };
				break;
			case 'FunctionDef':
			case 'ClassDef':
			case 'With':
				yield* urlconfAssignments(statement.body);
				break;
			case 'If':
			case 'For':
			case 'While':
				yield* urlconfAssignments(statement.body);
				yield* urlconfAssignments(statement.orelse);
				break;
			case 'Try':
				yield* urlconfAssignments(statement.body);
				for (const handler of statement.handlers) yield* urlconfAssignments(handler.body);
				yield* urlconfAssignments(statement.orelse);
				break;
			default:
		}
	}
}

const alternatives = (value: Expr): Expr[] =>
	value.kind === 'IfExp' ? [...alternatives(value.body), ...alternatives(value.orelse)] : [value];

/** A module name written out, or a setting. */
function constantOf(py: Interpreter, settings: Value, value: Expr): Value | undefined {
	if (value.kind === 'Constant' && (typeof value.value === 'string' || value.value === null)) return value.value;
	if (value.kind === 'Attribute' && value.value.kind === 'Name' && value.value.id === 'settings')
		return attribute(py, settings, value.attr);
	return undefined;
}

function rootOf(
	py: Interpreter,
	urlconf: Value,
	reason: string,
	place: Place | undefined,
	problems: Problem[],
	walk: Walk,
): UrlconfRoot | undefined {
	if (urlconf === null || urlconf instanceof PyUnknown) return undefined;
	return guarded(py, reason, problems, () => {
		const resolver = py.callMethod(py.importModule('django.urls'), 'get_resolver', urlconf);
		// The walk loads the URLconf.
		const urls = walk(resolver);
		return { urlconf: urlconfInfo(py, urlconf), reason, ...(place ? { place } : {}), urls };
	});
}
