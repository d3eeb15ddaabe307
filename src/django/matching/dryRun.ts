import type { DryRun, Problem, ProjectModel, UrlEntry } from '../../shared/model';
import { type Answers, recordedAnswers } from './answers';
import { activeLanguage } from './language';
import { requestPath } from './path';
import { redirectOf404 } from './redirects';
import { type Resolution, resolvePath } from './resolve';
import { urlsFor } from './roots';

export interface DryRunRequest {
	readonly method: string;
	/** With its leading slash, percent-encoded as a client sends it; the query is kept for redirects. */
	readonly path: string;
	readonly host?: string;
	/** The request's cookie or `Accept-Language`; without LocaleMiddleware the active language. */
	readonly language?: string;
}

/** Matches one request against the model as Django would: language, URLconf, patterns, then the redirects that middleware makes of a 404. */
export function dryRun(model: ProjectModel, request: DryRunRequest, answers: Answers = recordedAnswers(model)): DryRun {
	const problems: Problem[] = [];
	const method = request.method.toUpperCase();
	const { path, query, broken } = requestPath(request.path);
	const failures = model.textOnly || !model.rootUrlconf ? model.problems.filter(({ severity }) => severity === 'error') : [];
	if (failures.length > 0) return { method, path, tried: [], problems: failures, unanswered: true };
	if (broken)
		problems.push({
			severity: 'warning',
			code: 'bad-path',
			message: 'The path is no valid percent-encoding; what is not is matched as it stands.',
		});
	const urls = urlsFor(model, request.host, problems);
	const language = activeLanguage(model, urls, path, request.language, answers);
	return answers.inLanguage(language, () => {
		const resolution = resolvePath(urls, path, answers);
		const asked = { urls, path, query, method, language };
		const redirect = resolution.match ? undefined : redirectOf404(model, asked, answers);
		for (const entry of unknownEntries(urls)) problems.push({ ...entry, message: `Not taken into account: ${entry.message}` });
		return {
			method,
			path,
			language,
			...(resolution.match ? { match: matchOf(resolution, method, answers) } : {}),
			tried: resolution.tried,
			...(redirect ? { redirect } : {}),
			problems,
		};
	});
}

function matchOf({ match }: Resolution, method: string, answers: Answers): NonNullable<DryRun['match']> {
	if (!match) throw new Error('no match');
	const { route, args, kwargs, includes } = match;
	const methods = answers.methods(route);
	const reached = methods?.find((one) => one.method === method);
	// Where the methods of one class answer, it is the class that a person calls the view.
	const named = route.methods || !reached ? reached?.view : route.view;
	const view = methods ? named : route.view;
	return {
		route,
		args,
		kwargs: Object.fromEntries(kwargs),
		includes,
		...(view ? { view } : {}),
		...(reached && reached.view !== route.view
			? { handler: { view: reached.view, ...(reached.place ? { place: reached.place } : {}) } }
			: {}),
		...(methods ? { allowed: methods.map((one) => one.method) } : {}),
	};
}

function unknownEntries(entries: readonly UrlEntry[]): Problem[] {
	return entries.flatMap((entry) =>
		entry.type === 'unknown' ? [entry.problem] : entry.type === 'include' ? unknownEntries(entry.children) : [],
	);
}
