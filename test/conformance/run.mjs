// The engine against Django itself: node test/conformance/run.mjs
// The example, and the projects of oracle/projects.json, which are installed from the package index into .cache/conformance.
// A project counts as passed when routes, middleware and handlers are all exact, in order, with no route invented; its dry runs
// when at least 200 paths, made from its routes and damaged, resolve as Django resolves them. Further situations are small projects
// of ours with real libraries (situations/).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { prepareExample } from '../../scripts/example.mjs';
import { ensurePython, root } from '../../scripts/setup.mjs';
import { buildMatching, compareMatching, compareRequests } from './matching/matching.mjs';
import { checkSituations } from './situations/situations.mjs';

const here = join(root, 'test/conformance');
const cache = join(root, '.cache/conformance');
const cli = join(root, 'dist/cli.js');
if (!existsSync(cli)) spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
mkdirSync(cache, { recursive: true });

let passed = 0;
let failed = 0;
function score(name, oracle, { folder, cwd = folder, settings, python, env = {} }) {
	const options = ['model', '--json', folder, '--settings', settings, '--python', python, '--no-cache'];
	const run = spawnSync(process.execPath, [cli, ...options], {
		cwd,
		env: { ...process.env, ...env },
		encoding: 'utf8',
		maxBuffer: 1 << 28,
	});
	const model = join(cache, `${name}.model.json`);
	writeFileSync(model, run.stdout);
	const scored = spawnSync(process.execPath, [join(here, 'score.mjs'), oracle, model], { encoding: 'utf8' });
	const exact = scored.status === 0;
	exact ? passed++ : failed++;
	console.log(`${exact ? 'ok    ' : 'FAILED'} ${name}`);
	if (!exact) console.log(`${scored.stdout}${scored.stderr}${run.stderr}`);
	else registrations(name, oracle, JSON.parse(run.stdout));
}

/** The `register()` calls behind routers' routes, which the score leaves out. */
function registrations(name, oracle, model) {
	const bytes = readFileSync(oracle);
	const { routes } = JSON.parse(oracle.endsWith('.gz') ? gunzipSync(bytes) : bytes);
	const text = (place) => place && `${place.where}:${place.file}:${place.line}`;
	const made = routes.flatMap(({ registered, human }, index) =>
		registered ? [[human, text(registered.site), text(model.routes[index]?.registered)]] : [],
	);
	if (made.length === 0) return;
	const differences = made.filter(([, django, engine]) => django !== engine).map((one) => one.join(' '));
	told(`${name}: ${made.length} routes know the register() call they come from`, true, differences);
}

/** A project whose routes are named by what its code has found out: as Django's, one by one. */
function names(what, folder, settings, python) {
	const django = spawnSync(python, [join(here, 'django_names.py'), settings], { cwd: folder, encoding: 'utf8' });
	const options = ['model', '--json', folder, '--settings', settings, '--python', python, '--no-cache'];
	const engine = spawnSync(process.execPath, [cli, ...options], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
	const wanted = JSON.parse(django.stdout || '[]');
	const { routes } = JSON.parse(engine.stdout);
	const differences = wanted.flatMap((name, at) => (name === routes[at]?.name ? [] : [`${name}\n${routes[at]?.name}`]));
	told(`${what}: ${wanted.length} names are Django's`, wanted.length > 50 && routes.length === wanted.length, differences);
}

/** Paths made from the project's routes, resolved by its Django and by the engine. */
async function matches(name, project) {
	const { paths, equal, skipped, differences } = await compareMatching(project);
	told(`${name}: ${equal} of ${paths - skipped} paths resolve as Django resolves them`, paths - skipped >= 200, differences);
}

function told(what, enough, differences) {
	const exact = enough && differences.length === 0;
	exact ? passed++ : failed++;
	console.log(`${exact ? 'ok    ' : 'FAILED'} ${what}`);
	for (const difference of differences.slice(0, 10)) console.log(difference);
}

await buildMatching();
await prepareExample({ log: console.log });
const bookshop = join(root, 'examples/bookshop');
score('bookshop', join(here, 'bookshop.oracle.json'), {
	folder: bookshop,
	settings: 'bookshop.settings',
	python: join(bookshop, '.venv'),
});
const bookshopPython = join(bookshop, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
await matches('bookshop', { root: bookshop, settings_module: 'bookshop.settings', python: bookshopPython });
names('models and forms', join(root, 'test/fixtures/asked-models'), 'project.settings', bookshopPython);
const asked = await compareRequests(bookshopPython);
told(
	`languages: ${asked.equal} of ${asked.requests} requests are answered as by Django's test client`,
	asked.requests > 2000,
	asked.differences,
);

checkSituations(told);

const install = spawnSync(ensurePython(), [join(here, 'oracle/install.py'), '--cache', cache, '--all'], {
	encoding: 'utf8',
	stdio: ['ignore', 'pipe', 'inherit'],
});
for (const line of install.stdout.split('\n').filter(Boolean)) {
	const { name, root: folder, cwd, settings_module: settings, python, env, sys_path } = JSON.parse(line);
	const oracle = join(here, 'oracle/dev', `${name}.json.gz`);
	score(name, oracle, { folder, cwd, settings, python, env: { ...env, PYTHONPATH: sys_path.join(delimiter) } });
	await matches(name, JSON.parse(line));
}
if (install.status !== 0) {
	failed++;
	console.log('Not every project could be installed.');
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
