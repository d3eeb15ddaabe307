// The engine against Django itself: from process start to the complete model, both sides in one run.
//   node bench/engine.mjs --projects FILE.jsonl [--rounds N] [NAME ...]
// FILE.jsonl: see bench/projects.mjs.
// Django: setup() and a walk of the whole resolver, bytecode warm. Ours: `model --json`, without a cache and with it.
// Node's and Python's own start, measured in the same rounds, are taken off. Prints medians and the ratio Django / ours.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDist } from './engineBundle.mjs';
import { commandLine, percentile, projectEnvironment, readProjects, usage } from './projects.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const { option, rest } = commandLine();
const file = option('--projects');
const rounds = Number(option('--rounds', '5'));
if (!file) usage('node bench/engine.mjs --projects FILE.jsonl [--rounds N] [NAME ...]');
const projects = readProjects(file, rest);
buildDist();

const WALK = `
import django
django.setup()
from django.urls import get_resolver
def walk(patterns):
    return sum(walk(p.url_patterns) if hasattr(p, 'url_patterns') else 1 for p in patterns)
walk(get_resolver().url_patterns)
`;

/** Wall time of one whole process, in milliseconds. */
function time(command, commandArgs, cwd, env) {
	const began = process.hrtime.bigint();
	const run = spawnSync(command, commandArgs, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 });
	const ms = Number(process.hrtime.bigint() - began) / 1e6;
	if (run.status !== 0) throw new Error(`${command} ended with ${run.status}: ${run.stderr.toString().slice(-400)}`);
	return ms;
}
const median = (values) => percentile(values, 0.5);

const cache = mkdtempSync(join(tmpdir(), 'drc-bench-'));
const rows = [];
for (const project of projects) {
	const { name, root: folder, cwd, settings_module, python } = project;
	const env = { ...projectEnvironment(project), PYTHONHASHSEED: '0' };
	delete env.PYTHONDONTWRITEBYTECODE;
	const cli = [join(root, 'dist/cli.js'), 'model', '--json', folder, '--settings', settings_module, '--python', python];
	const sides = {
		python: () => time(python, ['-c', 'pass'], cwd, env),
		node: () => time(process.execPath, ['-e', '0'], cwd, env),
		django: () => time(python, ['-c', WALK], cwd, env),
		cold: () => time(process.execPath, [...cli, '--no-cache'], cwd, env),
		warm: () => time(process.execPath, [...cli, '--cache', join(cache, name)], cwd, env),
	};
	const times = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
	try {
		for (const run of Object.values(sides)) run(); // fills the bytecode's, the disk's and our own cache
		for (let round = 0; round < rounds; round++) for (const [side, run] of Object.entries(sides)) times[side].push(run());
	} catch (error) {
		console.log(`${name}: ${error.message}`);
		continue;
	}
	const m = Object.fromEntries(Object.entries(times).map(([side, values]) => [side, median(values)]));
	const row = { name, django: m.django - m.python, cold: m.cold - m.node, warm: m.warm - m.node };
	rows.push(row);
	const ms = (value) => `${value.toFixed(0).padStart(6)} ms`;
	console.log(
		`${name.padEnd(14)} Django ${ms(row.django)}   no cache ${ms(row.cold)} (${(row.django / row.cold).toFixed(2)}x)   cache ${ms(row.warm)} (${(row.django / row.warm).toFixed(1)}x)`,
	);
}
rmSync(cache, { recursive: true, force: true });
for (const [label, key] of [
	['without cache', 'cold'],
	['with cache', 'warm'],
]) {
	const ratios = rows.map((row) => row.django / row[key]);
	if (ratios.length) console.log(`${label}: median ${median(ratios).toFixed(2)}x, worst ${Math.min(...ratios).toFixed(2)}x`);
}
