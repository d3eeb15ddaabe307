/** The tabs, each made when it is first opened and brought up to date when it is looked at. */
import { h } from '../dom';
import { type TabName, tabs } from '../walk';
import { eventsTab } from './eventsTab';
import { queriesTab } from './queriesTab';
import { requestTab } from './requestTab';
import { responseTab } from './responseTab';
import { routeTab } from './routeTab';
import { stageTab } from './stageTab';
import { stateTab } from './stateTab';
import type { Context, View } from './view';

const makers: Readonly<Record<TabName, (context: Context) => View>> = {
	stage: stageTab,
	state: stateTab,
	route: routeTab,
	queries: queriesTab,
	events: eventsTab,
	request: requestTab,
	response: responseTab,
};

const names: Readonly<Record<TabName, string>> = {
	stage: 'Stage',
	state: 'State',
	route: 'Route',
	queries: 'Queries',
	events: 'Events',
	request: 'Request',
	response: 'Response',
};

export function tabsView(context: Context): View {
	const { walk } = context;
	const views = new Map<TabName, View>();
	const stale = new Set<TabName>();
	const panel = h('div', { class: 'tab-panel', role: 'tabpanel', id: 'tab-panel', tabIndex: 0 });
	const counts: Partial<Record<TabName, number>> = {
		queries: walk.story.queries.reduce((sum, group) => sum + group.queries.length, 0),
		events: [...walk.stages.values()].reduce((sum, stage) => sum + stage.events.length, walk.capture.events?.length ?? 0),
	};
	const buttons = new Map(
		tabs.map((name) => {
			const count = counts[name];
			const button = h(
				'button',
				{
					class: 'tab',
					id: `tab-${name}`,
					role: 'tab',
					aria: { controls: 'tab-panel' },
					attrs: { type: 'button' },
					on: { click: () => walk.open(name) },
				},
				names[name],
				count === undefined || count === 0 ? undefined : h('span', 'count', String(count)),
			);
			return [name, button] as const;
		}),
	);
	const bar = h('div', { class: 'tab-bar', role: 'tablist', aria: { label: 'What to look at' } }, [...buttons.values()]);
	bar.addEventListener('keydown', (event) => {
		const at = tabs.indexOf(walk.tab);
		const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
		if (next === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		const name = tabs[(next + tabs.length) % tabs.length];
		if (!name) return;
		walk.open(name);
		buttons.get(name)?.focus();
	});
	const show = () => {
		const { tab } = walk;
		let view = views.get(tab);
		if (!view) {
			view = makers[tab](context);
			views.set(tab, view);
		} else if (stale.delete(tab)) {
			view.step?.();
			view.filter?.();
		}
		if (panel.firstChild !== view.element) {
			panel.replaceChildren(view.element);
			panel.scrollTop = walk.scroll;
		}
		panel.setAttribute('aria-labelledby', `tab-${tab}`);
		for (const [name, button] of buttons) {
			button.setAttribute('aria-selected', String(name === tab));
			button.tabIndex = name === tab ? 0 : -1;
		}
	};
	const others = () => {
		for (const name of views.keys()) if (name !== walk.tab) stale.add(name);
	};
	panel.addEventListener('scroll', () => walk.scrolled(panel.scrollTop), { passive: true });
	// A page that is being put together has nothing to scroll yet.
	const wanted = walk.scroll;
	if (wanted > 0) requestAnimationFrame(() => panel.scrollTo({ top: wanted, behavior: 'instant' }));
	walk.onChange((what) => {
		if (what === 'tab') show();
		if (what === 'event') views.get(walk.tab)?.event?.();
		if (what === 'filter') {
			others();
			views.get(walk.tab)?.filter?.();
		}
	});
	show();
	return {
		element: h('section', { class: 'tabs', aria: { label: 'Details' } }, bar, panel),
		step: () => {
			others();
			views.get(walk.tab)?.step?.();
		},
	};
}
