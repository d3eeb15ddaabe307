/** A button that shows a picture; its label is its tooltip and its name, with the key that does the same. */
import { h } from '../dom';
import { type IconName, icon } from '../icons';

export function tool(name: IconName, label: string, act: () => void, key?: string): HTMLButtonElement {
	return h(
		'button',
		{
			class: 'tool',
			title: key === undefined ? label : `${label} (${key})`,
			aria: { label, ...(key === undefined ? {} : { keyshortcuts: key }) },
			attrs: { type: 'button' },
			on: { click: act },
		},
		icon(name),
	);
}
