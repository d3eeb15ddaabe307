// How long the Requests view takes to filter 20,000 captures (at most 100 ms): node bench/requests.mjs
// From the filter's text to the first page of rows as VS Code asks for them, on the view's own model and real summaries.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const most = 100;
const count = 20_000;
const out = 'out/bench';
await build({
	stdin: {
		contents: `export { requestRows, pageSize } from './src/editor/requests/rows'; export { readCapture } from './src/capture/read';`,
		resolveDir: process.cwd(),
		loader: 'ts',
	},
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	outfile: join(out, 'requests.mjs'),
	logLevel: 'warning',
});
const { requestRows, pageSize, readCapture } = await import(pathToFileURL(join(process.cwd(), out, 'requests.mjs')).href);

const folder = 'test/fixtures/captures';
const summaries = [];
for (const name of readdirSync(folder)) {
	const read = await readCapture(join(folder, name));
	if (read.ok) summaries.push(read.capture.summary);
}
const entries = Array.from({ length: count }, (_, at) => {
	const summary = { ...summaries[at % summaries.length], id: `capture-${at}` };
	return { id: summary.id, file: '', summary: { ...summary, path: `${summary.path}${at % 977}/` } };
});

let slow = false;
for (const filter of ['', '404', '5xx', 'post', 'catalog.views', 'get /books 31', 'nowhere at all']) {
	const times = [];
	const before = process.cpuUsage();
	let shown;
	for (let run = 0; run < 30; run++) {
		const start = performance.now();
		const rows = requestRows({ entries, health: [], problem: '', filter, shown: pageSize, pinned: undefined });
		for (const id of rows.top) rows.row(id);
		times.push(performance.now() - start);
		shown = rows.matching;
	}
	const { user, system } = process.cpuUsage(before);
	const [first] = times;
	times.sort((a, b) => a - b);
	slow ||= times[15] > most;
	console.log(
		`${count.toLocaleString('en-US')} captures, filter “${filter}” (${shown.toLocaleString('en-US')} match): first ${first.toFixed(1)} ms, ` +
			`median ${times[15].toFixed(1)} ms, slowest ${times.at(-1).toFixed(1)} ms, ${((user + system) / 30_000).toFixed(1)} ms of CPU`,
	);
}
process.exitCode = slow ? 1 : 0;
