import type { IncludeInfo, ProjectModel, RouteInfo } from '../../src/shared/model';

const root = '/p';
/** The project that `model` is of. */
export const project = {
	root,
	name: 'p',
	settingsModule: 'shop.settings',
	candidates: [{ module: 'shop.settings', root, source: 'manage.py' }],
};

/** A route below `shop/`, at a line of its URLconf; its view stands ten times as far down. */
export function route(pattern: string, name: string, view: string, line: number): RouteInfo {
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

/** What the engine knows of a small project whose one include has these children. */
export function model(children: IncludeInfo['children'], more: Partial<ProjectModel> = {}): ProjectModel {
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

export const home = route('', 'home', 'home', 1);
export const book = route('<int:pk>/', 'book', 'Book', 2);
