/** Numbers in [0, 1) that come again for the same seed (mulberry32). */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const pieces = [
	'x',
	'_',
	'.',
	',',
	')',
	'(',
	'"',
	' ',
	'\n',
	'    ',
	'#',
	':',
	'=',
	'1',
	'path("new/", None),',
	'\ndef new():\n    pass\n',
];

/** The text after one of a person's edits: typing, deleting, removing, doubling or swapping lines, adding a route or a function. */
export function edited(text: string, chance: () => number): string {
	const at = Math.floor(chance() * (text.length + 1));
	const lines = text.split('\n');
	const line = Math.floor(chance() * lines.length);
	const rejoined = (change: () => void) => (change(), lines.join('\n'));
	const kind = chance();
	if (kind < 0.4) return text.slice(0, at) + pieces[Math.floor(chance() * pieces.length)] + text.slice(at);
	if (kind < 0.6) return text.slice(0, at) + text.slice(at + 1 + Math.floor(chance() * 4));
	if (kind < 0.7) return rejoined(() => lines.splice(line, 1));
	if (kind < 0.8) return rejoined(() => lines.splice(line, 0, lines[line] ?? ''));
	if (kind < 0.85) return rejoined(() => lines.splice(line, 2, lines[line + 1] ?? '', lines[line] ?? ''));
	if (kind < 0.93) return rejoined(() => lines.splice(line, 0, '    path("added/", lambda request: None, name="added"),'));
	return rejoined(() => lines.splice(line, 0, '', 'def added(request):', '    return None', ''));
}
