import { type RegexNode, widthOf } from './nodes';

/** What every match of a pattern begins with, so that a search tries no other places. */
export interface Opening {
	/** A text to look for. */
	readonly prefix: string;
	/** Where it is anchored: at the text's start, or at a line's. */
	readonly anchor: 'start' | 'lineStart' | undefined;
	/** The first character; undefined where there may be none, or any. */
	readonly accepts: ((code: number) => boolean) | undefined;
}

/** What a match has to begin with, as far as the pattern says. */
export function openingOf(root: RegexNode): Opening {
	return { prefix: literalPrefix(root), anchor: anchorOf(root), accepts: firstOf(root) };
}

/** The next place from `start` on where a match may begin; undefined where there is none up to `to`. */
export function nextPlace({ prefix, anchor, accepts }: Opening, text: string, start: number, to: number): number | undefined {
	if (anchor === 'start') return start === 0 ? start : undefined;
	let at = start;
	if (anchor === 'lineStart') {
		if (at > 0 && text[at - 1] !== '\n') {
			const end = text.indexOf('\n', at);
			if (end < 0 || end >= to) return undefined;
			at = end + 1;
		}
		return at;
	}
	if (prefix !== '') {
		at = text.indexOf(prefix, at);
		return at < 0 || at > to ? undefined : at;
	}
	if (!accepts) return at > to ? undefined : at;
	while (at < to) {
		const code = text.codePointAt(at) ?? 0;
		if (accepts(code)) return at;
		at += code > 0xffff ? 2 : 1;
	}
	return undefined;
}

function literalPrefix(root: RegexNode): string {
	let prefix = '';
	for (const item of root.op === 'sequence' ? root.items : [root]) {
		if (item.op !== 'char' || item.fold) break;
		prefix += String.fromCodePoint(item.code);
	}
	return prefix;
}

function anchorOf(node: RegexNode): Opening['anchor'] {
	switch (node.op) {
		case 'at':
			return node.where === 'start' || node.where === 'lineStart' ? node.where : undefined;
		case 'group':
		case 'atomic':
			return anchorOf(node.body);
		case 'sequence':
			return node.items[0] && anchorOf(node.items[0]);
		default:
			return undefined;
	}
}

function firstOf(node: RegexNode): Opening['accepts'] {
	switch (node.op) {
		case 'char':
			return node.fold ? undefined : (code) => code === node.code;
		case 'set':
			return node.accepts;
		case 'group':
		case 'atomic':
			return firstOf(node.body);
		case 'repeat':
			return node.min > 0 ? firstOf(node.body) : undefined;
		case 'sequence': {
			const first = node.items.find(({ op }) => op !== 'at' && op !== 'look');
			return first && widthOf(first)[0] > 0 ? firstOf(first) : undefined;
		}
		case 'branch': {
			const firsts = node.options.map(firstOf);
			const known = firsts.filter((one) => one !== undefined);
			return known.length === firsts.length ? (code) => known.some((accepts) => accepts(code)) : undefined;
		}
		default:
			return undefined;
	}
}
