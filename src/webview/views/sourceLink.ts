/** A place in the source that opens on a click; it says where the file has changed since. */
import type { Location } from '../../shared/capture';
import { placeLabel } from '../../shared/labels';
import { h } from '../dom';
import type { Context } from './view';

export function sourceLink(context: Context, location: Location, text = placeLabel(location)): HTMLElement {
	const state = context.walk.sourceOf(location);
	const note = state === 'changed' ? ' (the file has changed since)' : state === 'missing' ? ' (the file is not there)' : '';
	return h(
		'button',
		{
			class: `link source${note === '' ? '' : ' stale'}`,
			title: `${location.file}:${location.line}${note}`,
			attrs: { type: 'button' },
			on: {
				click: (event) => {
					event.stopPropagation();
					context.reveal(location);
				},
			},
		},
		text,
		note === '' ? undefined : h('span', 'stale-note', state === 'missing' ? ' missing' : ' changed'),
	);
}
