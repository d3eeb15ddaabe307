// The edits of bench/keystroke.mjs: real places of a project's root URLconf and of its busiest views module.
import { readFileSync } from 'node:fs';

/** Numbers in [0, 1) that come again for the same seed (mulberry32). */
export function random(seed) {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const call =
	/\b(?:path|re_path|url)\(\s*(r?)(["'])((?:(?!\2).)*)\2\s*,\s*([A-Za-z_][\w.]*)(?:[^#\n]*?(?:\n[^#\n]*?)?\bname\s*=\s*(["'])([^"'\n]*)\5)?/g;

/** `count` edits of each kind: `{kind, file, before, text, what}`. */
export function editsOf(model, routes, chance, count) {
	const root = model.rootUrlconf?.file;
	const out = root ? urlconfEdits(root, chance, count) : [];
	const views = busiest(routes, model.root, root);
	if (views) out.push(...viewEdits(views, chance, count));
	return out;
}

function urlconfEdits(file, chance, count) {
	const before = readFileSync(file, 'utf8');
	const calls = [...before.matchAll(call)].map((match) => {
		const [all, , , pattern, view, , name] = match;
		const open = match.index + all.search(/["']/) + 1;
		const viewAt = match.index + all.indexOf(view, all.indexOf(pattern) + pattern.length + 1);
		const nameAt = name === undefined ? -1 : match.index + all.lastIndexOf(name);
		return {
			pattern: [open, pattern.length],
			view: [viewAt, view.length],
			name: [nameAt, name?.length ?? 0],
			start: match.index,
		};
	});
	const insert = (kind, at, piece) => ({
		kind: `URLconf: ${kind}`,
		file,
		before,
		text: before.slice(0, at) + piece + before.slice(at),
		what: before.slice(before.lastIndexOf('\n', at) + 1, at) + `[${piece.trim()}]`,
	});
	const within = ([at, length]) => at + Math.floor(chance() * (length + 1));
	const out = [];
	const repeat = (kind, places, make) => {
		for (let i = 0; i < count && places.length > 0; i++) out.push(make(kind, places[Math.floor(chance() * places.length)]));
	};
	repeat('in a pattern', calls, (kind, one) => insert(kind, within(one.pattern), 'x'));
	repeat(
		'in a name',
		calls.filter((one) => one.name[0] >= 0),
		(kind, one) => insert(kind, within(one.name), 'x'),
	);
	repeat(
		'in a view reference',
		calls.filter((one) => one.view[1] > 0),
		(kind, one) => insert(kind, within(one.view), 'x'),
	);
	repeat('a path() line', calls, (kind, one) => {
		const indent = before.lastIndexOf('\n', one.start) + 1;
		const maker = /^\w+/.exec(before.slice(one.start))[0];
		const piece = `${before.slice(indent, one.start)}${maker}("added/here/", lambda request: None, name="added-here"),\n`;
		return insert(kind, indent, piece);
	});
	return out;
}

/** The project's views module that most routes lead to. */
function busiest(routes, folder, root) {
	const counts = new Map();
	for (const { place } of routes) {
		if (!place || place.file === root || !place.file.startsWith(`${folder}/`) || place.file.includes('/site-packages/')) continue;
		if (/views?(?:\/|\.py|_)/.test(place.file)) counts.set(place.file, (counts.get(place.file) ?? 0) + 1);
	}
	return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function viewEdits(file, chance, count) {
	const before = readFileSync(file, 'utf8');
	const names = [...before.matchAll(/^(?:class|def) ([A-Za-z_]\w*)/gm)].map((match) => match.index + match[0].length);
	const lines = [...before.matchAll(/^ {8,}(?:return|if|self\.\w+ = |\w+ = )/gm)].map((match) => match.index + match[0].length);
	const tops = [...before.matchAll(/^\n\n(?=(?:class|def|@)\W?)/gm)].map((match) => match.index + 1);
	const pick = (places) => places[Math.floor(chance() * places.length)];
	const insert = (kind, at, piece) => ({
		kind: `views: ${kind}`,
		file,
		before,
		text: before.slice(0, at) + piece + before.slice(at),
		what: `${before.slice(before.lastIndexOf('\n', at) + 1, at)}[${piece.trim()}]`,
	});
	const out = [];
	for (let i = 0; i < count; i++) {
		if (lines.length) out.push(insert('in a body', pick(lines), 'x'));
		if (lines.length) out.push(insert('a line in a body', before.lastIndexOf('\n', pick(lines)) + 1, '        added = 1\n'));
		if (names.length) out.push(insert("in a view's name", pick(names), 'x'));
		if (tops.length) out.push(insert('a function', pick(tops), '\ndef added(request):\n    return None\n\n'));
	}
	return out.sort((a, b) => a.kind.localeCompare(b.kind));
}
