/** Pieces that several views show alike. */
import type { Outcome, Stage } from '../../shared/capture';
import { type Child, h } from '../dom';
import { icon } from '../icons';

const outcomes: Readonly<Record<Outcome, string>> = {
	passed: 'Passed on',
	responded: 'Answered itself',
	raised: 'Raised',
	skipped: 'Never ran',
};

export function outcomeText(outcome: Outcome): string {
	return outcomes[outcome];
}

export function outcomeBadge(outcome: Outcome): HTMLElement {
	return h('span', `badge badge-${outcome}`, icon(outcome), outcomes[outcome]);
}

/** What the kinds of stage are called. */
export const kindNames: Readonly<Record<Stage['kind'], string>> = {
	'middleware.request': 'Middleware, on the way in',
	'middleware.response': 'Middleware, on the way out',
	'middleware.view': 'Middleware, process_view',
	'middleware.exception': 'Middleware, process_exception',
	'middleware.template_response': 'Middleware, process_template_response',
	resolve: 'URL resolver',
	view: 'View',
	template: 'Template',
	handler: 'Error handler',
	static: 'Static file',
};

export function section(title: string, ...children: readonly Child[]): HTMLElement {
	return h('section', 'section', h('h3', '', title), children);
}

export function note(...children: readonly Child[]): HTMLElement {
	return h('p', 'note', children);
}

/** 2xx … 5xx, for the colour of a status. */
export function statusClass(status: number | undefined): string {
	return status === undefined ? 'status status-none' : `status status-${Math.floor(status / 100)}`;
}
