// Memory over many edits: the heap after a collection at the start and after every tenth of N keystrokes, without the whole
// evaluation in calm that would begin anew.
//   node bench/keystroke-memory.mjs --projects FILE.jsonl [--edits N] [--seed N] NAME ...
// FILE.jsonl: see bench/projects.mjs. The edits are those of bench/keystroke.mjs, each typed and taken back, in random order.
// Prints the heap of the engine's thread in MB, what the process holds, and processor time for an edit in that tenth.
// Measured, heap before, after 1,000, 4,000, 7,000 and 10,000 edits: 2,204 routes 202, 267, 284, 279, 289 MB (5 to 7 ms of the
// processor an edit, none of them a whole evaluation); from 4,000 on it goes up and down between 278 and 289 MB.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { bundleEngine } from './engineBundle.mjs';
import { editsOf, random } from './keystroke/edits.mjs';
import { commandLine, engineOptions, projectEnvironment, projectFolder, readProjects, routesOf, usage } from './projects.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const compiled = join(root, 'out/keystroke/engine.mjs');
if (isMainThread) await main();
else await measure(workerData);

async function main() {
	const { option, rest } = commandLine();
	const file = option('--projects');
	const count = Number(option('--edits', '10000'));
	const seed = Number(option('--seed', '1'));
	if (!file || rest.length === 0) usage('node bench/keystroke-memory.mjs --projects FILE.jsonl [--edits N] [--seed N] NAME ...');
	await bundleEngine(compiled);
	for (const project of readProjects(file, rest)) {
		process.chdir(projectFolder(project));
		const worker = new Worker(fileURLToPath(import.meta.url), {
			resourceLimits: { stackSizeMb: 64, maxOldGenerationSizeMb: 2048 },
			env: projectEnvironment(project),
			workerData: { project, count, seed },
		});
		await new Promise((done, fail) => {
			worker.on('exit', done);
			worker.on('error', fail);
		});
	}
}

/** In the thread of the engine. */
async function measure({ project, count, seed }) {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc');
	const { createEngine } = await import(pathToFileURL(compiled).href);
	const { name, root: folder } = project;
	const engine = createEngine();
	engine.configure(engineOptions(project));
	const chance = random(seed);
	const first = await engine.model(folder);
	const routes = routesOf(first.urls);
	const edits = editsOf(first, routes, chance, 50);
	console.log(`${name}: ${routes.length} routes, ${edits.length} edits of ${new Set(edits.map(({ kind }) => kind)).size} kinds`);
	let [made, slow] = [0, 0];
	told(collect, 0);
	while (made < count) {
		const before = process.cpuUsage();
		const from = made;
		while (made < Math.min(count, from + count / 10)) {
			const { file, text, before: was } = edits[Math.floor(chance() * edits.length)];
			for (const now of [text, was]) {
				const began = process.cpuUsage();
				engine.changed([{ path: file, text: now }]);
				await engine.model(folder);
				const { user, system } = process.cpuUsage(began);
				if (user + system > 1e6) slow++;
				made++;
			}
		}
		const { user, system } = process.cpuUsage(before);
		told(collect, made, `   ${((user + system) / 1000 / (made - from)).toFixed(1).padStart(6)} ms an edit`);
	}
	if (slow > 0) console.log(`  ${slow} of them took more than a second of the processor: a whole evaluation`);
}

function told(collect, made, more = '') {
	collect();
	collect();
	const { heapUsed, rss } = process.memoryUsage();
	const mb = (bytes) => `${(bytes / 1e6).toFixed(1).padStart(7)} MB`;
	console.log(`  after ${String(made).padStart(6)} edits: heap ${mb(heapUsed)}   process ${mb(rss)}${more}`);
}
