/** How the URL was resolved: every tried pattern in order, or, for a 404, the nearest first. */
import type { Stage, TriedPattern } from '../../shared/capture';
import { counted } from '../../shared/labels';
import { type Child, clipped, fill, h } from '../dom';
import { icon } from '../icons';
import { VirtualList } from '../virtualList';
import { note, section } from './parts';
import { sourceLink } from './sourceLink';
import { pairs, valueView } from './value';
import type { Context, View } from './view';

export function routeTab(context: Context): View {
	const { walk } = context;
	const resolve = [...walk.stages.values()].find((stage) => stage.kind === 'resolve');
	const element = h('div', 'tab-body route-tab');
	if (!resolve || resolve.outcome === 'skipped') {
		fill(
			element,
			note(resolve ? `The URL was never resolved: ${walk.story.verdict.text}` : 'This capture has no URL resolution.'),
		);
		return { element };
	}
	const tried = resolve.detail.tried ?? [];
	fill(
		element,
		matched(context, resolve),
		nearest(context, tried),
		tried.length > 0 ? section(`${counted(tried.length, 'pattern')} tried, in order`, triedList(context, tried)) : undefined,
	);
	return { element };
}

function matched(context: Context, stage: Stage): Child {
	const { matched: route, urlconf, tried = [] } = stage.detail;
	if (!route)
		return h(
			'p',
			'callout callout-raised',
			context.walk.story.verdict.kind === 'notFound'
				? context.walk.story.verdict.text
				: `No pattern of ${urlconf ?? 'the URLconf'} matched.`,
		);
	const chain = tried.filter((entry) => entry.outcome !== 'no match');
	return [
		pairs('Matched route', [
			['Route', h('span', 'mono', `/${route.route}`)],
			['View', [h('span', 'mono', `${route.view} `), route.viewLocation ? sourceLink(context, route.viewLocation) : undefined]],
			...(route.urlName === undefined
				? []
				: [['Name', h('span', 'mono', [...route.namespaces, route.urlName].join(':'))] as const]),
			...(urlconf === undefined ? [] : [['URLconf', h('span', 'mono', urlconf)] as const]),
			...Object.entries(route.kwargs).map(
				([name, value]) => [name, [valueView(value), converter(route.converters?.[name])]] as const,
			),
			...route.args.map((value, at) => [`argument ${at + 1}`, valueView(value)] as const),
		]),
		chain.length > 1
			? section(
					'Through',
					h(
						'ol',
						'chain',
						chain.map((entry) =>
							h(
								'li',
								'',
								h('span', 'mono', entry.pattern === '' ? '(empty)' : entry.pattern),
								entry.location ? [' ', sourceLink(context, entry.location)] : undefined,
							),
						),
					),
				)
			: undefined,
	];
}

const converter = (name: string | undefined): Child => (name === undefined ? undefined : h('span', 'quiet', ` by ${name}`));

function nearest(context: Context, tried: readonly TriedPattern[]): Child {
	const { nearest: near } = context.walk.story;
	if (near.length === 0) return undefined;
	return section(
		'Nearest',
		h(
			'ol',
			'near',
			near.map(({ tried: at, full, why }) => {
				const location = tried[at]?.location;
				return h(
					'li',
					'',
					h('span', 'mono', `/${full}`),
					location ? [' ', sourceLink(context, location)] : undefined,
					h('div', 'quiet', marked(why)),
				);
			}),
		),
	);
}

/** `code` between backticks. */
function marked(text: string): readonly Child[] {
	return text.split('`').map((part, at) => (at % 2 === 1 ? h('code', '', part) : part));
}

const outcomes = { matched: 'matched', prefix: 'beginning matched', 'no match': 'no match' } as const;

function triedList(context: Context, tried: readonly TriedPattern[]): HTMLElement {
	const list = new VirtualList({
		class: 'tried',
		label: 'Tried patterns',
		role: 'list',
		rowHeight: 22,
		most: 24,
		row: (index) => {
			const entry = tried[index];
			if (!entry) return h('div', '');
			const left =
				entry.rest !== undefined && entry.outcome === 'prefix' ? `left: ${entry.rest === '' ? 'nothing' : entry.rest}` : '';
			const why = context.walk.story.whyNot[index] || left;
			return h(
				'div',
				{
					class: `tried-row tried-${entry.outcome.replace(' ', '-')}`,
					role: 'listitem',
					style: { '--nest': Math.min(entry.depth, 8) },
				},
				icon(entry.outcome === 'no match' ? 'raised' : entry.outcome === 'matched' ? 'passed' : 'forward'),
				h(
					'span',
					{ class: 'tried-pattern mono', title: entry.pattern },
					entry.pattern === '' ? '(empty)' : clipped(entry.pattern, 300),
				),
				h('span', 'tried-name quiet', entry.namespace !== undefined ? `${entry.namespace}:` : (entry.name ?? '')),
				h('span', { class: 'tried-why quiet', title: why }, why === '' ? outcomes[entry.outcome] : marked(why)),
				entry.location ? sourceLink(context, entry.location) : h('span', 'link-none'),
			);
		},
	});
	list.show(tried.length);
	return list.element;
}
