/** Damage as typing, merging and cosmic rays do it. */

import type { Random } from './random';

export interface Damage {
	readonly kind: string;
	readonly text: string;
	/** The range of the original that is gone or changed. */
	readonly start: number;
	readonly end: number;
	/** How long its replacement is. */
	readonly inserted: number;
}

const token = /[A-Za-z_]\w*|\d+|"""|'''|[^\sA-Za-z0-9_]/g;
const fragments = [
	'(',
	')',
	'[',
	']',
	'{',
	'}',
	'"',
	"'",
	'"""',
	"'''",
	',',
	'=',
	':',
	'.',
	'#',
	'\\',
	'\n',
	'    ',
	'\t',
	'def ',
	'class ',
	'path(',
	"path('x', ",
	'lambda ',
	"f'{",
	'@',
	'if ',
	'import ',
	'from ',
	'*',
	'\0',
	'\ufeff',
	'\ud800',
	'é',
	'\r',
];

const replaced = (kind: string, original: string, start: number, end: number, by: string): Damage => ({
	kind,
	text: original.slice(0, start) + by + original.slice(end),
	start,
	end,
	inserted: by.length,
});

function tokensOf(text: string, random: Random): { start: number; end: number }[] {
	// A window is enough, and quick on long files.
	const from = random.below(Math.max(1, text.length - 4000));
	return [...text.slice(from, from + 4000).matchAll(token)].map((match) => ({
		start: from + match.index,
		end: from + match.index + match[0].length,
	}));
}

const mutations: readonly ((text: string, random: Random) => Damage)[] = [
	(text, random) => {
		const at = random.below(text.length);
		return replaced('truncated', text, at, text.length, '');
	},
	(text, random) => {
		const at = random.below(text.length);
		return replaced('deleted', text, at, Math.min(text.length, at + 1 + random.below(random.chance(0.2) ? 200 : 12)), '');
	},
	(text, random) => {
		const found = tokensOf(text, random);
		if (found.length === 0) return replaced('token deleted', text, 0, 0, '');
		const { start, end } = random.pick(found);
		return replaced('token deleted', text, start, end, '');
	},
	(text, random) => {
		const found = tokensOf(text, random);
		if (found.length < 2) return replaced('swapped', text, 0, 0, '');
		const at = random.below(found.length - 1);
		const a = found[at] as { start: number; end: number };
		const b = found[Math.min(found.length - 1, at + 1 + random.below(8))] as { start: number; end: number };
		const by = text.slice(b.start, b.end) + text.slice(a.end, b.start) + text.slice(a.start, a.end);
		return replaced('swapped', text, a.start, b.end, by);
	},
	(text, random) => {
		const at = random.below(text.length + 1);
		return replaced('inserted', text, at, at, random.pick(fragments));
	},
	(text, random) => {
		const at = random.below(text.length + 1);
		let junk = '';
		for (let i = random.below(12); i >= 0; i--) junk += String.fromCharCode(random.below(random.chance(0.7) ? 128 : 65536));
		return replaced('random characters', text, at, Math.min(text.length, at + random.below(junk.length + 1)), junk);
	},
	(text, random) => {
		// Half-typed: the rest of a line is not there yet.
		const at = random.below(text.length);
		const line = text.indexOf('\n', at);
		return replaced('half a line', text, at, line < 0 ? text.length : line, '');
	},
	(text, random) => {
		const at = text.lastIndexOf('\n', random.below(text.length)) + 1;
		const line = text.indexOf('\n', at);
		return replaced('line deleted', text, at, line < 0 ? text.length : line + 1, '');
	},
	(text, random) => {
		const at = text.lastIndexOf('\n', random.below(text.length)) + 1;
		return replaced(
			'line typed',
			text,
			at,
			at,
			random.pick([
				'    path(\n',
				"    path('new/', \n",
				'    path("new/',
				'    pa\n',
				"    path('new/', views.\n",
				'    path("new/", include([\n',
				'        \n',
				'    *\n',
			]),
		);
	},
];

export function damage(text: string, random: Random): Damage {
	return random.pick(mutations)(text, random);
}
