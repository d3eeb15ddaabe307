import assert from 'node:assert/strict';
import { projectOutline } from '../../../src/django/outline/outline';
import { openProject } from '../../../src/django/project';
import type { UrlEntry } from '../../../src/shared/model';
import { memoryHost } from '../memoryHost';

const manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")\n';
const outline = (files: Readonly<Record<string, string>>) => {
	const all = { 'manage.py': manage, 'site/__init__.py': '', ...files };
	const host = memoryHost(Object.fromEntries(Object.entries(all).map(([name, text]) => [`/p/${name}`, text])));
	return projectOutline(host, openProject(host, { folder: '/p' }));
};
const settings = 'ROOT_URLCONF = "site.urls"\n';
const text = (entries: readonly UrlEntry[], indent = ''): string[] =>
	entries.flatMap((entry) => {
		if (entry.type === 'unknown') return [`${indent}… ${entry.problem.message}`.trimEnd()];
		if (entry.type === 'route') return [`${indent}${entry.pattern.pattern} ${entry.fullName ?? '-'} ${entry.fullPath}`];
		const head = `${indent}${entry.pattern.pattern} → ${entry.urlconf.name}${entry.namespace ? ` [${entry.namespace}]` : ''}`;
		return [head, ...text(entry.children, `${indent}  `)];
	});
const urls = (source: string, more: Readonly<Record<string, string>> = {}) =>
	text(outline({ 'site/settings.py': settings, 'site/urls.py': source, ...more }).urls);

describe('the outline of a project', () => {
	it('is marked as such, and has no view of any route', () => {
		const model = outline({ 'site/settings.py': settings, 'site/urls.py': 'urlpatterns = [path("a/", views.a, name="a")]' });
		assert.equal(model.provisional, 'outline');
		assert.equal(model.rootUrlconf?.file, '/p/site/urls.py');
		const [route] = model.urls;
		assert.ok(route?.type === 'route' && route.view === undefined);
		assert.deepEqual(route.site, { file: '/p/site/urls.py', line: 1 });
	});

	it('follows the settings in their order, through star imports', () => {
		const model = outline({
			'site/settings.py': 'from .base import *\nMIDDLEWARE += ["b.B"]\nROOT_URLCONF = "site.urls"\n',
			'site/base.py': 'ROOT_URLCONF = "other"\nMIDDLEWARE = [\n  "a.A",\n  *more,\n]\n',
		});
		assert.deepEqual(
			model.middleware.map(({ path, settingPlace }) => `${path} ${settingPlace?.file}:${settingPlace?.line}`),
			['a.A /p/site/base.py:3', 'b.B /p/site/settings.py:2'],
		);
		assert.equal(model.rootUrlconf?.name, 'site.urls');
	});

	it('knows nothing of a list that is computed', () => {
		const model = outline({ 'site/settings.py': 'MIDDLEWARE = ["a.A"]\nMIDDLEWARE = [m for m in MIDDLEWARE]\n' });
		assert.deepEqual(model.middleware, []);
	});

	const tables: Readonly<Record<string, readonly [string, readonly string[], Readonly<Record<string, string>>?]>> = {
		'literal patterns': [
			'urlpatterns = [path("a/", v.a, name="a"), re_path(r"^b/(?P<x>\\d+)$", v.b)]',
			['a/ a /a/', '^b/(?P<x>\\d+)$ - /b/<x>'],
		],
		'includes of the project': [
			'urlpatterns = [path("shop/", include("shop.urls"))]',
			['shop/ → shop.urls [shop]', '  a/ shop:a /shop/a/'],
			{ 'shop/urls.py': 'app_name = "shop"\nurlpatterns = [path("a/", v.a, name="a")]' },
		],
		'includes that can’t be read yet': [
			'urlpatterns = [path("l/", include("library.urls")), path("admin/", admin.site.urls)]',
			['l/ → library.urls', '  …', 'admin/ → admin.site.urls', '  …'],
		],
		'lists of the same module': [
			'more = [path("a/", v.a)]\nurlpatterns = [path("x/", include(more)), path("y/", include((more, "app")))] + more',
			['x/ → <list>', '  a/ - /x/a/', 'y/ → <list> [app]', '  a/ - /y/a/', 'a/ - /a/'],
		],
		'what a condition adds': ['urlpatterns = []\nif settings.DEBUG:\n    urlpatterns += [path("d/", v.d)]', ['…']],
		'what a call adds': ['urlpatterns = [path("a/", v.a)]\nurlpatterns += static("/m/")', ['a/ - /a/', '…']],
		'what a method adds': ['urlpatterns = [path("a/", v.a)]\nurlpatterns.extend(more())', ['a/ - /a/', '…']],
		'patterns that are computed': [
			'urlpatterns = [path(prefix, include("shop.urls")), *router.urls, helper("b/")]',
			['{prefix} → shop.urls', '  a/ - /…a/', '… *router.urls', '… helper("b/")'],
			{ 'shop/urls.py': 'urlpatterns = [path("a/", v.a)]' },
		],
		'translated patterns': ['urlpatterns = i18n_patterns(path("a/", v.a))', ['i18n_patterns(…) → <list>', '  a/ - /…a/']],
		'a URLconf that includes itself': ['urlpatterns = [path("a/", include("site.urls"))]', ['a/ → site.urls', '  …']],
		'a URLconf without patterns': ['import this', ['…']],
		'half-typed text': ['urlpatterns = [\n  path("a/", v.a),\n  path("b/", v.\n]', ['a/ - /a/', 'b/ - /b/']],
	};
	for (const [name, [source, expected, more]] of Object.entries(tables))
		it(`reads ${name}`, () => assert.deepEqual(urls(source, more), expected));
});
