/** JSON as a tree that opens on a click; what is inside is made when it opens. */
import { counted } from '../../shared/labels';
import { type Child, clipped, h } from '../dom';

const atOnce = 200;

export function jsonTree(value: unknown): HTMLElement {
	return h('div', { class: 'json', role: 'group', aria: { label: 'JSON' } }, node(undefined, value, 0));
}

function node(key: string | undefined, value: unknown, depth: number): HTMLElement {
	const name: Child =
		key === undefined ? undefined : [h('span', 'token token-name', clipped(key, 300)), h('span', 'quiet', ': ')];
	if (typeof value !== 'object' || value === null) return h('div', 'json-leaf', name, leaf(value));
	const list = Array.isArray(value);
	const entries: readonly (readonly [string, unknown])[] = list
		? value.map((item, at) => [String(at), item] as const)
		: Object.entries(value);
	if (entries.length === 0) return h('div', 'json-leaf', name, h('span', 'quiet', list ? '[]' : '{}'));
	const count = list ? counted(entries.length, 'item') : counted(entries.length, 'key');
	const body = h('div', 'json-children');
	const details = h(
		'details',
		'json-node',
		h('summary', '', name, h('span', 'quiet', list ? `[ ${count} ]` : `{ ${count} }`)),
		body,
	);
	const open = () => body.childElementCount === 0 && more(body, entries, 0, depth);
	details.addEventListener('toggle', () => details.open && open());
	if (depth < 2 && entries.length <= 50) {
		open();
		details.open = true;
	}
	return details;
}

function more(body: HTMLElement, entries: readonly (readonly [string, unknown])[], from: number, depth: number): void {
	body.append(...entries.slice(from, from + atOnce).map(([key, value]) => node(key, value, depth + 1)));
	const left = entries.length - from - atOnce;
	if (left <= 0) return;
	const button = h('button', { class: 'link', attrs: { type: 'button' } }, `${left} more`);
	button.addEventListener('click', () => {
		button.remove();
		more(body, entries, from + atOnce, depth);
	});
	body.append(button);
}

function leaf(value: unknown): HTMLElement {
	if (typeof value === 'string') return h('span', 'token token-string', JSON.stringify(clipped(value, 5000)));
	return h('span', `token token-${typeof value === 'number' ? 'number' : 'constant'}`, String(value));
}
