/** A body by its type: a page in its frame, JSON as a tree, CSV as a table, an image, text; the rest by name and size. */
import type { Body } from '../../shared/capture';
import { sizeLabel } from '../../shared/labels';
import { type Child, clipped, h } from '../dom';
import { icon } from '../icons';
import { csvTable } from './csvTable';
import { htmlPreview } from './htmlPreview';
import { jsonTree } from './jsonTree';
import { note } from './parts';
import type { Context } from './view';

export interface ShownBody {
	readonly body: Body;
	readonly contentType: string | undefined;
	readonly name: string;
}

export function bodyView(context: Context, shown: ShownBody): HTMLElement {
	const { body } = shown;
	return h(
		'div',
		'body',
		body.truncated === true
			? note(`Only the beginning was kept${body.size === undefined ? '' : ` of ${sizeLabel(body.size)}`}.`)
			: undefined,
		contents(context, shown),
	);
}

function contents(context: Context, shown: ShownBody): Child {
	const { body, contentType = '' } = shown;
	const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
	if (body.text === undefined) return without(context, shown);
	if (body.text === '') return note('Empty.');
	if (body.encoding === 'base64')
		return /^image\//.test(type) && body.truncated !== true ? image(type, body.text, shown.name) : without(context, shown);
	if (type === 'text/html' || type === 'application/xhtml+xml')
		return switchable(['Preview', () => htmlPreview(context, body.text ?? '')], ['Source', () => source(body.text ?? '')]);
	if (type === 'application/json' || type.endsWith('+json')) return json(body.text);
	if (type === 'text/csv')
		return switchable(['Table', () => csvTable(body.text ?? '')], ['Source', () => source(body.text ?? '')]);
	if (type === 'image/svg+xml')
		return switchable(
			['Image', () => image(type, base64(body.text ?? ''), shown.name)],
			['Source', () => source(body.text ?? '')],
		);
	return source(body.text);
}

function json(text: string): HTMLElement {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return source(text);
	}
	return switchable(['Tree', () => jsonTree(value)], ['Source', () => source(text)]);
}

function without(context: Context, { body, contentType, name }: ShownBody): HTMLElement {
	const facts = [contentType, body.size === undefined ? undefined : sizeLabel(body.size)].filter(Boolean).join(', ');
	const why =
		body.notRead === true ? 'The application never read it.' : body.text === undefined ? (body.reason ?? 'It was not kept.') : '';
	const kept = body.text !== undefined && body.truncated !== true;
	return h(
		'div',
		'opaque',
		h('p', '', name, facts === '' ? '' : h('span', 'quiet', ` ${facts}`)),
		why === '' ? undefined : note(why),
		kept
			? h(
					'button',
					{
						class: 'button',
						attrs: { type: 'button' },
						on: { click: () => context.channel.send({ type: 'command', command: 'openBody' }) },
					},
					icon('external'),
					'Open externally',
				)
			: undefined,
	);
}

function image(type: string, data: string, name: string): HTMLElement {
	const img = h('img', { class: 'body-image', attrs: { alt: name } });
	const facts = h('p', 'quiet');
	img.addEventListener('load', () => {
		facts.textContent = `${img.naturalWidth} × ${img.naturalHeight}`;
	});
	img.addEventListener('error', () => {
		facts.textContent = 'The image could not be shown.';
	});
	img.src = `data:${type};base64,${data.replace(/\s+/g, '')}`;
	return h('div', 'image-frame', img, facts);
}

function base64(text: string): string {
	const bytes = new TextEncoder().encode(text);
	let binary = '';
	for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return btoa(binary);
}

function source(text: string): HTMLElement {
	return h('pre', { class: 'source-text', tabIndex: 0, aria: { label: 'Text' } }, clipped(text, 200_000));
}

/** Two ways to look at the same thing. */
function switchable(...ways: readonly (readonly [name: string, make: () => HTMLElement])[]): HTMLElement {
	const place = h('div', 'ways-place');
	const buttons = ways.map(([name, make]) => {
		const button = h('button', { class: 'chip', attrs: { type: 'button' }, on: { click: () => choose(button, make) } }, name);
		return button;
	});
	const choose = (chosen: HTMLElement, make: () => HTMLElement) => {
		for (const button of buttons) button.setAttribute('aria-pressed', String(button === chosen));
		place.replaceChildren(make());
	};
	const [first] = buttons;
	const [way] = ways;
	if (first && way) choose(first, way[1]);
	return h('div', 'ways', h('div', 'ways-bar', buttons), place);
}
