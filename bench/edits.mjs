// What edits are followed with against a whole evaluation: the models of both have to be the same, every word of them.
//   node bench/edits.mjs --projects FILE.jsonl [--edits N] [--seed N] [--every N] [--seconds N] NAME ...
// FILE.jsonl: see bench/projects.mjs. Random edits, each upon those before, of the root URLconf, the URLconfs that it includes and the
// modules with views; every Nth that was followed is compared.
// Ends after N edits or N seconds. Prints what was followed and what differs. Counted apart, and printed all the same: warnings of an
// installed library that an edit taken back has loaded, which a whole evaluation would not load. They are gone when it comes, in calm.
// While a model says that setup is still to be run again it is compared with nothing: the edit is taken back then, and what follows on it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { commandLine, projectEnvironment, projectFolder, readProjects, routesOf, usage } from './projects.mjs';

const root = join(fileURLToPath(import.meta.url), '../..');
const { option, rest } = commandLine();
const file = option('--projects');
const count = Number(option('--edits', '100'));
const seed = Number(option('--seed', '1'));
const every = Number(option('--every', '5'));
const seconds = Number(option('--seconds', '300'));
if (!file || rest.length === 0)
	usage('node bench/edits.mjs --projects FILE.jsonl [--edits N] [--seed N] [--every N] [--seconds N] NAME ...');
const compiled = join(root, 'out/edits');
await build({
	entryPoints: ['edited', 'random'].map((name) => join(root, `test/unit/django/edits/${name}.ts`)),
	bundle: true,
	format: 'esm',
	platform: 'node',
	target: 'node20',
	outdir: compiled,
	outExtension: { '.js': '.mjs' },
	logLevel: 'warning',
});
const load = (name) => import(pathToFileURL(join(compiled, `${name}.mjs`)).href);
const { Edited, told, difference } = await load('edited');
const { edited, random } = await load('random');

let different = 0;
for (const project of readProjects(file, rest)) different += compare(project);
process.exitCode = different > 0 ? 1 : 0;

function compare(project) {
	process.chdir(projectFolder(project));
	Object.assign(process.env, projectEnvironment(project));
	const options = { folder: project.root, settingsModule: project.settings_module, python: project.python };
	const chance = random(seed);
	const ends = Date.now() + seconds * 1000;
	let one = new Edited(options);
	const files = filesOf(one.now.model);
	const texts = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));
	const originals = new Map(texts);
	/** Edits since the models were last found to be the same. */
	let round = [];
	let [made, followed, unsettled, compared, differs, more] = [0, 0, 0, 0, 0, 0];
	while (made < count && Date.now() < ends) {
		// Of files that keep setup from its end, one after another is put right.
		const damaged = one.now.unsettled ? files.find((of) => texts.get(of) !== originals.get(of)) : undefined;
		const path = damaged ?? files[Math.floor(chance() * files.length)];
		const text = texts.get(path);
		// Damage doesn't pile up: now and then a file is as it was.
		const next = damaged || (text !== originals.get(path) && chance() < 0.5) ? originals.get(path) : edited(text, chance);
		texts.set(path, next);
		made++;
		if (!one.follow(path, next)) {
			round = [];
			continue;
		}
		followed++;
		round.push({ path, before: text, after: next });
		if (one.now.unsettled) unsettled++;
		if (one.now.unsettled || (round.length < every && made < count)) continue;
		const fresh = one.fresh();
		const [now, whole] = [told(one.now), told(fresh)];
		compared += round.length;
		if (now !== whole) {
			if (told(withoutLoaded(one.now, fresh)) === whole) more++;
			else differs++;
			console.log(`${project.name}: differs after ${round.length} edits, the last of ${path}`);
			for (const { path: of, before, after } of round) console.log(`${of}\n${difference(before, after)}`);
			console.log(`--- a whole evaluation\n+++ what was followed\n${difference(whole, now)}\n`);
			one = new Edited(options);
			for (const of of files) texts.set(of, originals.get(of));
		}
		round = [];
	}
	console.log(
		`${project.name}: ${made} edits, ${followed} followed (${unsettled} told before setup runs again), ${compared} of them compared, ${differs} rounds differ, ${more} by a library's warnings alone`,
	);
	return differs;
}

/** The analysis without the warnings of installed libraries that the other one doesn't have. */
function withoutLoaded({ model }, other) {
	const known = new Set(other.model.problems.map((one) => JSON.stringify(one)));
	const problems = model.problems.filter(
		(one) => known.has(JSON.stringify(one)) || !/[\\/]site-packages[\\/]/.test(one.place?.file ?? ''),
	);
	return { model: { ...model, problems } };
}

/** The project's URLconfs and modules with views. */
function filesOf({ root: folder, rootUrlconf, urls }) {
	const files = new Set();
	const own = (path) => path?.startsWith(`${folder}/`) && !path.includes('/site-packages/') && path.endsWith('.py');
	const visit = (entries) => {
		for (const { urlconf, children } of entries.filter(({ type }) => type === 'include')) {
			if (own(urlconf.file)) files.add(urlconf.file);
			visit(children);
		}
	};
	visit(urls);
	const urlconfs = [...files].slice(0, 6);
	const views = [...new Set(routesOf(urls).flatMap(({ place }) => (own(place?.file) ? [place.file] : [])))];
	return [
		...(own(rootUrlconf?.file) ? [rootUrlconf.file] : []),
		...urlconfs,
		...views.filter((one) => !files.has(one)).slice(0, 8),
	];
}
