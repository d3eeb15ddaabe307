/** `850 µs`, `12 ms`, `1.3 s`. */
export function formatDuration(ns: number): string {
	if (ns < 1_000_000) return `${Math.round(ns / 1000)} µs`;
	if (ns < 10_000_000) return `${(ns / 1_000_000).toFixed(1)} ms`;
	if (ns < 1_000_000_000) return `${Math.round(ns / 1_000_000)} ms`;
	return `${(ns / 1_000_000_000).toFixed(1)} s`;
}

/** `1 query`, `3 queries`. */
export function plural(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** Text that Markdown shows as it is. */
export function escapeMarkdown(text: string): string {
	return text.replace(/[\\`*_{}[\]()#+\-!~|<>&]/g, (char) =>
		char === '<' ? '&lt;' : char === '>' ? '&gt;' : char === '&' ? '&amp;' : `\\${char}`,
	);
}

/** Text as Markdown code, whatever it holds. */
export function code(text: string): string {
	const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length)) + 1);
	const pad = /^`|`$/.test(text) ? ' ' : '';
	return `${fence}${pad}${text.replaceAll(/\s*\n\s*/g, ' ')}${pad}${fence}`;
}

/** The last name of a dotted path. */
export function lastName(dotted: string): string {
	return dotted.slice(dotted.lastIndexOf('.') + 1);
}
