// One keystroke: from the edit to the engine's new model, through the real engine in its worker.
//   node bench/keystroke.mjs --projects FILE.jsonl [--edits N] [--seed N] [--cold] [--verbose] [--phases] [NAME ...]
// FILE.jsonl: see bench/projects.mjs.
// In the root URLconf: characters typed and deleted in a pattern, a name, a view reference; a path() line added and removed.
// In the views module with the most routes: characters in a body and in a view's name; a function added and removed.
// A file is opened before it is edited, and the engine readied for it, as the editor does once nothing happens; --cold leaves that out.
// --phases runs the engine in this process instead, and tells of the dearest tenth of the edits (--verbose: of all) which phase took how
// long, and of each kind p50/p95 by phase, in milliseconds of processor time.
// Each kind is done N times at places chosen by the seed. Prints p50 and p95 of each kind, in milliseconds, and of all: on the clock, and of processor time, which a busy machine leaves alone.
// Measured on a quiet machine of two cores (--edits 8, 128 edits, on the clock): 2,681 routes p50 8 ms, p95 31 ms; 2,204 routes 7 and 18 ms;
// 437 routes 5 and 18 ms. What is left above 16 ms: classes that run again and make much when they do, where a base of theirs
// gets another name or a function that they call another line; and code that runs for the first time: the same edits take less than half of
// it in a second round. A whole evaluation (5 s of the processor and more) follows where an edit takes away what a registry holds:
// the name of a class whose subclasses a decorator registers, say.
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { buildDist } from './engineBundle.mjs';
import { editsOf, random } from './keystroke/edits.mjs';
import { commandLine, engineOptions, percentile, projectEnvironment, readProjects, routesOf, usage } from './projects.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const { option, flag, rest } = commandLine();
const file = option('--projects');
const count = Number(option('--edits', '20'));
const seed = Number(option('--seed', '1'));
const verbose = flag('--verbose');
const phases = flag('--phases');
const cold = flag('--cold');
if (!file) usage('node bench/keystroke.mjs --projects FILE.jsonl [--edits N] [--seed N] [--verbose] [--phases] [NAME ...]');
const projects = readProjects(file, rest);
const bundled = { bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'warning' };

const ms = (value) => `${value.toFixed(1).padStart(8)} ms`;

if (!phases) buildDist();
for (const project of projects) await (phases ? inPhases(project) : asServed(project));

async function asServed(project) {
	process.chdir(project.cwd);
	const engine = startEngine(project);
	const began = performance.now();
	const model = await engine.ask('model', project.root);
	console.log(
		`${project.name}: ${routesOf(model.urls).length} routes, first model in ${(performance.now() - began).toFixed(0)} ms`,
	);
	const byKind = new Map();
	const open = new Set();
	for (const edit of editsOf(model, routesOf(model.urls), random(seed), count)) {
		if (!cold && !open.has(edit.file)) {
			open.add(edit.file);
			const start = performance.now();
			engine.send({ method: 'changed', argument: [{ path: edit.file, text: edit.before }] });
			await engine.ask('model', project.root);
			while (await engine.ask('prepare', [project.root, edit.file]));
			console.log(`  readied for ${basename(edit.file)} in ${(performance.now() - start).toFixed(0)} ms`);
		}
		for (const text of [edit.text, edit.before]) {
			const start = performance.now();
			const before = process.cpuUsage();
			engine.send({ method: 'changed', argument: [{ path: edit.file, text }] });
			await engine.ask('model', project.root);
			const took = performance.now() - start;
			const { user, system } = process.cpuUsage(before);
			byKind.set(edit.kind, [...(byKind.get(edit.kind) ?? []), [took, (user + system) / 1000]]);
			if (verbose) console.log(`    ${ms(took)}  ${edit.kind}  ${text === edit.text ? edit.what : 'taken back'}`);
		}
	}
	for (const [kind, values] of [...byKind, ['all', [...byKind.values()].flat()]]) {
		const [clock, cpu] = [0, 1].map((at) => values.map((one) => one[at]));
		const both = (list) => `p50 ${ms(percentile(list, 0.5))}  p95 ${ms(percentile(list, 0.95))}`;
		console.log(`  ${kind.padEnd(28)} ${both(clock)}   processor ${both(cpu)}   ${values.length} edits`);
	}
	await engine.end();
}

/** The same edits without the worker: which phase of each took how long, and why one could not be followed. */
async function inPhases(project) {
	const bundle = join(root, 'out/keystroke.mjs');
	await build({ ...bundled, entryPoints: [join(root, 'bench/keystroke/followed.ts')], outfile: bundle });
	const { Followed } = await import(pathToFileURL(bundle).href);
	process.chdir(project.cwd);
	Object.assign(process.env, projectEnvironment(project));
	const engine = new Followed({ folder: project.root, settingsModule: project.settings_module, python: project.python });
	const rounds = [];
	const open = new Set();
	for (const edit of editsOf(engine.model, routesOf(engine.model.urls), random(seed), count)) {
		if (!cold && !open.has(edit.file)) engine.open(edit.file);
		open.add(edit.file);
		for (const text of [edit.text, edit.before]) {
			const { phases: took, refused } = engine.follow(edit.file, text);
			const all = Object.values(took).reduce((sum, one) => sum + one, 0);
			rounds.push({ kind: edit.kind, what: text === edit.text ? edit.what : 'taken back', all, took, refused });
		}
	}
	const parts = (took) => Object.entries(took).map(([name, one]) => `${name} ${one.toFixed(1)}`);
	const shown = verbose ? rounds : [...rounds].sort((a, b) => b.all - a.all).slice(0, Math.ceil(rounds.length / 10));
	for (const { kind, what, all, took, refused } of shown)
		console.log(`  ${ms(all)}  ${kind}  ${what}\n      ${parts(took).join(', ')}${refused ? `; not followed: ${refused}` : ''}`);
	const names = [...new Set(rounds.flatMap(({ took }) => Object.keys(took)))];
	for (const kind of [...new Set(rounds.map((one) => one.kind)), 'all']) {
		const own = rounds.filter((one) => kind === 'all' || one.kind === kind);
		const cells = ['all', ...names].map((name) => {
			const values = own.map(({ all, took }) => (name === 'all' ? all : (took[name] ?? 0)));
			return `${name} ${percentile(values, 0.5).toFixed(1)}/${percentile(values, 0.95).toFixed(1)}`;
		});
		console.log(`  ${kind.padEnd(28)} ${cells.join('  ')}`);
	}
}

/** The engine as the language server runs it: dist/engine.js in a worker. */
function startEngine(project) {
	const worker = new Worker(join(root, 'dist/engine.js'), {
		resourceLimits: { stackSizeMb: 64, maxOldGenerationSizeMb: 2048 },
		env: projectEnvironment(project),
	});
	let id = 0;
	const waiting = new Map();
	worker.on('message', (answer) => {
		const asker = waiting.get(answer.id);
		waiting.delete(answer.id);
		if ('error' in answer) asker?.fail(new Error(answer.error));
		else asker?.done(answer.result);
	});
	worker.on('error', (error) => {
		for (const asker of waiting.values()) asker.fail(error);
	});
	const send = (call) => worker.postMessage(call);
	send({ method: 'configure', argument: engineOptions(project) });
	const ask = (method, argument) =>
		new Promise((done, fail) => {
			waiting.set(++id, { done, fail });
			send({ id, method, argument });
		});
	return { send, ask, end: () => worker.terminate() };
}
