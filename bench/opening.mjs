// Opening the Cycle view in a real VS Code: from the click on its icon to the first rows and to all of them.
//   node bench/opening.mjs [--projects FILE.jsonl] [--rounds N] [--shots FOLDER] [--work] [NAME ...]
// Without FILE.jsonl the example is opened; with it (a line a project: name, root, settings_module, env, python) the named ones.
// Each project is copied first, since VS Code and this script write into it. Three states a round, each in a VS Code window that
// was loaded anew: cold (the engine's cache is empty), warm (nothing has changed since) and stale (the root URLconf has).
// With --work the URLs are then folded, opened, and filtered by typing (the first letter opens most of a large tree), and the longest time without a frame is told.
// The rows are seen in the page itself; what the extension logs (from its own activation) is printed beside it.
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { prepareExample } from '../scripts/example.mjs';
import { ensureChromium, ensureHost, root } from '../scripts/setup.mjs';
import { makeProfile } from '../test/host/profile.mjs';

const args = process.argv.slice(2);
const option = (name, fallback) => {
	const at = args.indexOf(name);
	return at < 0 ? fallback : args.splice(at, 2)[1];
};
const file = option('--projects');
const rounds = Number(option('--rounds', '3'));
const shots = option('--shots');
const work = args.includes('--work') && args.splice(args.indexOf('--work'), 1).length > 0;
ensureChromium();
ensureHost();
await prepareExample({ log: () => {} });
const { openWorkbench } = await import('../test/host/host.mjs');
if (shots) mkdirSync(shots, { recursive: true });

const projects = file
	? readFileSync(file, 'utf8')
			.split('\n')
			.filter(Boolean)
			.map((line) => JSON.parse(line))
			.filter(({ name }) => args.includes(name))
	: [{ name: 'example' }];

/** Runs in the page: clicks the icon and answers when rows stood, in ms since the click. */
function watchOpening() {
	const icon = document.querySelector('.activitybar a[aria-label^="Request Cycle"]');
	const rows = () => [
		...document.querySelectorAll('.pane[aria-label^="Cycle"] .monaco-list-row, .pane .customview-tree .monaco-list-row'),
	];
	const header = () =>
		[...document.querySelectorAll('.pane-header, .composite.title')].map((one) => one.textContent ?? '').join(' ');
	const began = performance.now();
	icon.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }));
	icon.click();
	return new Promise((done) => {
		const seen = {};
		const look = () => {
			const now = performance.now() - began;
			const labels = rows().map((row) => row.getAttribute('aria-label') ?? '');
			const middleware = labels.findIndex((label) => label.startsWith('Middleware'));
			const urls = labels.findIndex((label) => label.startsWith('URLs'));
			if (labels.length > 0 && seen.any === undefined) seen.any = now;
			if (middleware >= 0 && labels.length > middleware + 1 && seen.first === undefined) {
				seen.first = now;
				seen.marked = /reading…|refreshing…/.test(labels.join(' '));
				window.firstRowsStand();
			}
			// Many middleware push the URLs' own row out of what is drawn.
			const counted = urls >= 0 || /\d routes?/.test(header());
			if (counted && seen.first !== undefined && !/reading…|refreshing…|Reading/.test(`${labels.join(' ')} ${header()}`))
				seen.all = now;
			if (seen.all !== undefined || now > 120_000) done(seen);
			else requestAnimationFrame(look);
		};
		look();
	});
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

for (const project of projects) {
	const copy = mkdtempSync(join(tmpdir(), 'drc-open-'));
	const profile = makeProfile({
		'requestCycle.environment': project.env ?? {},
		...(project.settings_module ? { 'requestCycle.settingsModule': project.settings_module } : {}),
		...(project.python ? { 'python.defaultInterpreterPath': project.python } : {}),
		'files.watcherExclude': { '**/node_modules/**': true },
	});
	const folder = project.root ? join(copy, basename(project.root)) : profile.project;
	if (project.root) cpSync(project.root, folder, { recursive: true, filter: (path) => !/node_modules|\.git$/.test(path) });
	const facts = join(profile.userDataDir, 'User/globalStorage/request-cycle.django-request-cycle/facts');
	const { page, close } = await openWorkbench({
		userDataDir: profile.userDataDir,
		extensionsDir: profile.extensionsDir,
		open: folder,
		extensionDevelopmentPath: root,
	});
	page.setDefaultTimeout(120_000);
	const results = { cold: [], warm: [], stale: [] };
	let processorTime;
	await page.exposeFunction('firstRowsStand', () => {
		processorTime = ownProcessorTime();
	});
	try {
		for (let round = 0; round < rounds; round++) {
			for (const state of ['cold', 'warm', 'stale']) {
				if (state === 'cold') rmSync(facts, { recursive: true, force: true });
				if (state === 'stale') touchUrlconf(folder);
				await page.reload();
				await page.locator('.activitybar a[aria-label^="Request Cycle"]').waitFor();
				// The window settles: files are listed and extensions that start with it have started.
				await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
				await page.waitForTimeout(6000);
				const before = ownProcessorTime();
				const seen = page.evaluate(watchOpening);
				if (shots) {
					await page.waitForTimeout(1000);
					await page.screenshot({ path: join(shots, `${project.name}-${state}-1s.png`) });
				}
				const times = await seen;
				if (shots) await page.screenshot({ path: join(shots, `${project.name}-${state}-all.png`) });
				results[state].push(times);
				console.log(
					`${project.name} ${state}: first rows ${times.first?.toFixed(0)} ms${times.marked ? ' (marked)' : ''} (${processorTime - before} ms of processor time, the browser's included), all ${times.all?.toFixed(0)} ms; load ${loadavg()[0].toFixed(1)}`,
				);
				for (const line of logged(profile.userDataDir)) console.log(`    ${line}`);
				// The cache is written after the answer is sent.
				await page.waitForTimeout(2000);
				await page.locator('.activitybar a[aria-label^="Explorer"]').first().click();
				await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
				// VS Code remembers every few seconds which view is open.
				await page.waitForTimeout(8000);
			}
		}
		if (work) await workWith(page, project.name);
	} finally {
		await close();
		rmSync(copy, { recursive: true, force: true });
		profile.remove();
	}
	for (const [state, times] of Object.entries(results))
		console.log(
			`${project.name} ${state}, median of ${times.length}: first rows ${median(times.map((one) => one.first)).toFixed(0)} ms, all ${median(times.map((one) => one.all)).toFixed(0)} ms`,
		);
}

/** Folds, opens and filters: what a person does with a large tree. */
async function workWith(page, name) {
	page.setDefaultTimeout(30_000);
	await page.locator('.activitybar a[aria-label^="Request Cycle"]').first().click();
	const pane = page.locator('.pane').filter({ has: page.locator('.pane-header[aria-label^="Cycle"]') });
	const row = (label) => pane.locator('.monaco-list-row').filter({ hasText: label }).first();
	await row('URLs').waitFor();
	/** Runs `act` until `done`, and tells how long that took and how long the page stood still at most. */
	const timed = async (what, act, done) => {
		await page.evaluate(() => {
			const seen = { last: performance.now(), longest: 0 };
			window.frameGaps = seen;
			const frame = () => {
				const now = performance.now();
				seen.longest = Math.max(seen.longest, now - seen.last);
				seen.last = now;
				if (window.frameGaps === seen) requestAnimationFrame(frame);
			};
			requestAnimationFrame(frame);
		});
		const began = Date.now();
		await act();
		await done();
		const took = Date.now() - began;
		const longest = await page.evaluate(() => {
			const { longest: most } = window.frameGaps;
			window.frameGaps = undefined;
			return most;
		});
		console.log(`${name} ${what}: ${took} ms, ${longest.toFixed(0)} ms without a frame at most; load ${loadavg()[0].toFixed(1)}`);
		if (shots) await page.screenshot({ path: join(shots, `${name}-${what.replaceAll(' ', '-')}.png`) });
	};
	const steady = async () => {
		let before = -1;
		for (let same = 0; same < 4; ) {
			await page.waitForTimeout(250);
			const now = await pane
				.locator('.monaco-scrollable-element > .scrollbar.vertical .slider')
				.first()
				.evaluate((one) => one.style.height);
			same = now === before ? same + 1 : 0;
			before = now;
		}
	};
	const turn = () =>
		row('URLs')
			.locator('.monaco-tl-twistie')
			.click({ modifiers: ['Alt'] });
	await timed('fold the URLs', turn, steady);
	await timed('open the URLs', turn, steady);
	await timed(
		'filter',
		async () => {
			const input = page.locator('.quick-input-widget input:visible');
			await page.keyboard.press('F1');
			await input.fill('>Request Cycle: Filter Routes');
			await page.locator('.quick-input-list').getByRole('option', { name: 'Request Cycle: Filter Routes' }).first().waitFor();
			await page.keyboard.press('Enter');
			await page.locator('.quick-input-widget', { hasText: 'The view shows the results as you type' }).waitFor();
			await page.keyboard.type('change', { delay: 80 });
		},
		async () => {
			await pane.locator('.pane-header', { hasText: 'filter: change' }).waitFor();
			await steady();
		},
	);
	await page.keyboard.press('Escape');
}

/** User and system time of this process and all that it started, which a busy machine leaves alone. Linux; milliseconds. */
function ownProcessorTime() {
	const parents = new Map();
	const times = new Map();
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		try {
			// The name may hold spaces: fields count from its closing parenthesis.
			const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
				.replace(/^.*\) /s, '')
				.split(' ');
			parents.set(pid, fields[1]);
			times.set(pid, (Number(fields[11]) + Number(fields[12])) * 10);
		} catch {
			// It has ended meanwhile.
		}
	}
	const own = String(process.pid);
	const isOwn = (pid) => pid === own || (parents.has(pid) && isOwn(parents.get(pid)));
	return [...times].reduce((sum, [pid, time]) => sum + (isOwn(pid) ? time : 0), 0);
}

/** Adds a comment to the root URLconf, as the cache knows it: the file of most routes' sites will do. */
function touchUrlconf(folder) {
	const found = [];
	const look = (path, depth) => {
		for (const entry of readdirSync(path, { withFileTypes: true })) {
			if (entry.isDirectory() && depth < 3 && !entry.name.startsWith('.')) look(join(path, entry.name), depth + 1);
			else if (entry.name === 'urls.py') found.push(join(path, entry.name));
		}
	};
	look(folder, 0);
	for (const path of found) appendFileSync(path, '# changed meanwhile\n');
}

/** What the newest window's extension logged of its opening. */
function logged(userDataDir) {
	const logs = join(userDataDir, 'logs');
	if (!existsSync(logs)) return [];
	const files = readdirSync(logs, { recursive: true }).filter((name) => /Request Cycle\.log$/.test(name));
	const newest = files.sort().at(-1);
	return newest ? (readFileSync(join(logs, newest), 'utf8').match(/(?:First|All) rows[^\n]*/g) ?? []) : [];
}
