import type { DryRun } from '../shared/model';

/** A dry run as a terminal shows it: each pattern tried, then the match with its arguments, or that there is none. */
export function matchText(run: DryRun): string {
	const lines = run.tried.map(({ pattern, depth, outcome, reason }) => {
		const mark = outcome === 'matched' ? '✓' : outcome === 'prefix' ? '↳' : '·';
		return `${'  '.repeat(depth)}${mark} ${pattern.pattern || "''"}${pattern.kind === 'regex' ? ' (regex)' : ''}${reason ? `  (${reason})` : ''}`;
	});
	lines.push('');
	if (run.match) {
		const { route, args, kwargs, view, handler, allowed } = run.match;
		const given = [...args, ...Object.entries(kwargs).map(([name, value]) => `${name}=${value}`)].join(', ');
		const target = view === undefined ? `405: the view answers ${allowed?.join(', ') ?? '?'}` : `${view}(${given})`;
		lines.push(
			`${run.method} ${run.path} → ${target}`,
			`  route ${route.fullPath}${route.fullName ? `, named ${route.fullName}` : ''}`,
		);
		if (handler)
			lines.push(`  answered by ${handler.view}${handler.place ? ` at ${handler.place.file}:${handler.place.line}` : ''}`);
		if (route.place) lines.push(`  view at ${route.place.file}:${route.place.line}`);
		if (route.site) lines.push(`  route at ${route.site.file}:${route.site.line}`);
	} else if (run.unanswered) lines.push(`${run.method} ${run.path} → not known: the project could not be evaluated`);
	else {
		lines.push(`${run.method} ${run.path} → 404: ${run.tried.length} patterns were tried`);
		if (run.redirect) lines.push(`  redirect to ${run.redirect.to} (${run.redirect.reason})`);
	}
	for (const { message } of run.problems) lines.push(`  note: ${message}`);
	return lines.join('\n');
}
