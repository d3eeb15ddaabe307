import { type PythonString, pythonStrings } from './pythonStrings';

/** A URL name as it stands in a text: what `reverse()` would be given. */
export interface UrlNameUse {
	readonly start: number;
	readonly end: number;
	readonly name: string;
	/** False while it is typed, or when more is computed around it: nothing is said about such a one. */
	readonly certain: boolean;
}

/** Django's functions that take a URL name first, and what their first argument is called (django/urls/base.py, django/shortcuts.py, 5.2). */
const takesName: Readonly<Record<string, { readonly keyword: string; readonly alsoPaths: boolean }>> = {
	reverse: { keyword: 'viewname', alsoPaths: false },
	reverse_lazy: { keyword: 'viewname', alsoPaths: false },
	redirect: { keyword: 'to', alsoPaths: true },
	resolve_url: { keyword: 'to', alsoPaths: true },
};

/** The URL names in a Python text: arguments of `reverse()`, `redirect()` and their like. */
export function pythonUrlNames(text: string): UrlNameUse[] {
	return pythonStrings(text).flatMap((string) => {
		const use = string.callee === undefined ? undefined : takesName[string.callee];
		if (!use || !(string.argument === 0 || string.argument === use.keyword)) return [];
		const path = use.alsoPaths && /[/.]/.test(string.value);
		if (path) return [];
		return [
			{ start: string.start, end: string.end, name: string.value, certain: string.plain && string.closed && string.value !== '' },
		];
	});
}

/** `{% url 'name' … %}` of Django's template language (django/template/defaulttags.py, url), and Jinja's `{{ url('name') }}`. */
export function templateUrlNames(text: string): UrlNameUse[] {
	const out: UrlNameUse[] = [];
	const comments = commentRanges(text);
	const inComment = (at: number) => comments.some(([from, to]) => from <= at && at < to);
	for (const match of text.matchAll(/\{%-?\s*url\s+(["'])([^"'\n%]*)(["'])?([^\n%]*)/g)) {
		const start = match.index + match[0].indexOf(match[1] ?? '') + 1;
		const name = match[2] ?? '';
		const certain = match[3] === match[1] && /^(?:\s|$)/.test(match[4] ?? '') && name !== '';
		if (!inComment(match.index)) out.push({ start, end: start + name.length, name, certain });
	}
	for (const match of text.matchAll(/\{\{-?\s*url\(\s*(["'])([^"'\n}]*)(["'])?/g)) {
		const start = match.index + match[0].indexOf(match[1] ?? '') + 1;
		const name = match[2] ?? '';
		out.push({ start, end: start + name.length, name, certain: false });
	}
	return out;
}

/** Ranges of `{# … #}` and of `{% comment %} … {% endcomment %}`, in order. */
function commentRanges(text: string): readonly (readonly [start: number, end: number])[] {
	const comments = /\{#[^\n]*?#\}|\{%\s*comment\b[\s\S]*?(?:\{%\s*endcomment\s*%\}|$(?![\s\S]))/g;
	return [...text.matchAll(comments)].map((match) => [match.index, match.index + match[0].length] as const);
}

/** The URL names in a document, by its language. */
export function urlNamesOf(languageId: string, text: string): UrlNameUse[] {
	return languageId === 'python' ? pythonUrlNames(text) : templateUrlNames(text);
}

/** Dotted paths in strings: `include("shop.urls")`, an entry of `MIDDLEWARE`, `handler404 = "…"`. */
export function dottedPaths(text: string): PythonString[] {
	return pythonStrings(text).filter((string) => /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(string.value));
}
