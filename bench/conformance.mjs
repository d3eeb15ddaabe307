// The engine against Django itself: `model --json` of every project, compared with what Django resolved.
//   node bench/conformance.mjs --projects FILE.jsonl --oracles DIR [--out FILE.md] [--rows FILE.json] [--no-match] [NAME ...]
// FILE.jsonl has a line a project, as the oracle's install.py prints it (name, root, cwd, sys_path, settings_module, env, python,
// score_as_set); DIR holds NAME.json.gz. DRC_PROJECTS and DRC_ORACLES name the same two. Writes bench/CONFORMANCE.md.
// --rows also writes what was measured as JSON. --no-match leaves out the dry runs: paths made from each project's routes and damaged, resolved by its Django and by the engine.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildMatching, compareMatching } from '../test/conformance/matching/matching.mjs';
import { buildDist } from './engineBundle.mjs';
import { commandLine, projectEnvironment, projectFolder, readProjects, usage } from './projects.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const { option, flag, rest: names } = commandLine();
const matching = !flag('--no-match');
const file = option('--projects', process.env.DRC_PROJECTS);
const oracles = option('--oracles', process.env.DRC_ORACLES);
const report = option('--out', join(root, 'bench/CONFORMANCE.md'));
if (!file || !oracles)
	usage('node bench/conformance.mjs --projects FILE.jsonl --oracles DIR [--out FILE.md] [--no-match] [NAME ...]');
const rowsFile = option('--rows');
const projects = readProjects(file, names);
const out = join(root, 'out/conformance');
mkdirSync(out, { recursive: true });
buildDist();

if (matching) await buildMatching();
const rows = [];
for (const project of projects) {
	const row = { ...measure(project), ...(matching ? await match(project) : {}) };
	rows.push(row);
	console.log(
		`${row.name.padEnd(16)} routes ${row.routes}%  middleware ${row.middleware}%  handlers ${row.handlers}%  paths ${row.paths ?? '-'}  ${row.seconds.toFixed(1)} s  ${row.note}`,
	);
}
const whole = rows.filter(({ routes, middleware, handlers }) =>
	[routes, middleware, handlers].every((one) => one === '100.00'),
).length;
console.log(`${whole} of ${rows.length} projects at 100%`);
if (names.length === 0) writeFileSync(report, table(rows, whole));
if (rowsFile) writeFileSync(rowsFile, JSON.stringify(rows));
const misjudged = rows.some(({ different }) => different);
process.exitCode = whole === rows.length && !misjudged ? 0 : 1;

/** Dry runs against `django.urls.resolve`: `equal of all`. */
async function match(project) {
	try {
		const { paths, equal, skipped, differences } = await compareMatching(project);
		writeFileSync(join(out, `${project.name}.paths`), differences.join('\n'));
		return { paths: `${equal} of ${paths - skipped}`, different: differences.length };
	} catch (error) {
		writeFileSync(join(out, `${project.name}.paths`), String(error));
		return { paths: 'failed', different: 1 };
	}
}

function measure(project) {
	const { name, root: folder, settings_module, python, score_as_set } = project;
	const { PATH, HOME } = process.env;
	// The settings module is told by the flag alone.
	const { DJANGO_SETTINGS_MODULE: _, ...env } = projectEnvironment(project, { PATH, HOME, LANG: 'C.UTF-8' });
	const began = Date.now();
	const command = [
		join(root, 'dist/cli.js'),
		'model',
		'--json',
		folder,
		'--settings',
		settings_module,
		'--python',
		python,
		'--no-cache',
	];
	const run = spawnSync(process.execPath, command, {
		cwd: projectFolder(project),
		env,
		encoding: 'utf8',
		maxBuffer: 1 << 29,
		timeout: 300_000,
	});
	const seconds = (Date.now() - began) / 1000;
	const model = join(out, `${name}.json`);
	writeFileSync(model, run.stdout);
	writeFileSync(join(out, `${name}.log`), run.stderr);
	const failed = { name, routes: '0.00', middleware: '0.00', handlers: '0.00', seconds };
	if (run.error || !run.stdout.trim())
		return { ...failed, note: (run.error?.message ?? run.stderr.trim().split('\n').at(-1) ?? 'nothing printed').slice(0, 160) };
	const oracle = join(oracles, `${name}.json.gz`);
	const flags = [...(score_as_set ? ['--set'] : []), '--show', '400'];
	const score = spawnSync(process.execPath, [join(root, 'test/conformance/score.mjs'), oracle, model, ...flags], {
		encoding: 'utf8',
		maxBuffer: 1 << 28,
	});
	writeFileSync(join(out, `${name}.score`), score.stdout + score.stderr);
	const percent = (kind) => score.stdout.match(new RegExp(`^${kind}: ([\\d.]+)%`, 'm'))?.[1] ?? '0.00';
	const counts = score.stdout.match(/^routes: .*\((\d+) of (\d+); missing or out of order (\d+), not Django's (\d+)(.*)\)$/m);
	const off =
		counts && counts[1] !== counts[2]
			? `${counts[1]} of ${counts[2]}, missing ${counts[3]}, invented ${counts[4]}${counts[5]}`
			: '';
	const problem = JSON.parse(run.stdout).problems.find(({ severity }) => severity === 'error')?.message ?? '';
	return {
		name,
		routes: percent('routes'),
		middleware: percent('middleware'),
		handlers: percent('handlers'),
		seconds,
		note: `${off} ${problem}`.trim().slice(0, 300),
	};
}

function table(rows, whole) {
	const cell = (text) =>
		text
			.replaceAll('|', '\\|')
			.replaceAll('\n', ' ')
			.replaceAll(/(?:\/[\w.-]+){3,}\//g, '…/');
	return [
		'# The engine against Django itself',
		'',
		'Percent of routes (every field, in order), middleware and error handlers that equal what Django resolves. Written by `npm run conformance`.',
		'',
		`${whole} of ${rows.length} projects are at 100%.`,
		'',
		'*Paths*: made from the routes and damaged, wrong ones included; those whose dry run (match, arguments, namespaces, every pattern tried, language) equals what',
		"`django.urls.resolve` and LocaleMiddleware make of them in the project's own environment.",
		'',
		'| project | routes | middleware | handlers | paths | what remains |',
		'| --- | ---: | ---: | ---: | ---: | --- |',
		...rows.map(
			({ name, routes, middleware, handlers, paths, note }) =>
				`| ${name} | ${routes}% | ${middleware}% | ${handlers}% | ${paths ?? ''} | ${cell(note)} |`,
		),
		'',
	].join('\n');
}
