// The later batches of CONFORMANCE.md from results.json, and results.json from a run of the engine.
//   node bench/conformance.mjs --projects PROJECTS.jsonl --oracles DIR --no-match --rows ROWS.json NAME ...
//   node bench/unseen/table.mjs [ROWS.json ...]
// What was measured first stays in results.json as it was; `now` is taken from the rows of each file.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const results = join(here, 'results.json');
const document = join(here, 'CONFORMANCE.md');
const batches = JSON.parse(readFileSync(results, 'utf8'));
const all = Object.values(batches).flatMap(({ projects }) => projects);

for (const file of process.argv.slice(2))
	for (const { name, routes, middleware, handlers } of JSON.parse(readFileSync(file, 'utf8'))) {
		const project = all.find((one) => one.name === name);
		if (project) Object.assign(project, { now: routes, middleware, handlers });
	}
writeFileSync(results, `${JSON.stringify(batches, undefined, '\t')}\n`);

function table({ commit, projects }) {
	const whole = (key) => projects.filter((project) => project[key] === '100.00').length;
	return [
		`${projects.length} more projects, ${projects.reduce((sum, { routes }) => sum + routes, 0).toLocaleString('en')} routes, measured for the first time with the engine as it was before (${commit}): ${whole('first')} were at 100%. Now ${whole('now')} are.`,
		'',
		'| project | made from | Django | Python | routes | first | now | middleware | handlers | mechanism |',
		'| --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |',
		...projects.map(
			({ name, made_from, django, python, routes, first, now, middleware, handlers, mechanism }) =>
				`| ${name} | ${made_from} | ${django} | ${python} | ${routes} | ${first}% | ${now}% | ${middleware}% | ${handlers}% | ${mechanism} |`,
		),
	].join('\n');
}

let text = readFileSync(document, 'utf8');
for (const [name, batch] of Object.entries(batches)) {
	const [start, end] = [`<!-- ${name} batch -->`, `<!-- end of the ${name} batch -->`];
	const from = text.indexOf(start);
	const to = text.indexOf(end);
	text = `${text.slice(0, from)}${start}\n${table(batch)}\n${text.slice(to)}`;
}
writeFileSync(document, text);
