import assert from 'node:assert/strict';
import { dryRun } from '../../../src/django/matching/dryRun';
import type { IncludeInfo, PatternInfo, ProjectModel, RouteInfo, UrlEntry } from '../../../src/shared/model';

const pattern = (text: string): PatternInfo => {
	const converters = Object.fromEntries(
		[...text.matchAll(/<(?:(\w+):)?(\w+)>/g)].map(([, kind = 'str', name = '']) => [name, kind]),
	);
	return text.startsWith('^') ? { kind: 'regex', pattern: text } : { kind: 'route', pattern: text, converters };
};
const route = (text: string, more: Partial<RouteInfo> = {}): RouteInfo => ({
	type: 'route',
	id: text,
	pattern: pattern(text),
	fullPath: `/${text}`,
	segments: [],
	namespaces: [],
	appNames: [],
	view: `view of ${text}`,
	...more,
});
const include = (text: string, ...children: UrlEntry[]): IncludeInfo => ({
	type: 'include',
	id: text,
	pattern: pattern(text),
	urlconf: { name: 'x' },
	children,
});
const locale = (prefixDefaultLanguage: boolean, ...children: UrlEntry[]): IncludeInfo => ({
	...include('', ...children),
	pattern: { kind: 'locale_prefix', pattern: 'en/', prefixDefaultLanguage },
});
const model = (urls: UrlEntry[], middleware: string[] = [], settings: Record<string, string> = {}): ProjectModel => ({
	root: '/p',
	settingsModule: 's',
	environment: { sitePackages: [] },
	settings: Object.entries({ APPEND_SLASH: 'True', LANGUAGE_CODE: "'en'", ...settings }).map(([name, value]) => ({
		name,
		value,
	})),
	languages: ['en', 'fr', 'pt-br'],
	middleware: middleware.map((path) => ({ path, hooks: [] })),
	urls,
	otherRoots: [],
	variables: [],
	handlers: [],
	notMounted: [],
	problems: [],
});
/** `view(args)`, or `404` with a redirect's target. */
const answer = (made: ProjectModel, path: string, method = 'GET', language?: string) => {
	const { match, redirect } = dryRun(made, { method, path, ...(language ? { language } : {}) });
	if (!match) return redirect ? `404 → ${redirect.to}` : '404';
	return `${match.view ?? 'no view'}(${[...match.args, ...Object.entries(match.kwargs).map((pair) => pair.join('='))].join(', ')})`;
};
const table = (made: ProjectModel, rows: Readonly<Record<string, string>>) => {
	for (const [path, expected] of Object.entries(rows)) assert.equal(answer(made, path), expected, path);
};

describe('the dry run', () => {
	it('takes the first route that fits, through the converters', () => {
		const urls = [
			route('item/<int:pk>/'),
			route('item/<slug:name>/'),
			route('item/<uuid:id>/'),
			route('file/<path:rest>'),
			route('x/<a>/<int:b>'),
		];
		table(model(urls), {
			'/item/007/': 'view of item/<int:pk>/(pk=7)',
			'/item/seven/': "view of item/<slug:name>/(name='seven')",
			'/item/a.b/': '404',
			'/file/a/b.txt': "view of file/<path:rest>(rest='a/b.txt')",
			"/x/it's/3": 'view of x/<a>/<int:b>(a="it\'s", b=3)',
			'/x/a/b/3': '404',
			'/item/12345678-1234-1234-1234-123456789abc/': "view of item/<slug:name>/(name='12345678-1234-1234-1234-123456789abc')",
		});
	});

	it('treats what stands outside of converters literally, and wants the whole path', () => {
		table(model([route('a.b/'), route('c/<int:n>')]), {
			'/a.b/': 'view of a.b/()',
			'/axb/': '404',
			'/c/3/': '404',
			'/c/3': 'view of c/<int:n>(n=3)',
		});
	});

	it("follows regular expressions as Python's re does", () => {
		const urls = [
			route('^y/(?P<year>[0-9]{4})/$'),
			route('^two/(\\d+)/(\\w+)/$'),
			route('^maybe/(?:(?P<n>\\d+)/)?$'),
			route('^open/'),
		];
		table(model(urls), {
			'/y/2024/': "view of ^y/(?P<year>[0-9]{4})/$(year='2024')",
			'/y/2024/\n': '404',
			'/two/1/a/': "view of ^two/(\\d+)/(\\w+)/$('1', 'a')",
			'/maybe/': 'view of ^maybe/(?:(?P<n>\\d+)/)?$()',
			'/maybe/5/': "view of ^maybe/(?:(?P<n>\\d+)/)?$(n='5')",
			'/open/anything': 'view of ^open/()',
		});
	});

	it('carries arguments of includes along, and drops unnamed ones where there are named ones', () => {
		const urls = [
			include('<slug:shop>/', route('<int:pk>/')),
			include('^r/(\\w+)/', route('^(\\d+)/$'), route('^n/(?P<n>\\d+)/$')),
		];
		table(model(urls), {
			'/best/3/': "view of <int:pk>/(shop='best', pk=3)",
			'/r/a/1/': "view of ^(\\d+)/$('a', '1')",
			'/r/a/n/1/': "view of ^n/(?P<n>\\d+)/$(n='1')",
		});
	});

	it('lists every pattern it tried, includes with what is below them', () => {
		const made = model([route('a/'), include('b/', route('c/')), include('x/', route('y/')), route('b/d/')]);
		const { tried } = dryRun(made, { method: 'GET', path: '/b/d/' });
		assert.deepEqual(
			tried.map(({ id, depth, outcome }) => `${'  '.repeat(depth)}${id} ${outcome}`),
			['a/ no match', 'b/ prefix', '  c/ no match', 'x/ no match', 'b/d/ matched'],
		);
	});

	it('says where a 404 would be redirected to', () => {
		const common = ['django.middleware.common.CommonMiddleware'];
		assert.equal(answer(model([route('a/')], common), '/a'), '404 → /a/');
		assert.equal(answer(model([route('a/')], common, { APPEND_SLASH: 'False' }), '/a'), '404');
		assert.equal(answer(model([route('a/')]), '/a'), '404');
		assert.equal(answer(model([route('a/')], common), '/b'), '404');
	});

	it('knows the language prefix: from the path, as asked, or by redirect', () => {
		const middleware = ['django.middleware.locale.LocaleMiddleware', 'django.middleware.common.CommonMiddleware'];
		const prefixed = model([locale(true, route('shop/'))], middleware);
		table(prefixed, {
			'/en/shop/': 'view of shop/()',
			'/fr/shop/': 'view of shop/()',
			'/de/shop/': '404',
			'/shop/': '404 → /en/shop/',
			'/shop': '404 → /en/shop/',
		});
		assert.equal(answer(prefixed, '/shop/', 'GET', 'fr'), '404 → /fr/shop/');
		const bare = model([locale(false, route('shop/'))], middleware);
		table(bare, { '/shop/': 'view of shop/()', '/fr/shop/': 'view of shop/()', '/en/shop/': '404' });
	});

	it('tells the view of the method, and which methods there are', () => {
		const methods = [
			{ method: 'GET', view: 'v.list' },
			{ method: 'POST', view: 'v.create' },
		];
		const made = model([route('a/', { methods })]);
		assert.equal(answer(made, '/a/', 'POST'), 'v.create()');
		assert.equal(answer(made, '/a/', 'HEAD'), 'v.list()');
		assert.equal(answer(made, '/a/', 'DELETE'), 'no view()');
	});

	it('decodes the path, cuts the query, and reports what could not be taken into account', () => {
		const made = model([
			{ type: 'unknown', id: '?', problem: { severity: 'warning', code: 'x', message: 'a row' } },
			route('ä/'),
		]);
		assert.equal(answer(made, '/%C3%A4/?q=1'), 'view of ä/()');
		assert.match(
			dryRun(made, { method: 'GET', path: '/%zz' })
				.problems.map(({ message }) => message)
				.join('|'),
			/no valid percent-encoding.*a row/,
		);
	});
});
