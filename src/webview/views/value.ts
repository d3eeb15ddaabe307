/** Recorded values: their text as Python would print it, what is inside on demand. */
import type { ValuePreview } from '../../shared/capture';
import { type Child, clipped, h } from '../dom';

const kinds: readonly (readonly [RegExp, string])[] = [
	[/^(?:str|bytes|SafeString|django\.utils\.safestring\.SafeString)$/, 'string'],
	[/^(?:int|float|complex|decimal\.Decimal|Decimal)$/, 'number'],
	[/^(?:bool|None|NoneType)$/, 'constant'],
];

const kindOf = (value: ValuePreview) => kinds.find(([pattern]) => pattern.test(value.type))?.[1] ?? 'object';

/** The value on one line; one with parts opens on a click. */
export function valueView(value: ValuePreview): HTMLElement {
	const { children } = value;
	if (!children || children.length === 0) return h('span', 'value', inlineValue(value));
	const body = h('div', 'value-children');
	const details = h('details', 'value value-tree', h('summary', '', inlineValue(value)), body);
	details.addEventListener('toggle', () => {
		if (!details.open || body.childElementCount > 0) return;
		const shown = children.slice(0, 200);
		body.append(...shown.map(({ key, value: inner }) => pair(clipped(key, 200), valueView(inner))));
		if (children.length > shown.length) body.append(h('div', 'note', `and ${children.length - shown.length} more`));
	});
	return details;
}

/** Its text and type, never to be opened. */
export function inlineValue(value: ValuePreview): Child {
	const text = clipped(value.repr, 2000);
	return [
		h('span', { class: `token token-${kindOf(value)}`, title: value.type }, text),
		value.redacted === true &&
			h('span', { class: 'tag', title: 'A secret: its value was never recorded. The same token is the same secret.' }, 'secret'),
		value.truncated === true && h('span', { class: 'tag', title: 'Cut by the recorder’s limits' }, 'cut'),
	];
}

function pair(key: string, value: HTMLElement): HTMLElement {
	return h('div', 'pair', h('span', 'token token-name', key), value);
}

/** A table of names and values, for a few dozen of them. */
export function pairs(label: string, entries: readonly (readonly [name: string, value: Child])[]): HTMLElement {
	return h(
		'dl',
		{ class: 'pairs', aria: { label } },
		entries.map(([name, value]) => h('div', 'pair-row', h('dt', '', name), h('dd', '', value))),
	);
}
