// The engine against Django itself: node test/conformance/run.mjs
// The example, and the projects of oracle/projects.json, which are installed from the package index into .cache/conformance.
// A project counts as passed when routes, middleware and handlers are all exact, in order, with no route invented.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { prepareExample } from '../../scripts/example.mjs';
import { ensurePython, root } from '../../scripts/setup.mjs';

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
}

await prepareExample({ log: console.log });
const bookshop = join(root, 'examples/bookshop');
score('bookshop', join(here, 'bookshop.oracle.json'), {
	folder: bookshop,
	settings: 'bookshop.settings',
	python: join(bookshop, '.venv'),
});

const install = spawnSync(ensurePython(), [join(here, 'oracle/install.py'), '--cache', cache, '--all'], {
	encoding: 'utf8',
	stdio: ['ignore', 'pipe', 'inherit'],
});
for (const line of install.stdout.split('\n').filter(Boolean)) {
	const { name, root: folder, cwd, settings_module: settings, python, env, sys_path } = JSON.parse(line);
	const oracle = join(here, 'oracle/dev', `${name}.json.gz`);
	score(name, oracle, { folder, cwd, settings, python, env: { ...env, PYTHONPATH: sys_path.join(delimiter) } });
}
if (install.status !== 0) {
	failed++;
	console.log('Not every project could be installed.');
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
