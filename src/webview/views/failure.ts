/** A capture that can't be shown says so where it would have been. */
import { clipped, h } from '../dom';
import { icon } from '../icons';

export function failureView(message: string, detail: string | undefined): HTMLElement {
	return h(
		'div',
		{ class: 'failure', role: 'alert' },
		icon('exception'),
		h('h1', '', clipped(message, 1000)),
		detail === undefined ? undefined : h('p', 'mono quiet', clipped(detail, 2000)),
	);
}
