import { compilePattern, RegexPattern } from '../../python/regex/pattern';
import type { Problem, ProjectModel, UrlEntry } from '../../shared/model';

/** The URLconf of a request to `host`: of the first host pattern of django-hosts that takes it, else the root. */
export function urlsFor(model: ProjectModel, host: string | undefined, problems: Problem[]): readonly UrlEntry[] {
	if (!host || model.otherRoots.length === 0) return model.urls;
	for (const root of model.otherRoots) if (root.hostRegex && matchesHost(root.hostRegex, host)) return root.urls;
	if (!model.otherRoots.some((root) => root.hostRegex))
		problems.push({
			severity: 'information',
			code: 'other-roots',
			message: `A middleware may set another URLconf: ${model.otherRoots.map(({ urlconf }) => urlconf.name).join(', ')}.`,
		});
	return model.urls;
}

/** `host.compiled_regex.match(request_host)` of django-hosts 5, which takes the name up to a dot, the port or the end. */
function matchesHost(regex: string, host: string): boolean {
	const compiled = compilePattern(`${regex}(\\.|:|$)`);
	const found = compiled instanceof RegexPattern ? compiled.run(host.toLowerCase(), 'match') : undefined;
	return typeof found === 'object';
}
