import assert from 'node:assert/strict';
import { routeHits } from '../../../src/editor/captures/hits';
import { changedRows } from '../../../src/editor/cycle/difference';
import { parseFilter } from '../../../src/editor/cycle/filter';
import type { CycleNode } from '../../../src/editor/cycle/node';
import { projectNodes } from '../../../src/editor/cycle/nodes';
import type { CaptureSummary } from '../../../src/shared/capture';
import type { ProjectModel } from '../../../src/shared/model';
import { book, home, model, project } from '../shopModel';

const none = routeHits([], []);
const rows = (made: ProjectModel, filter = '', hits = none) =>
	projectNodes({ project, model: made, filter: parseFilter(filter), hits });
const outline = (nodes: readonly CycleNode[], indent = ''): string =>
	nodes.map((node) => `${indent}${node.label} | ${node.description ?? ''}\n${outline(node.children, `${indent}  `)}`).join('');

describe('rows of the Cycle view', () => {
	it('stand in the order a request meets the parts', () => {
		assert.equal(
			outline(
				rows(
					model([
						home,
						book,
						{ type: 'unknown', id: 'u', problem: { severity: 'warning', code: 'unknown-value', message: 'set by a plugin' } },
					]),
				),
			),
			`shop.settings | settings module · from manage.py
  Environment | Python 3.12.1 · Django 5.2
  DEBUG | True
  SECRET_KEY | unknown: read from the network
Middleware | 2
  Timer | shop.middleware
    __call__ | middleware.py:9
  Middleware | No module named gone
URLs | urls · 2 routes
  shop/ | eu: · shop.urls
    '' | eu:home · home
    <int:pk>/ | eu:book · Book
    Unknown | set by a plugin
Error handlers | 1
  handler404 | shop.views.missing
`,
		);
	});

	it('tell what is left out under the condition that left it out', () => {
		const left = (condition: string, text: string, line: number) => ({ condition, text, place: { file: '/p/urls.py', line } });
		const made = rows(
			model([], { notMounted: [left('DEBUG', 'path("a/")', 3), left('BETA', 'path("b/")', 5), left('DEBUG', 'path("c/")', 9)] }),
		);
		assert.equal(
			outline(made.filter(({ label }) => label === 'Not mounted')),
			`Not mounted | 3
  DEBUG | 
    path("a/") | urls.py:3
    path("c/") | urls.py:9
  BETA | 
    path("b/") | urls.py:5
`,
		);
		const ids = made.flatMap(({ children }) => children.flatMap(({ id, children }) => [id, ...children.map(({ id }) => id)]));
		assert.equal(new Set(ids).size, ids.length);
	});

	it('tell what is not known in the project first, and what libraries make unknown by library', () => {
		const unknown = (file: string, line: number, message = 'the time') =>
			({ severity: 'warning', code: 'unknown-value', message, place: { file, line } }) as const;
		const problems = [
			unknown('/p/.venv/lib/rest/fields.py', 3),
			unknown('/p/shop/urls.py', 8, 'a row'),
			unknown('/p/.venv/lib/celery.py', 4),
			unknown('/p/.venv/lib/rest/views.py', 5),
			unknown('/usr/lib/python3.12/uuid.py', 6),
			{ severity: 'information', code: 'unsettled', message: 'setup' } as const,
		];
		const environment = { sitePackages: ['/p/.venv/lib'], stdlib: '/usr/lib/python3.12' };
		assert.equal(
			outline(rows(model([], { problems, environment })).filter(({ label }) => label === 'Not known')),
			`Not known | 6
  a row | urls.py:8
  setup |${' '}
  In libraries | 4
    Python | 1
      the time | uuid.py:6
    celery.py | 1
      the time | celery.py:4
    rest | 2
      the time | fields.py:3
      the time | views.py:5
`,
		);
	});

	it('tell the first line at which the settings stop beside them, with the way out, the others below', () => {
		const settingsFile = '/p/shop/settings.py';
		const raised = (line: number, message: string) =>
			({ severity: 'warning', code: 'unknown-value', message, place: { file: settingsFile, line } }) as const;
		const problems = [raised(4, "KeyError: 'FLAVOUR'"), raised(9, 'ValueError: no database')];
		const [settings, failure] = rows(model([], { settings: [], settingsFile, problems }));
		assert.equal(settings?.description, 'line 4 fails · settings module · from manage.py');
		assert.deepEqual(
			settings?.children.map(({ label }) => label),
			['Line 9 failed', 'Environment'],
		);
		assert.equal(outline(failure ? [failure] : []), "Line 4 failed | KeyError: 'FLAVOUR'\n  Set Environment Variables… | \n");
	});

	it('tell the variables that the project asks for', () => {
		const place = { file: '/p/shop/settings.py', line: 7 };
		const variables = [
			{ name: 'DEBUG', isSet: true, place },
			{ name: 'FLAVOUR', isSet: false },
		];
		const [settings] = rows(model([], { settings: [], variables }));
		assert.equal(
			outline(settings?.children ?? []),
			`Environment | Python 3.12.1 · Django 5.2
Environment variables | 2 asked for, 1 set
  DEBUG | set · settings.py:7
  FLAVOUR | not set
`,
		);
		assert.deepEqual(
			settings?.children.at(-1)?.children.map(({ variable }) => variable),
			['DEBUG', 'FLAVOUR'],
		);
	});

	it('say that the project is read while it is', () => {
		const found = projectNodes({ project, model: undefined, filter: [], hits: none });
		assert.equal(outline(found), 'shop.settings | settings module · from manage.py\nReading the project… | \n');
	});

	it('keep structure and order under a filter, and what may match', () => {
		assert.equal(
			outline(rows(model([home, book]), 'book')),
			'URLs | urls · 1 of 2 routes\n  shop/ | eu: · shop.urls\n    <int:pk>/ | eu:book · Book\n',
		);
		assert.equal(outline(rows(model([home, book]), 'nothing')), 'URLs | urls · 0 of 2 routes\n');
	});

	it('have ids of their own', () => {
		const all = (nodes: readonly CycleNode[]): string[] => nodes.flatMap((node) => [node.id, ...all(node.children)]);
		const ids = all(rows(model([home, home, book])));
		assert.equal(new Set(ids).size, ids.length);
	});

	it('tell hit routes from those that never were', () => {
		const summary = {
			id: 'a',
			durationNs: 5e6,
			method: 'GET',
			path: '/shop/',
			status: 500,
			view: 'shop.views.home',
			route: 'shop/',
			urlName: 'home',
			static: false,
		} as CaptureSummary;
		const made = model([home, book]);
		const hits = routeHits([summary], [made]);
		assert.equal(hits.of(home)?.count, 1);
		assert.equal(hits.of(book), undefined);
		const text = outline(rows(made, '', hits));
		assert.match(text, /'' \| eu:home · home · 1×/);
		assert.deepEqual(hits.unknown, []);
	});

	it('tell which requests came as far as a middleware, and which it answered', () => {
		const made = model([home]);
		const request = { durationNs: 5e6, method: 'GET', path: '/', static: false };
		const summaries = [
			{ ...request, id: 'c', static: true },
			{ ...request, id: 'b', refusedBy: 'shop.middleware.Timer', status: 403 },
			{ ...request, id: 'a', status: 200 },
		] as CaptureSummary[];
		const hits = routeHits(summaries, [made]);
		const ids = (found: ReturnType<typeof hits.reached>) => found?.captures.map((one) => one.id);
		assert.deepEqual(ids(hits.reached('shop.middleware.Timer')), ['b', 'a']);
		assert.deepEqual(ids(hits.reached('gone.Middleware')), ['a']);
		assert.deepEqual(ids(hits.ofMiddleware('shop.middleware.Timer')), ['b']);
		assert.equal(hits.reached('nowhere'), undefined);
	});

	it('do not count requests for a middleware that Django left out', () => {
		const made = model([home]);
		const summary = { id: 'a', durationNs: 5e6, method: 'GET', path: '/', static: false, status: 200, view: 'shop.views.home' };
		const colorOf = (leftOut?: string) => {
			const hits = routeHits([summary as CaptureSummary], [made], (path) =>
				path === 'shop.middleware.Timer' ? leftOut : undefined,
			);
			const timer = rows(made, '', hits)
				.find(({ label }) => label === 'Middleware')
				?.children.find(({ label }) => label === 'Timer');
			return [timer?.color, timer?.description, /MiddlewareNotUsed/.test(timer?.tooltip ?? '')];
		};
		assert.deepEqual(colorOf(), ['charts.green', 'shop.middleware', false]);
		assert.deepEqual(colorOf('no key'), ['disabledForeground', 'shop.middleware · left out', true]);
	});

	it('report a recorded route that the source lacks', () => {
		const summary = {
			id: 'a',
			durationNs: 5e6,
			method: 'GET',
			path: '/x/',
			view: 'x.views.x',
			route: 'x/',
			static: false,
		} as CaptureSummary;
		const made = model([home]);
		assert.match(outline(rows(made, '', routeHits([summary], [made]))), /Seen at run time only \| 1\n {2}\/x\/ \| x\.views\.x/);
	});

	it('refresh as little as the change allows', () => {
		const before = rows(model([home, book]));
		assert.deepEqual(changedRows(before, rows(model([home, book]))), []);
		const moved = { ...book, site: { file: '/p/shop/urls.py', line: 3 } };
		assert.deepEqual(changedRows(before, rows(model([home, moved]))), ['/p/urls/shop/shop:book']);
		assert.ok(!changedRows(before, rows(model([book]))).includes(undefined));
	});
});
