#!/usr/bin/env node
// Compares a project model with what Django itself resolved.
//   node score.mjs ORACLE.json MODEL.json [--show N] [--min PERCENT]
// Both are described in README.md beside this file. Prints one line a kind; ends with 1 below --min (default 100).
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const args = process.argv.slice(2);
const option = (name, fallback) => {
	const at = args.indexOf(name);
	return at < 0 ? fallback : args.splice(at, 2)[1];
};
const show = Number(option('--show', 10));
const min = Number(option('--min', 100));
const asSet = args.includes('--set') && args.splice(args.indexOf('--set'), 1).length > 0;
const [oracleFile, modelFile] = args;
if (!modelFile) {
	console.error('usage: node score.mjs ORACLE.json MODEL.json [--show N] [--min PERCENT] [--set]');
	process.exit(2);
}
const read = (file) => JSON.parse((file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)).toString('utf8'));

const place = (p) => (p ? `${p.where}:${p.file}:${p.line}` : 'none');
const segments = (r) => r.segments.map((s) => `${s.kind.startsWith('other') ? 'other' : s.kind} ${s.pattern}`).join(' | ');

/** The fields of one route that count, each as a text. `key` says which route it is; the rest must agree as well. */
const fieldsOf = (r) => ({
	key: `${segments(r)} [${(r.namespaces ?? []).join(':')}] ${r.name ?? '-'}`,
	view: r.view ?? 'none',
	loc: place(r.loc),
	site: place(r.site),
	projectSite: place(r.projectSite ?? r.project_site),
});
const checked = ['view', 'loc', 'site'];
const told = ['projectSite']; // depends on import order in places, so it is reported and not counted

/** Longest common subsequence of two lists of texts, as pairs of indices: routes keep their order, it decides who wins. */
function align(a, b) {
	const pairs = [];
	let from = 0;
	let endA = a.length;
	let endB = b.length;
	while (from < endA && from < endB && a[from] === b[from]) {
		pairs.push([from, from]);
		from++;
	}
	const tail = [];
	while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) tail.unshift([--endA, --endB]);
	const n = endA - from;
	const m = endB - from;
	const table = Array.from({ length: n + 1 }, () => new Uint16Array(m + 1));
	for (let i = n - 1; i >= 0; i--) {
		for (let j = m - 1; j >= 0; j--) {
			table[i][j] = a[from + i] === b[from + j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
		}
	}
	for (let i = 0, j = 0; i < n && j < m; ) {
		if (a[from + i] === b[from + j]) pairs.push([from + i++, from + j++]);
		else if (table[i + 1][j] >= table[i][j + 1]) i++;
		else j++;
	}
	return pairs.concat(tail);
}

function compare(label, oracle, model, fields, reported = []) {
	const pairs = align(
		oracle.map((r) => r.key),
		model.map((r) => r.key),
	);
	const wrong = Object.fromEntries([...fields, ...reported].map((f) => [f, 0]));
	const complaints = [];
	let exact = 0;
	for (const [i, j] of pairs) {
		const off = fields.filter((f) => oracle[i][f] !== model[j][f]);
		for (const f of off) {
			wrong[f]++;
			complaints.push(`  ${f}: ${oracle[i].key}\n    Django: ${oracle[i][f]}\n    model:  ${model[j][f]}`);
		}
		if (!off.length) exact++;
		for (const f of reported) if (oracle[i][f] !== model[j][f]) wrong[f]++;
	}
	const inOracle = new Set(pairs.map(([i]) => i));
	const inModel = new Set(pairs.map(([, j]) => j));
	const missing = oracle.filter((_, i) => !inOracle.has(i));
	const extra = model.filter((_, j) => !inModel.has(j));
	const total = Math.max(oracle.length, model.length);
	const percent = total ? (100 * exact) / total : 100;
	const off = [...fields, ...reported]
		.filter((f) => wrong[f])
		.map((f) => `${f} off ${wrong[f]}${reported.includes(f) ? ' (not counted)' : ''}`);
	console.log(
		`${label}: ${percent.toFixed(2)}% exact (${exact} of ${total}; missing or out of order ${missing.length}, not Django's ${extra.length}${off.length ? `; ${off.join(', ')}` : ''})`,
	);
	for (const r of missing.slice(0, show)) console.log(`  missing: ${r.key}\n    ${r.view ?? ''} ${r.site ?? r.loc ?? ''}`);
	for (const r of extra.slice(0, show)) console.log(`  not Django's: ${r.key}\n    ${r.view ?? ''} ${r.site ?? r.loc ?? ''}`);
	for (const c of complaints.slice(0, show)) console.log(c);
	return percent;
}

const oracle = read(oracleFile);
const model = read(modelFile);
const text = (r) => `${r.key} ${r.view} ${r.loc} ${r.site}`;
const routes = (m) => {
	const all = (m.routes ?? []).map(fieldsOf);
	return asSet ? all.sort((a, b) => (text(a) < text(b) ? -1 : 1)) : all;
};
const middleware = (m) => (m.middleware ?? []).map((x) => ({ key: x.path, loc: place(x.loc) }));
const handlers = (m) =>
	Object.entries(m.handlers ?? {})
		.sort()
		.map(([status, h]) => ({ key: `${status} ${h.view}`, loc: place(h.loc) }));
const scores = [
	compare('routes', routes(oracle), routes(model), checked, told),
	compare('middleware', middleware(oracle), middleware(model), ['loc']),
	compare('handlers', handlers(oracle), handlers(model), ['loc']),
];
process.exit(Math.min(...scores) >= min ? 0 : 1);
