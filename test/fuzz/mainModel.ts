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
const together = Number(option('--together', '12'));
const seconds = Number(option('--seconds', '100000'));
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
let inputs = 0;
let cpu = 0;
const kinds = { edit: 0, routes: 0, others: 0, libraries: 0 };
const began = performance.now();
while (inputs < count && performance.now() - began < 1000 * seconds) {
	if (halfway === 0 && inputs >= count / 2) halfway = heap();
	const kind = !random.chance(whole) ? 'edit' : random.chance(0.4) ? 'routes' : random.chance(0.67) ? 'others' : 'libraries';
	const at = inputs;
	const verdict = kind === 'edit' ? fuzz.edit(random) : fuzz.several(random, Math.min(together, count - inputs), kind);
	inputs += Math.max(1, verdict.inputs.length);
	kinds[kind] += verdict.inputs.length;
	slowest = Math.max(slowest, verdict.milliseconds);
	cpu += verdict.milliseconds;
	before += verdict.before;
	after += verdict.after;
	for (const fault of verdict.faults) {
		faulty++;
		console.log(`${verdict.inputs.map(({ path }) => path).join(' ')}, ${kind}, seed ${seed}, input ${at}: ${fault}`);
	}
	for (const { damaged, path, lines, problems } of verdict.lost) {
		if (shown++ >= show) continue;
		const { text, start, inserted } = damaged;
		console.log(
			`--- ${path}: ${kind}, ${damaged.kind}, seed ${seed}, input ${at}, lost ${lines.slice(0, 8).join(', ')} (${lines.length})`,
		);
		const end = start + inserted;
		console.log(`${text.slice(Math.max(0, start - 160), start)}«${text.slice(start, end)}»${text.slice(end, end + 160)}`);
		console.log(`    ${problems.slice(0, 4).join('\n    ')}`);
	}
}
const growth = halfway > 0 ? heap() - halfway : 0;
if (inputs >= 1000 && growth > ALLOWED_GROWTH) {
	faulty++;
	console.log(`memory grew by ${(growth / 1e6).toFixed(0)} MB from one half to the other`);
}
const memory = (process.resourceUsage().maxRSS / 1024).toFixed(0);
console.log(
	`${inputs} inputs (${Object.entries(kinds)
		.map(([kind, number]) => `${number} ${kind}`)
		.join(', ')}), ${fuzz.routes} routes, ${fuzz.files}`,
);
console.log(
	`${faulty} faults, slowest ${slowest.toFixed(0)} ms, ${memory} MB at the most, ${(cpu / Math.max(1, inputs)).toFixed(1)} ms of the processor each`,
);
const share = (100 * after) / Math.max(1, before);
console.log(`undamaged path() lines: ${before}, still in the tree ${after} (${share.toFixed(3)}%)`);
const failed = faulty + (after < before ? 1 : 0);
console.log(`${inputs - Math.min(inputs, failed)} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
