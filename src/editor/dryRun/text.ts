import type { DryRun, Place } from '../../shared/model';

/** A dry run as a page of text, and which of its lines lead where. */
export interface DryRunPage {
	readonly text: string;
	readonly links: readonly { readonly line: number; readonly place: Place }[];
}

/** Written for a person: the answer first, then what was tried, in order. */
export function dryRunPage(run: DryRun, relative: (file: string) => string): DryRunPage {
	const lines: string[] = [];
	const links: { line: number; place: Place }[] = [];
	const put = (text: string, place?: Place): void => {
		if (place) links.push({ line: lines.length, place });
		lines.push(place ? `${text}  (${relative(place.file)}:${place.line})` : text);
	};
	put(`${run.method} ${run.path}`);
	put('');
	const { match } = run;
	if (match) {
		const { route } = match;
		put(
			`reaches   ${match.view ?? route.view ?? 'a view that is not known'}`,
			match.view === match.handler?.view ? (match.handler?.place ?? route.place) : route.place,
		);
		put(`by        ${route.fullPath}${route.fullName ? `  named ${route.fullName}` : ''}`, route.registered ?? route.site);
		if (match.handler && match.handler.view !== match.view) put(`answered  by ${match.handler.view}`, match.handler.place);
		const kwargs = Object.entries(match.kwargs).map(([name, value]) => `${name}=${value}`);
		const args = [...match.args, ...kwargs];
		if (args.length > 0) put(`with      ${args.join(', ')}`);
		for (const include of match.includes) {
			const namespace = include.namespace ? `  namespace ${include.namespace}` : '';
			put(`through   ${include.pattern.pattern || "''"} → ${include.urlconf.name}${namespace}`, include.site);
		}
		if (match.allowed)
			put(`methods   ${match.allowed.join(', ')}${match.allowed.includes(run.method) ? '' : `: ${run.method} is answered 405`}`);
	} else put(run.unanswered ? 'reaches   not known: the project could not be evaluated' : 'reaches   no view: 404');
	if (run.redirect) put(`redirect  to ${run.redirect.to}: ${run.redirect.reason}`);
	if (run.problems.length > 0) {
		put('');
		put('Not known');
		for (const problem of run.problems) put(`  ${problem.message}`, problem.place);
	}
	put('');
	put(`Tried in this order (${run.tried.length})`);
	const marks = { matched: '✓', prefix: '→', 'no match': '·' } as const;
	for (const tried of run.tried) {
		const reason = tried.reason ? `  ${tried.reason}` : tried.outcome === 'prefix' ? '  begins so, the rest is tried within' : '';
		put(`  ${'  '.repeat(tried.depth)}${marks[tried.outcome]} ${tried.pattern.pattern || "''"}${reason}`, tried.site);
	}
	return { text: `${lines.join('\n')}\n`, links };
}
