import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { routeHits } from '../../../src/editor/captures/hits';
import { changedRows } from '../../../src/editor/cycle/difference';
import { parseFilter } from '../../../src/editor/cycle/filter';
import type { CycleNode } from '../../../src/editor/cycle/node';
import { projectNodes } from '../../../src/editor/cycle/nodes';
import { dryRunPage } from '../../../src/editor/dryRun/text';
import { completion } from '../../../src/server/features/completion';
import { definition } from '../../../src/server/features/definition';
import { modelDiagnostics, nameDiagnostics } from '../../../src/server/features/diagnostics';
import { routesInFile } from '../../../src/server/features/routesInFile';
import { indexModel } from '../../../src/server/modelIndex';
import type { CaptureSummary } from '../../../src/shared/capture';
import type { IncludeInfo, ProjectModel, RouteInfo } from '../../../src/shared/model';

const root = '/p';
const project = {
	root,
	name: 'p',
	settingsModule: 'shop.settings',
	candidates: [{ module: 'shop.settings', root, source: 'manage.py' }],
};

function route(pattern: string, name: string, view: string, line: number): RouteInfo {
	return {
		type: 'route',
		id: `shop:${name}`,
		pattern: { kind: 'route', pattern },
		fullPath: `/shop/${pattern}`,
		segments: [
			{ kind: 'route', pattern: 'shop/' },
			{ kind: 'route', pattern },
		],
		namespaces: ['eu'],
		appNames: ['shop'],
		name,
		fullName: `eu:${name}`,
		view: `shop.views.${view}`,
		place: { file: '/p/shop/views.py', line: line * 10 },
		site: { file: '/p/shop/urls.py', line },
	};
}

function model(children: IncludeInfo['children'], more: Partial<ProjectModel> = {}): ProjectModel {
	const include: IncludeInfo = {
		type: 'include',
		id: 'shop',
		pattern: { kind: 'route', pattern: 'shop/' },
		namespace: 'eu',
		appName: 'shop',
		urlconf: { name: 'shop.urls', file: '/p/shop/urls.py' },
		site: { file: '/p/urls.py', line: 5 },
		children,
	};
	return {
		root,
		settingsModule: 'shop.settings',
		settingsFile: '/p/shop/settings.py',
		django: '5.2',
		python: '3.12.1',
		environment: { sitePackages: ['/p/.venv/lib'], interpreter: '/p/.venv/bin/python' },
		settings: [
			{ name: 'DEBUG', value: 'True' },
			{ name: 'SECRET_KEY', unknown: 'read from the network' },
		],
		middleware: [
			{
				path: 'shop.middleware.Timer',
				kind: 'class',
				hooks: [{ name: '__call__', place: { file: '/p/shop/middleware.py', line: 9 } }],
				place: { file: '/p/shop/middleware.py', line: 5 },
				settingPlace: { file: '/p/shop/settings.py', line: 3 },
			},
			{
				path: 'gone.Middleware',
				hooks: [],
				problem: { severity: 'error', code: 'import-failed', message: 'No module named gone' },
			},
		],
		rootUrlconf: { name: 'urls', file: '/p/urls.py' },
		urls: [include],
		otherRoots: [],
		variables: [],
		handlers: [{ status: 404, view: 'shop.views.missing', default: false, place: { file: '/p/shop/views.py', line: 90 } }],
		notMounted: [],
		problems: [],
		...more,
	};
}

const home = route('', 'home', 'home', 1);
const book = route('<int:pk>/', 'book', 'Book', 2);
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

describe('what the server makes of a model', () => {
	const index = indexModel(model([home, book]));
	const python = (text: string) => TextDocument.create('file:///p/a.py', 'python', 1, text);

	it('finds names by instance and by application namespace', () => {
		for (const name of ['eu:book', 'shop:book']) assert.equal(index.byName.get(name)?.[0]?.id, 'shop:book');
		assert.equal(index.byName.get('book'), undefined);
	});

	it('leads from names and dotted paths to lines', () => {
		const [found] = definition(python('reverse("eu:book")'), 12, [index]);
		assert.deepEqual([found?.uri, found?.range.start.line], ['file:///p/shop/urls.py', 1]);
		const [middleware] = definition(python('["shop.middleware.Timer"]'), 5, [index]);
		assert.deepEqual([middleware?.uri, middleware?.range.start.line], ['file:///p/shop/middleware.py', 4]);
	});

	it('completes names', () => {
		assert.deepEqual(
			completion(python('reverse("eu'), 11, [index])
				.map((item) => item.label)
				.sort(),
			['eu:book', 'eu:home', 'shop:book', 'shop:home'],
		);
	});

	it('reports unknown names only where every URL is known, and not in tests', () => {
		const said = (path: string, made: ProjectModel) =>
			nameDiagnostics(python('reverse("eu:nope")'), path, [indexModel(made)]).length;
		assert.equal(said('/p/a.py', model([home])), 1);
		assert.equal(said('/p/tests/a.py', model([home])), 0);
		assert.equal(said('/p/test_a.py', model([home])), 0);
		const unknown = { type: 'unknown', id: 'u', problem: { severity: 'warning', code: 'x', message: 'm' } } as const;
		assert.equal(said('/p/a.py', model([home, unknown])), 0);
	});

	it('puts problems where they are, in files of the project alone, and bounded', () => {
		const problem = (file: string, line: number) =>
			({ severity: 'warning', code: 'x', message: `m${line}`, place: { file, line } }) as const;
		const problems = [
			...Array.from({ length: 150 }, (_, at) => problem('/p/a.py', at + 1)),
			problem('/p/.venv/lib/b.py', 1),
			problem('/q/c.py', 1),
		];
		const found = modelDiagnostics(indexModel(model([home], { problems })));
		assert.deepEqual(
			[...found].map(([uri, list]) => [uri, list.length]),
			[['file:///p/a.py', 100]],
		);
	});

	it('tells the entries of a file by line', () => {
		assert.deepEqual(
			routesInFile('/p/shop/views.py', [index]).map((entry) => [entry.kind, entry.line, entry.routes.map((one) => one.fullPath)]),
			[
				['view', 10, ['/shop/']],
				['view', 20, ['/shop/<int:pk>/']],
				['view', 90, []],
			],
		);
	});
});

describe('a dry run as text', () => {
	it('gives the answer first, then what was tried', () => {
		const page = dryRunPage(
			{
				method: 'GET',
				path: '/shop/3/',
				match: { route: book, args: [], kwargs: { pk: '3' }, includes: [] },
				tried: [
					{
						id: 'a',
						pattern: { kind: 'route', pattern: 'shop/' },
						depth: 0,
						outcome: 'prefix',
						site: { file: '/p/urls.py', line: 5 },
					},
					{ id: 'b', pattern: home.pattern, depth: 1, outcome: 'no match', reason: 'the path goes on' },
					{ id: 'c', pattern: book.pattern, depth: 1, outcome: 'matched' },
				],
				problems: [],
			},
			(file) => file,
		);
		assert.equal(
			page.text,
			`GET /shop/3/

reaches   shop.views.Book  (/p/shop/views.py:20)
by        /shop/<int:pk>/  named eu:book  (/p/shop/urls.py:2)
with      pk=3

Tried in this order (3)
  → shop/  begins so, the rest is tried within  (/p/urls.py:5)
    · ''  the path goes on
    ✓ <int:pk>/
`,
		);
		assert.deepEqual(
			page.links.map((link) => link.line),
			[2, 3, 7],
		);
	});
});
