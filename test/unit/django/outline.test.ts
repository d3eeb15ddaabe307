import assert from 'node:assert/strict';
import { analyzeProject } from '../../../src/django/analyze';
import { dryRun } from '../../../src/django/matching/dryRun';
import { projectOutline } from '../../../src/django/outline/outline';
import { openProject } from '../../../src/django/project';
import type { ProjectModel, UrlEntry } from '../../../src/shared/model';
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

describe('a project whose Django is not there', () => {
	const analyzed = (files: Readonly<Record<string, string>>, options: { python?: string; pythonNamedBy?: string } = {}) => {
		const project = {
			'/p/manage.py': manage,
			'/p/site/__init__.py': '',
			'/p/site/settings.py': `${settings}MIDDLEWARE = ["a.A"]\n`,
			'/p/site/urls.py': 'urlpatterns = [path("a/", v.a, name="a"), *more()]',
		};
		return analyzeProject(memoryHost({ ...project, ...files }), { folder: '/p', ...options });
	};
	const empty = {
		'/opt/py/bin/python3.11': '',
		'/opt/py/lib/python3.11/os.py': '',
		'/p/.venv/pyvenv.cfg': 'home = /opt/py/bin\nversion = 3.11.7\n',
		'/p/.venv/bin/python': '',
		'/p/.venv/lib/python3.11/site-packages/pip/__init__.py': '',
	};

	it('is told where it was looked for, and who named that', () => {
		const message = (model: ProjectModel) => model.problems.find(({ code }) => code === 'no-django')?.message ?? '';
		assert.match(
			message(analyzed(empty).model),
			/^Django was not found in \.venv\/bin\/python \(Python 3\.11\), found as \.venv in p\. Choose/,
		);
		const chosen = analyzed(empty, { python: '/opt/py/bin/python3.11', pythonNamedBy: 'the setting x.y' });
		assert.match(
			message(chosen.model),
			/^Django was not found in \/opt\/py\/bin\/python3\.11 \(Python 3\.11\), named by the setting x\.y\. /,
		);
		assert.match(message(analyzed({}).model), /^No Python was found/);
	});

	it('shows what the text says, and that it is not evaluated', () => {
		const { model } = analyzed(empty);
		assert.equal(model.textOnly, true);
		assert.equal(model.provisional, undefined);
		assert.deepEqual(
			model.middleware.map(({ path }) => path),
			['a.A'],
		);
		assert.deepEqual(text(model.urls), ['a/ a /a/', '… *more()']);
		assert.ok(model.urls.some((entry) => entry.type === 'unknown' && entry.problem.code === 'not-evaluated'));
	});

	it('has no answer for a dry run', () => {
		const { model, answers } = analyzed(empty);
		const run = dryRun(model, { method: 'GET', path: '/a/' }, answers);
		assert.equal(run.unanswered, true);
		assert.equal(run.match, undefined);
		assert.match(run.problems[0]?.message ?? '', /Django was not found/);
	});
});

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
