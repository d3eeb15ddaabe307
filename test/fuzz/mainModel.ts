/** Fuzzes the whole engine over one project: see model.mjs. */

import { resolve } from 'node:path';
import { ModelFuzz } from './model';
import { Random } from './random';

const args = process.argv.slice(2);
const option = (name: string, fallback: string): string => {
	const at = args.indexOf(name);
	return at < 0 ? fallback : (args.splice(at, 2)[1] ?? fallback);
};
const count = Number(option('--count', '200'));
const seed = Number(option('--seed', '1'));
const show = Number(option('--show', '0'));
const whole = Number(option('--whole', '0.02'));
const settingsModule = option('--settings', '');
const python = option('--python', '');
const [folder = '.'] = args;

/** Bytes on the heap that may be left over from one half of the rounds to the other. */
const ALLOWED_GROWTH = 100e6;
const heap = (): number => {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
};

const fuzz = new ModelFuzz({ folder: resolve(folder), ...(settingsModule && { settingsModule }), ...(python && { python }) });
const random = new Random(seed);
let faulty = 0;
let slowest = 0;
let before = 0;
let after = 0;
let shown = 0;
let halfway = 0;
const began = performance.now();
for (let round = 0; round < count; round++) {
	if (round === Math.floor(count / 2)) halfway = heap();
	const verdict = fuzz.round(random, whole);
	slowest = Math.max(slowest, verdict.milliseconds);
	before += verdict.before;
	after += verdict.after;
	for (const fault of verdict.faults) {
		faulty++;
		console.log(`${verdict.path}, ${verdict.damaged.kind}, seed ${seed}, round ${round}: ${fault}`);
	}
	if (verdict.lost.length > 0 && shown++ < show) {
		const { damaged, path, lost } = verdict;
		const { text, start, inserted } = damaged;
		console.log(
			`--- ${path}: ${damaged.kind}, round ${round}, lost lines ${lost.slice(0, 8).join(', ')} (${lost.length} of ${verdict.before})`,
		);
		const end = start + inserted;
		console.log(`${text.slice(Math.max(0, start - 160), start)}«${text.slice(start, end)}»${text.slice(end, end + 160)}`);
		console.log(`    ${verdict.problems.slice(0, 3).join('\n    ')}`);
	}
}
const growth = heap() - halfway;
if (count >= 1000 && growth > ALLOWED_GROWTH) {
	faulty++;
	console.log(`memory grew by ${(growth / 1e6).toFixed(0)} MB from one half to the other`);
}
const memory = (process.resourceUsage().maxRSS / 1024).toFixed(0);
const seconds = (performance.now() - began) / 1000;
console.log(
	`${count} inputs, ${fuzz.routes} routes: ${faulty} faults, slowest ${slowest.toFixed(0)} ms, ${memory} MB at the most, ${((1000 * seconds) / count).toFixed(1)} ms each`,
);
const share = (100 * after) / Math.max(1, before);
console.log(`undamaged path() lines: ${before}, still in the tree ${after} (${share.toFixed(3)}%)`);
const failed = faulty + (after < before ? 1 : 0);
console.log(`${count - Math.min(count, failed)} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
