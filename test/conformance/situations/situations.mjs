// Situations of settings, roots and methods, each a small project with real libraries, compared with Django itself:
// `checkSituations(told)` calls `told(what, enough, differences)` once for each comparison.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVenv, root } from '../../../scripts/setup.mjs';

const requirements = [
	'Django==5.2.19',
	'django-configurations==2.5.1',
	'dynaconf==3.3.5',
	'django-environ==0.14.0',
	'django-hosts==7.0.0',
	'django-ninja==1.7.1',
	'djangorestframework==3.16.1',
];
const here = join(root, 'test/conformance/situations');
const out = join(root, '.cache/conformance/situations');

export function checkSituations(told) {
	const python = ensureVenv('situations', requirements);
	mkdirSync(out, { recursive: true });
	for (const name of readdirSync(here).sort()) {
		const file = join(here, name, 'situation.json');
		if (!existsSync(file)) continue;
		const { variants, ...situation } = JSON.parse(readFileSync(file, 'utf8'));
		if (variants) checkVariants(name, situation, variants, python, told);
		else check(name, situation, python, told);
	}
}

/**
 * A project whose variables choose what is mounted: with each set of them as Django itself has it, and what another set would
 * mount stands as not mounted, at its line.
 */
function checkVariants(name, situation, variants, python, told) {
	const all = variants.map((env) => {
		const label = `${name} ${
			Object.entries(env)
				.map((pair) => pair.join('='))
				.join(' ') || 'by default'
		}`;
		check(name, { ...situation, env }, python, told, label);
		const [oracle, model] = ['oracle', 'model'].map((kind) =>
			JSON.parse(readFileSync(join(out, `${label}.${kind}.json`), 'utf8')),
		);
		return { label, oracle, model };
	});
	for (const { label, oracle, model } of all) {
		const left = model.not_mounted;
		const mounted = new Set(oracle.routes.map(({ project_site: at }) => placeText(at)));
		const present = new Set(oracle.middleware.map(({ path }) => path));
		const others = all.filter((one) => one.oracle !== oracle);
		// What an include that is left out holds stands with it.
		const root = model.settings.ROOT_URLCONF.value;
		const routes = others
			.filter((one) => one.model.settings.ROOT_URLCONF.value === root)
			.flatMap((one) => one.oracle.routes.map(({ project_site: at }) => placeText(at)))
			.filter((place) => !mounted.has(place) && !place.startsWith('debug_urls.py'));
		const middleware = others
			.flatMap((one) => one.oracle.middleware.map(({ path }) => path))
			.filter((path) => !present.has(path));
		const missing = [
			...routes.filter((place) => !left.some((one) => placeText(one.place) === place)),
			...middleware.filter((path) => !left.some(({ text }) => text.includes(path))),
		];
		// Several may stand on one line: a row is wrong where it has the pattern of a route that is mounted there.
		const invented = left.filter(({ place, text }) =>
			oracle.routes.some(
				({ project_site: at, segments }) =>
					placeText(at) === placeText(place) && (text.includes('f"') || text.includes(`"${segments.at(-1).pattern}"`)),
			),
		);
		const ever = [...new Set(all.flatMap((one) => one.oracle.middleware.map(({ path }) => path)))];
		const loaded = left.filter(({ text }) => {
			const named = ever.filter((path) => text.includes(path));
			return named.length > 0 && named.every((path) => present.has(path));
		});
		told(`${label}: ${left.length} rows say what is not mounted`, left.length > 0 && left.every(({ condition }) => condition), [
			...missing,
			...[...invented, ...loaded].map((one) => `${placeText(one.place)} ${one.text} is mounted`),
		]);
	}
}

const placeText = (place) => place && `${place.file}:${place.line}`;

function check(name, { settings, env = {}, roots = [], methods = false, requests = [], said = [] }, python, told, label = name) {
	const folder = join(here, name);
	const run = (command, args, input = '') =>
		spawnSync(command, args, {
			cwd: folder,
			input,
			env: { ...clean(), PYTHONDONTWRITEBYTECODE: '1', ...env },
			encoding: 'utf8',
			maxBuffer: 1 << 28,
		});
	const oracle = join(out, `${label}.oracle.json`);
	const asked = run(python, [
		join(root, 'test/conformance/oracle/oracle.py'),
		...['--path', folder, '--root', folder, '--chdir', folder, '--settings', settings, '--out', oracle],
	]);
	if (asked.status !== 0) return told(`${label}: Django answers`, false, [asked.stderr.slice(-2000)]);
	const model = run(process.execPath, [
		join(root, 'dist/cli.js'),
		...['model', '--json', folder, '--settings', settings, '--python', python, '--no-cache'],
	]);
	writeFileSync(join(out, `${label}.model.json`), model.stdout);
	const scored = run(process.execPath, [join(root, 'test/conformance/score.mjs'), oracle, join(out, `${label}.model.json`)]);
	const { routes } = JSON.parse(readFileSync(oracle, 'utf8'));
	told(
		`${label}: ${routes.length} routes as Django has them`,
		routes.length > 0,
		scored.status === 0 ? [] : [scored.stdout + model.stderr],
	);
	if (roots.length > 0 || methods)
		compareFurther(name, JSON.parse(model.stdout), run, { python, settings, roots, methods, requests, said }, told);
}

function compareFurther(name, model, run, { python, settings, roots, methods, requests, said }, told) {
	const asked = JSON.stringify(requests);
	const answer = run(python, [join(here, 'further.py'), settings, ...(methods ? ['--methods'] : []), ...roots], asked);
	if (answer.status !== 0) return told(`${name}: Django answers`, false, [answer.stderr.slice(-2000)]);
	const django = JSON.parse(answer.stdout);
	const segments = ({ segments: all }) => all.map(({ pattern }) => pattern);
	for (const urlconf of roots) {
		const own = model.further_roots.find((one) => one.urlconf === urlconf);
		const ours = own?.routes.map((route) => [segments(route), route.name]);
		told(
			`${name}: ${urlconf} is a further root (${own?.reason})`,
			Boolean(own?.reason),
			differences(ours, django.roots[urlconf]),
		);
	}
	if (requests.length > 0) {
		const used = [...new Set(django.resolved_by.filter(Boolean))].sort();
		const ours = [...new Set(model.further_roots.map(({ urlconf }) => urlconf))].sort();
		told(
			`${name}: ${requests.length} requests are resolved by the roots that are listed`,
			used.length > 10,
			differences(ours, used),
		);
		const sentences = [...model.problems.map(({ message }) => message), ...model.not_mounted.map(({ condition }) => condition)];
		const silent = said.filter((one) => !sentences.some((sentence) => sentence.startsWith(one)));
		told(`${name}: what can't be told, or is ruled out, is said`, said.length > 0, silent);
	}
	if (!methods) return;
	const told1 = django.methods.filter(([, views]) => views);
	const ours = model.routes.map((route) => [segments(route), viewsOf(route)]);
	const wanted = django.methods.map(([pattern, views]) => [pattern, views && sorted(views)]);
	told(
		`${name}: ${told1.length} routes know the view of each method`,
		told1.length > 10,
		wanted.flatMap((one, index) => (one[1] ? differences(ours[index], one) : [])),
	);
}

const viewsOf = ({ methods }) => methods && sorted(Object.fromEntries(methods.map(({ method, view }) => [method, view])));
const sorted = (views) => Object.entries(views).sort(([a], [b]) => (a < b ? -1 : 1));
const differences = (ours, django) =>
	JSON.stringify(ours) === JSON.stringify(django) ? [] : [`Django: ${JSON.stringify(django)}`, `ours:   ${JSON.stringify(ours)}`];

/** What the shell has set for other projects is no business of these. */
function clean() {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([key]) => !/^(?:DJANGO|DYNACONF|DEBUG$|TIER$|FEATURES$|PREFIX$|DATABASE_URL$|PYTHONPATH$)/.test(key),
		),
	);
}
