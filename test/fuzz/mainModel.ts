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
const settingsModule = option('--settings', '');
const python = option('--python', '');
const [folder = '.'] = args;

const fuzz = new ModelFuzz({ folder: resolve(folder), ...(settingsModule && { settingsModule }), ...(python && { python }) });
const random = new Random(seed);
let faulty = 0;
let slowest = 0;
let before = 0;
let after = 0;
let shown = 0;
for (let round = 0; round < count; round++) {
	const verdict = fuzz.round(random);
	slowest = Math.max(slowest, verdict.milliseconds);
	before += verdict.before;
	after += verdict.after;
	for (const fault of verdict.faults) {
		faulty++;
		console.log(`${verdict.path}, ${verdict.damaged.kind}, seed ${seed}, round ${round}: ${fault}`);
	}
	if (verdict.after < verdict.before && shown++ < show) {
		const { damaged, path } = verdict;
		console.log(`--- ${path}: ${damaged.kind}, ${verdict.before - verdict.after} of ${verdict.before} lost`);
		console.log(
			`${damaged.text.slice(Math.max(0, damaged.start - 120), damaged.start)}«${damaged.text.slice(damaged.start, damaged.start + damaged.inserted)}»${damaged.text.slice(damaged.start + damaged.inserted, damaged.start + damaged.inserted + 120)}`,
		);
		console.log(`    ${verdict.problems.slice(0, 3).join('\n    ')}`);
	}
}
const memory = (process.resourceUsage().maxRSS / 1024).toFixed(0);
console.log(
	`${count} inputs, ${fuzz.routes} entries at the root: ${faulty} faults, slowest ${slowest.toFixed(0)} ms, ${memory} MB at the most`,
);
console.log(`undamaged path() lines: ${before}, still in the tree ${((100 * after) / Math.max(1, before)).toFixed(2)}%`);
console.log(`${count - Math.min(count, faulty)} passed, ${faulty} failed`);
process.exitCode = faulty > 0 ? 1 : 0;
