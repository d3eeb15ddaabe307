/**
 * Patterns as texts with slots, matched without regular expressions: a capture may come from anywhere, and a hostile
 * pattern must not be able to make us search for ever. Matching takes time in proportion to tokens × characters.
 */

export type Token = { readonly literal: string } | { readonly slot: string; readonly converter: string };

/** `blog/<int:year>/` → a literal, a slot, a literal. A regex is brought to that form first, as `simplify_regex` would. */
export function tokens(pattern: string, isRegex: boolean): readonly Token[] {
	const route = isRegex ? simplified(pattern) : pattern;
	return route
		.split(/(<[^<>]*>)/)
		.filter((part) => part !== '')
		.map((part) => {
			const slot = /^<(?:([^:>]+):)?([^>]*)>$/.exec(part);
			return slot ? { slot: part, converter: slot[1] ?? (isRegex ? 'regex' : 'str') } : { literal: part };
		});
}

/** A regex with its groups as `<name>` and its anchors gone: what `django.contrib.admindocs.views.simplify_regex` shows. */
export function simplified(regex: string): string {
	let out = '';
	for (let at = 0; at < regex.length; at++) {
		const c = regex[at] ?? '';
		if (c === '(') {
			const name = /^\(\?P?<(\w+)>/.exec(regex.slice(at, at + 80))?.[1];
			const silent = regex.startsWith('(?:', at) || regex.startsWith('(?=', at) || regex.startsWith('(?!', at);
			at = closing(regex, at);
			out += silent ? '' : `<${name ?? 'var'}>`;
			while (/[?*+]/.test(regex[at + 1] ?? '')) at++;
		} else if (c === '\\') {
			const next = regex[++at] ?? '';
			out += /[AZbBzG]/.test(next) ? '' : /[dwsDWS]/.test(next) ? '<var>' : next;
		} else if (!/[\^$?*+]/.test(c)) out += c;
	}
	return out;
}

function closing(regex: string, open: number): number {
	let depth = 0;
	for (let at = open; at < regex.length; at++) {
		if (regex[at] === '\\') at++;
		else if (regex[at] === '(') depth++;
		else if (regex[at] === ')' && --depth === 0) return at;
	}
	return regex.length;
}

const accepts: Readonly<Record<string, RegExp>> = { int: /[0-9]/, slug: /[-a-zA-Z0-9_]/, uuid: /[0-9a-f-]/, path: /./s };
const segment = /[^/]/;

/** Whether a slot's converter, as far as it is one of Django's own, takes a text; unknown ones take any segment. */
export function takes(converter: string, text: string): boolean {
	const one = accepts[converter] ?? segment;
	return text !== '' && [...text].every((c) => one.test(c)) && (converter !== 'uuid' || text.length === 36);
}

/** The converter is one that this file knows how to ask. */
export function isKnown(converter: string): boolean {
	return converter === 'str' || converter in accepts;
}

/** Whether the whole text can be read as the tokens; `loose` lets every slot take any segment. */
export function matches(pattern: readonly Token[], text: string, loose = false): boolean {
	let reached: readonly boolean[] = [true];
	for (const token of pattern) reached = after(token, text, reached, loose);
	return reached[text.length] === true;
}

/** How many tokens some beginning of the text can be read as, and the furthest place in the text that they lead to. */
export function progress(pattern: readonly Token[], text: string): { readonly tokens: number; readonly place: number } {
	let reached: readonly boolean[] = [true];
	for (const [at, token] of pattern.entries()) {
		const next = after(token, text, reached, false);
		if (!next.includes(true)) return { tokens: at, place: reached.lastIndexOf(true) };
		reached = next;
	}
	return { tokens: pattern.length, place: reached.lastIndexOf(true) };
}

/** The places in the text that can be reached through a token from those reached before it. */
function after(token: Token, text: string, reached: readonly boolean[], loose: boolean): readonly boolean[] {
	const next: boolean[] = [];
	if ('literal' in token) {
		reached.forEach((here, at) => {
			if (here && text.startsWith(token.literal, at)) next[at + token.literal.length] = true;
		});
		return next;
	}
	const one = loose && token.converter !== 'path' ? segment : (accepts[token.converter] ?? segment);
	let running = false;
	for (let at = 0; at < text.length; at++) {
		running = (running || reached[at] === true) && one.test(text[at] ?? '');
		if (running) next[at + 1] = true;
	}
	return next;
}
