// Compares our syntax trees with CPython's over many files:
//   node test/differential/syntax/compare.mjs PYTHON FOLDER... [--limit N] [--skip N]
// PYTHON should be 3.13 or newer. Files are taken once by content. Prints the counts and the first difference of each file that differs.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const args = process.argv.slice(2);
const option = (name, fallback) => {
	const at = args.indexOf(name);
	return at < 0 ? fallback : Number(args.splice(at, 2)[1]);
};
const limit = option('--limit', Number.POSITIVE_INFINITY);
const skip = option('--skip', 0);
const [python, ...folders] = args;

const seen = new Set();
const files = [];
function collect(folder) {
	for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
		if (files.length >= limit + skip) return;
		const path = join(folder, entry.name);
		if (entry.isDirectory()) collect(path);
		else if (entry.isFile() && entry.name.endsWith('.py') && statSync(path).size < 1_000_000 && !/[\t\n]/.test(path)) {
			const hash = createHash('sha1').update(readFileSync(path)).digest('base64');
			if (!seen.has(hash)) {
				seen.add(hash);
				files.push(path);
			}
		}
	}
}
for (const folder of folders) collect(folder);
files.splice(0, skip);

const scratch = mkdtempSync(join(tmpdir(), 'syntax-'));
const list = join(scratch, 'files.txt');
writeFileSync(list, `${files.join('\n')}\n`);
const main = join(scratch, 'main.mjs');
await build({
	entryPoints: ['test/differential/syntax/main.ts'],
	bundle: true,
	format: 'esm',
	platform: 'node',
	outfile: main,
	logLevel: 'warning',
});
const dumper = 'test/differential/syntax/dump.py';
const run = (command, ...rest) =>
	execFileSync(command, rest, { encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'inherit'] });
const table = (text) =>
	new Map(
		text
			.split('\n')
			.filter(Boolean)
			.map((line) => line.split('\t')),
	);
const theirs = table(run(python, '-X', 'utf8', dumper, list));
const ours = table(run(process.execPath, '--stack-size=4000', main, list));

let equal = 0;
let invalid = 0;
let unnoticed = 0;
const different = [];
for (const [path, expected] of theirs) {
	const got = ours.get(path) ?? 'missing';
	if (expected.startsWith('error')) {
		invalid++;
		if (!got.includes('problems')) unnoticed++;
	} else if (got === expected) equal++;
	else different.push(path);
}
console.log(
	`${files.length} files: ${equal} equal, ${different.length} different, ${invalid} that CPython rejects (${unnoticed} of them not by us)`,
);
for (const path of different.slice(0, 25)) {
	const got = ours.get(path) ?? '';
	if (got.startsWith('threw')) {
		console.log(path, got);
		continue;
	}
	const a = run(python, '-X', 'utf8', dumper, '--text', path);
	const b = run(process.execPath, '--stack-size=4000', main, '--text', path);
	let at = 0;
	while (at < a.length && a[at] === b[at]) at++;
	console.log(
		`${path}\n  cpython: ${a.slice(Math.max(0, at - 120), at + 60)}\n  ours:    ${b.slice(Math.max(0, at - 120), at + 60)} ${got.slice(40)}`,
	);
}
process.exitCode = different.length > 0 ? 1 : 0;
