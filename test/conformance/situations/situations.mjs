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
		if (existsSync(file)) check(name, JSON.parse(readFileSync(file, 'utf8')), python, told);
	}
}

function check(name, { settings, env = {}, roots = [], methods = false }, python, told) {
	const folder = join(here, name);
	const run = (command, args, more = {}) =>
		spawnSync(command, args, {
			cwd: folder,
			env: { ...clean(), PYTHONDONTWRITEBYTECODE: '1', ...env, ...more },
			encoding: 'utf8',
			maxBuffer: 1 << 28,
		});
	const oracle = join(out, `${name}.oracle.json`);
	const asked = run(python, [
		join(root, 'test/conformance/oracle/oracle.py'),
		...['--path', folder, '--root', folder, '--chdir', folder, '--settings', settings, '--out', oracle],
	]);
	if (asked.status !== 0) return told(`${name}: Django answers`, false, [asked.stderr.slice(-2000)]);
	const model = run(process.execPath, [
		join(root, 'dist/cli.js'),
		...['model', '--json', folder, '--settings', settings, '--python', python, '--no-cache'],
	]);
	writeFileSync(join(out, `${name}.model.json`), model.stdout);
	const scored = run(process.execPath, [join(root, 'test/conformance/score.mjs'), oracle, join(out, `${name}.model.json`)]);
	const { routes } = JSON.parse(readFileSync(oracle, 'utf8'));
	told(
		`${name}: ${routes.length} routes as Django has them`,
		routes.length > 0,
		scored.status === 0 ? [] : [scored.stdout + model.stderr],
	);
	if (roots.length > 0 || methods)
		compareFurther(name, JSON.parse(model.stdout), run, { python, settings, roots, methods }, told);
}

function compareFurther(name, model, run, { python, settings, roots, methods }, told) {
	const answer = run(python, [join(here, 'further.py'), settings, ...(methods ? ['--methods'] : []), ...roots]);
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
		Object.entries(process.env).filter(([key]) => !/^(?:DJANGO|DYNACONF|DEBUG$|DATABASE_URL$|PYTHONPATH$)/.test(key)),
	);
}
