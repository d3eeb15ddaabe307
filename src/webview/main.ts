/** The replay panel's page: takes captures from the host, shows one at a time, tells the host where the walk stands. */
import './styles/panel.css';
import type { ToPage } from '../shared/protocol/panel';
import { Channel } from './channel';
import { fill, h } from './dom';
import { keyboard } from './keyboard';
import { timelineView } from './timeline/timeline';
import { compareView } from './views/compareView';
import { failureView } from './views/failure';
import { type Header, headerView } from './views/header';
import { onionView } from './views/onion';
import { tabsView } from './views/tabs';
import { toolbarView } from './views/toolbar';
import type { Context } from './views/view';
import { Walk } from './walk';

const root = document.getElementById('panel');
if (root) start(root);

function start(place: HTMLElement): void {
	const channel = new Channel();
	channel.begin(place.dataset['state']);
	const nonce = place.dataset['nonce'] ?? '';
	const live = h('div', { class: 'sr-only', role: 'status', aria: { live: 'polite' } });
	let walk: Walk | undefined;
	let header: Header | undefined;
	/** The host moved the walk: it need not be told. */
	let following = false;

	const reveal = () => {
		const location = walk?.stage?.location;
		if (location) channel.send({ type: 'reveal', location, preserveFocus: true });
	};
	const tellStep = (shown: Walk) => {
		const step = shown.current;
		if (!step || following) return;
		channel.send({
			type: 'step',
			step: step.index,
			...(step.stage === undefined ? {} : { stage: step.stage }),
			reveal: shown.follow,
		});
	};

	const open = (message: Extract<ToPage, { type: 'open' }>) => {
		walk?.stop();
		const shown = new Walk(message.capture, message.story, message.sources, message.state ?? channel.kept());
		walk = shown;
		const context: Context = { walk: shown, channel, nonce, reveal: (location) => channel.send({ type: 'reveal', location }) };
		header = headerView(context, message.pinned ?? false);
		const views = [toolbarView(context), onionView(context), timelineView(context), tabsView(context)] as const;
		const [toolbar, onion, timeline, tabs] = views;
		fill(
			place,
			header.element,
			toolbar.element,
			h('div', 'columns', h('div', 'cycle', onion.element, timeline.element), tabs.element),
			live,
		);
		for (const view of views) view.step?.();
		// Not once another capture has taken the page.
		const keep = later(() => walk === shown && channel.keep(shown.state()));
		shown.onChange((what) => {
			keep();
			if (what !== 'step') return;
			for (const view of views) view.step?.();
			live.textContent = `Step ${shown.step + 1} of ${shown.last + 1}: ${shown.current?.label ?? ''}`;
			tellStep(shown);
		});
		channel.keep(shown.state());
	};

	channel.listen((message) => {
		switch (message.type) {
			case 'open':
				try {
					open(message);
				} catch (error) {
					walk = undefined;
					fill(place, failureView('The capture could not be shown.', error instanceof Error ? error.message : String(error)));
				}
				break;
			case 'go':
				following = true;
				walk?.go(message.step);
				following = false;
				break;
			case 'pinned':
				header?.setPinned(message.pinned);
				break;
			case 'compare':
				walk?.stop();
				walk = undefined;
				fill(place, compareView(message));
				break;
			case 'failed':
				walk?.stop();
				walk = undefined;
				fill(place, failureView(message.message, message.detail));
				break;
		}
	});
	keyboard(() => walk, reveal);
	channel.send({ type: 'ready' });
}

/** Calls at most every 150 ms, the last time included. */
function later(act: () => void): () => void {
	let timer: number | undefined;
	return () => {
		timer ??= window.setTimeout(() => {
			timer = undefined;
			act();
		}, 150);
	};
}
