/** Fuzzes the parser over files: see run.mjs. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSource } from '../../src/python/syntax/source';
import { damage } from './mutate';
import { Random } from './random';
import { judge } from './syntax';

const args = process.argv.slice(2);
const option = (name: string, fallback: number): number => {
	const at = args.indexOf(name);
	return at < 0 ? fallback : Number(args.splice(at, 2)[1]);
};
const count = option('--count', 20_000);
const seed = option('--seed', 1);
const show = option('--show', 0);

const files: string[] = [];
function collect(path: string): void {
	if (!statSync(path).isDirectory()) {
		files.push(path);
		return;
	}
	for (const entry of readdirSync(path, { withFileTypes: true })) {
		if (entry.isDirectory()) collect(join(path, entry.name));
		else if (entry.isFile() && entry.name.endsWith('.py')) files.push(join(path, entry.name));
	}
}
for (const path of args.length > 0 ? args : ['test/fixtures', 'src/recorder']) collect(path);
const texts = new Map<string, string>();
const textOf = (path: string): string => {
	const known = texts.get(path);
	if (known !== undefined) return known;
	const { text } = decodeSource(readFileSync(path).subarray(0, 300_000));
	if (texts.size > 500) texts.clear();
	texts.set(path, text);
	return text;
};
// Half of the inputs are URLconfs, where there are any.
const urlconfs = files.filter((path) => path.endsWith('urls.py'));

const random = new Random(seed);
const routes = { undamaged: 0, calls: 0, listed: 0 };
const lost = new Map<string, number>();
let slowest = 0;
let faulty = 0;
let shown = 0;
for (let round = 0; round < count; round++) {
	const path = urlconfs.length > 0 && random.chance(0.5) ? random.pick(urlconfs) : random.pick(files);
	const original = textOf(path);
	if (original.length === 0) continue;
	let damaged = damage(original, random);
	if (random.chance(0.1)) damaged = { ...damage(damaged.text, random), kind: 'twice', start: 0, end: original.length };
	const verdict = judge(original, damaged);
	slowest = Math.max(slowest, verdict.milliseconds);
	for (const key of ['undamaged', 'calls', 'listed'] as const) routes[key] += verdict.routes[key];
	const missing = verdict.routes.undamaged - verdict.routes.listed;
	if (missing > 0) {
		lost.set(damaged.kind, (lost.get(damaged.kind) ?? 0) + missing);
		if (shown++ < show) {
			const { start, end, inserted, kind } = damaged;
			console.log(
				`--- ${path}: ${kind}, ${missing} routes lost (${verdict.routes.undamaged - verdict.routes.calls} no calls); was ${JSON.stringify(original.slice(start, end).slice(0, 80))}`,
			);
			console.log(
				`${damaged.text.slice(Math.max(0, start - 150), start)}«${damaged.text.slice(start, start + inserted)}»${damaged.text.slice(start + inserted, start + inserted + 150)}`,
			);
		}
	}
	for (const fault of verdict.faults) {
		if (faulty++ < 20) console.log(`${path}, ${damaged.kind}, seed ${seed}, round ${round}: ${fault}`);
	}
}
const share = (part: number): string => `${((100 * part) / Math.max(1, routes.undamaged)).toFixed(2)}%`;
console.log(
	`${count} inputs from ${files.length} files: ${faulty} faults, slowest ${slowest.toFixed(0)} ms, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at the most`,
);
console.log(
	`undamaged path() lines: ${routes.undamaged}, still calls ${share(routes.calls)}, still in urlpatterns ${share(routes.listed)}`,
);
if (lost.size > 0) console.log('lost by damage:', Object.fromEntries(lost));
console.log(`${count - Math.min(count, faulty)} passed, ${faulty} failed`);
process.exitCode = faulty > 0 ? 1 : 0;
