// Cost by the number of routes: generated projects of 1,000, 10,000 and 100,000 routes, over an installed Django.
//   node bench/routes.mjs --python PYTHON [--sizes N,N,N] [--edits N]
// PYTHON is an interpreter of a virtual environment with Django. A project has apps of 100 routes: functions, class-based views, converters and
// namespaces. For each size: processor time and heap of the first model, a route's share of both, and
// the processor time of one keystroke (in a pattern of the root URLconf, of an app's URLconf, in a view's body, a path() line).
// Measured on two shared cores (processor time; 2026-11-22):
//     1,000 routes  0.8 s   768 µs a route   15 KB a route   keystroke p50: root URLconf   5 ms, app's URLconf 10 ms, body  0.6 ms
//    10,000 routes  1.9 s   190 µs a route  7.3 KB a route                              19 ms                  10 ms        0.8 ms
//   100,000 routes  9.8 s    98 µs a route  6.5 KB a route                             209 ms                  39 ms         11 ms
// An edit of the root URLconf runs its whole list again: 1,000 calls of include() at the last size.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { bundleEngine } from './engineBundle.mjs';
import { commandLine, engineOptions, percentile, routesOf, usage } from './projects.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const compiled = join(root, 'out/keystroke/engine.mjs');
const perApp = 100;
if (isMainThread) await main();
else await measure(workerData);

async function main() {
	const { option } = commandLine();
	const python = option('--python');
	const sizes = option('--sizes', '1000,10000,100000').split(',').map(Number);
	const edits = Number(option('--edits', '40'));
	if (!python) usage('node bench/routes.mjs --python PYTHON [--sizes N,N,N] [--edits N]');
	await bundleEngine(compiled);
	for (const size of sizes) {
		const folder = mkdtempSync(join(tmpdir(), 'drc-routes-'));
		try {
			generate(folder, size);
			await new Promise((done, fail) => {
				const worker = new Worker(fileURLToPath(import.meta.url), {
					resourceLimits: { stackSizeMb: 64, maxOldGenerationSizeMb: 4096 },
					workerData: { folder, python, size, edits },
				});
				worker.on('exit', done);
				worker.on('error', fail);
			});
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
}

/** A project of so many routes, 100 an app. */
function generate(folder, size) {
	const write = (path, lines) => writeFileSync(join(folder, path), `${lines.join('\n')}\n`);
	const apps = Array.from({ length: Math.ceil(size / perApp) }, (_, at) => `app${at}`);
	write('settings.py', ['SECRET_KEY = "not a secret"', 'ROOT_URLCONF = "urls"', 'INSTALLED_APPS = []', 'MIDDLEWARE = []']);
	write('manage.py', ['import os', 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")']);
	write('urls.py', [
		'from django.urls import include, path',
		'',
		'urlpatterns = [',
		...apps.map((app) => `    path("${app}/", include("${app}.urls", namespace="${app}")),`),
		']',
	]);
	for (const app of apps) {
		mkdirSync(join(folder, app));
		write(`${app}/__init__.py`, []);
		const numbers = Array.from({ length: perApp }, (_, at) => at);
		write(`${app}/views.py`, [
			'from django.http import HttpResponse',
			'from django.views.generic import View',
			...numbers.flatMap((at) =>
				at % 2
					? [
							'',
							'',
							`class View${at}(View):`,
							'    def get(self, request, pk):',
							'        text = str(pk)',
							'        return HttpResponse(text)',
						]
					: ['', '', `def view${at}(request, pk):`, '    text = str(pk)', '    return HttpResponse(text)'],
			),
		]);
		write(`${app}/urls.py`, [
			'from django.urls import path',
			'',
			'from . import views',
			'',
			`app_name = "${app}"`,
			'urlpatterns = [',
			...numbers.map(
				(at) => `    path("item${at}/<int:pk>/", views.${at % 2 ? `View${at}.as_view()` : `view${at}`}, name="item${at}"),`,
			),
			']',
		]);
	}
}

/** In the thread of the engine. */
async function measure({ folder, python, size, edits }) {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc');
	const { createEngine } = await import(pathToFileURL(compiled).href);
	const engine = createEngine();
	engine.configure(engineOptions({ root: folder, settings_module: 'settings', python }));
	collect();
	const empty = process.memoryUsage().heapUsed;
	const took = async (body) => {
		const before = process.cpuUsage();
		const result = await body();
		const { user, system } = process.cpuUsage(before);
		return [(user + system) / 1000, result];
	};
	const [first, model] = await took(() => engine.model(folder));
	const found = routesOf(model.urls).length;
	if (found !== size) throw new Error(`${found} routes of ${size}`);
	collect();
	const heap = process.memoryUsage().heapUsed - empty;
	const count = size.toLocaleString('en').padStart(7);
	console.log(
		`${count} routes: ${(first / 1000).toFixed(2).padStart(6)} s, ${((first * 1000) / size).toFixed(0).padStart(5)} µs a route   heap ${(heap / 1e6).toFixed(0).padStart(5)} MB, ${(heap / size / 1000).toFixed(2)} KB a route`,
	);
	const app = `app${Math.floor(size / perApp / 2)}`;
	const kinds = [
		['a pattern of the root URLconf', 'urls.py', `path("${app}`, 'x'],
		["a pattern of an app's URLconf", `${app}/urls.py`, 'path("item50', 'x'],
		["a view's body", `${app}/views.py`, 'def view50(request, pk):\n    text = str(pk', ', 1'],
		["a path() line in an app's URLconf", `${app}/urls.py`, 'urlpatterns = [\n', '    path("added/", views.view0),\n'],
	];
	for (const [what, file, after, piece] of kinds) {
		const path = join(folder, file);
		const text = readFileSync(path, 'utf8');
		const at = text.indexOf(after) + after.length;
		const times = [];
		for (let i = 0; i < edits; i++) {
			const now = i % 2 ? text : text.slice(0, at) + piece + text.slice(at);
			engine.changed([{ path, text: now }]);
			times.push((await took(() => engine.model(folder)))[0]);
		}
		const ms = (share) => `${percentile(times, share).toFixed(1).padStart(7)} ms`;
		console.log(`          one keystroke in ${what.padEnd(34)} p50 ${ms(0.5)}   p95 ${ms(0.95)}`);
	}
}
