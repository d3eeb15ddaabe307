// A person's walk through the workbench in a real browser, with pictures: node test/ui/walk.mjs [--vsix FILE] [--shots FOLDER]
// Opens the example project, looks at the tree, records real requests, replays a page and a refused POST, walks inline.
// With --vsix the packaged extension is installed into the fresh VS Code, and nothing else of this repository is used.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepareExample } from '../../scripts/example.mjs';
import { ensureChromium, ensureHost, root } from '../../scripts/setup.mjs';
import { freePort, makeProfile } from '../host/profile.mjs';
import { Shop } from './shop.mjs';

ensureChromium();
ensureHost();
await prepareExample({ log: console.log });
const { installExtension, openWorkbench } = await import('../host/host.mjs');
const option = (name) => {
	const at = process.argv.indexOf(name);
	return at < 0 ? undefined : process.argv[at + 1];
};
const vsix = option('--vsix');
const shots = option('--shots') ?? join(root, '.vscode-test/walk');
mkdirSync(shots, { recursive: true });

const port = await freePort();
const profile = makeProfile({ 'requestCycle.developmentServer.arguments': [`127.0.0.1:${port}`], 'window.zoomLevel': 0 });
if (vsix) installExtension(profile, vsix);
const { page, close } = await openWorkbench({
	userDataDir: profile.userDataDir,
	extensionsDir: profile.extensionsDir,
	open: profile.project,
	...(vsix ? {} : { extensionDevelopmentPath: root }),
});
page.setDefaultTimeout(45_000);
const began = Date.now();
let passed = 0;
let failed = 0;
const shot = async (name) => {
	await page.mouse.move(900, 860);
	await page.waitForTimeout(600);
	await page.screenshot({ path: join(shots, `${name}.png`) });
};
/** One thing a person does and sees; a picture is taken of where it failed. */
async function step(name, act) {
	if (failed) return;
	try {
		await act();
		passed++;
		console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${name}`);
	} catch (error) {
		failed++;
		await page.screenshot({ path: join(shots, 'failed.png') }).catch(() => {});
		console.log(`FAILED ${name}: ${error.message}\nsee ${join(shots, 'failed.png')}`);
	}
}
/** Runs a command by its title. A key pressed in a webview takes a round trip, and a page that loads takes the focus: hence the tries. */
async function command(title) {
	const input = page.locator('.quick-input-widget input:visible');
	for (let tries = 1; ; tries++) {
		try {
			if (!(await input.isVisible())) await page.keyboard.press('F1');
			await input.fill(`>${title}`, { timeout: 4000 });
			await page.locator('.quick-input-list').getByRole('option', { name: title }).first().waitFor({ timeout: 4000 });
			return await page.keyboard.press('Enter');
		} catch (error) {
			if (tries === 5) throw error;
		}
	}
}
/** Waits until the browser has put away that the editor in front stands so: VS Code does it every few seconds, when it is idle. */
async function putAway(wanted) {
	const found = () =>
		page.evaluate(async (wanted) => {
			const asked = (request) =>
				new Promise((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error);
				});
			const inFront = (value) => {
				if (typeof value !== 'object' || value === null) return [];
				const own = Array.isArray(value.editors) && Array.isArray(value.mru) ? [String(value.editors[value.mru[0]]?.value)] : [];
				return own.concat(Object.values(value).flatMap(inFront));
			};
			for (const { name } of await indexedDB.databases()) {
				if (!name?.startsWith('vscode-web-state-db')) continue;
				const database = await asked(indexedDB.open(name));
				try {
					if (!database.objectStoreNames.contains('ItemTable')) continue;
					const items = database.transaction('ItemTable').objectStore('ItemTable');
					const parts = await asked(items.get('memento/workbench.parts.editor'));
					const editors = parts ? inFront(JSON.parse(parts)) : [];
					if (editors.some((value) => value.replaceAll('\\', '').includes(wanted))) return true;
				} finally {
					database.close();
				}
			}
			return false;
		}, wanted);
	for (const until = Date.now() + 45_000; !(await found()); await page.waitForTimeout(200)) {
		assert.ok(Date.now() < until, `VS Code has not put ${wanted} away`);
	}
}
const cycle = page.getByRole('tree', { name: 'Cycle' });
const requests = page.getByRole('tree', { name: 'Requests' });
const row = (tree, name) => tree.getByRole('treeitem', { name }).first();
const panel = () => page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');

await step('the sidebar shows the cycle', async () => {
	await page.getByRole('tab', { name: 'Request Cycle' }).click();
	await row(cycle, /^Middleware/).waitFor();
	await row(cycle, /^URLs/).waitFor();
});
await step('the other view folds, and the URLs have room', async () => {
	const header = page.getByRole('button', { name: 'Requests Section' });
	await header.click();
	await row(cycle, /^books\//).waitFor();
	await shot('sidebar');
	await header.click();
});
await step('the filter narrows the tree as one types, and a route opens its view', async () => {
	await command('Request Cycle: Filter Routes');
	await page.locator('.quick-input-widget input').fill('BookDetail');
	await page.keyboard.press('Enter');
	const route = row(cycle, /BookDetail/);
	await route.waitFor();
	await shot('filter');
	await route.click();
	await page.getByRole('tab', { name: /^views\.py/ }).waitFor();
	await page.locator('.codelens-decoration a:visible').first().waitFor();
	await shot('navigate');
	await command('Request Cycle: Clear Route Filter');
});
await step('recording is one click, and the server another', async () => {
	await page
		.getByRole('link', { name: 'Turn On Recording' })
		.or(page.getByRole('button', { name: 'Turn On Recording' }))
		.first()
		.click();
	await page
		.getByRole('button', { name: 'Run Development Server' })
		.or(page.getByRole('link', { name: 'Run Development Server' }))
		.first()
		.click();
});
const shop = new Shop(port);
await step('real requests become captures', async () => {
	await shop.waitUntilUp();
	await shop.browse();
	await row(requests, /GET \/books\//).waitFor();
	await row(requests, /403/).waitFor();
	await shot('requests');
	await page.keyboard.press('Control+j'); // the terminal has shown what it had to show
});
await step('a page is replayed to its end and back', async () => {
	await row(requests, /GET \/books\//).click();
	const frame = panel();
	const slider = frame.getByRole('slider').first();
	await slider.waitFor();
	await slider.focus();
	await page.keyboard.press('End');
	await page.waitForTimeout(300);
	const last = Number((await slider.getAttribute('aria-valuenow')) ?? (await slider.inputValue()));
	assert.ok(last > 10, `the replay has ${last} steps`);
	await page.keyboard.press('Home');
	await page.waitForTimeout(300);
	assert.equal(Number((await slider.getAttribute('aria-valuenow')) ?? (await slider.inputValue())), 0);
	for (let i = 0; i < 15; i++) await page.keyboard.press('ArrowRight');
	await shot('replay-page');
});
await step('the panel stands where it stood after it was hidden, and after a reload', async () => {
	const place = () => panel().locator('.place').textContent();
	const stood = await place();
	await panel().getByRole('tab', { name: 'Route' }).click();
	await page.waitForTimeout(600);
	await row(requests, /403/).click();
	await panel().locator('.verdict').waitFor();
	await row(requests, /GET \/books\//).click();
	await panel().locator('.route-tab, .tried-row').first().waitFor();
	assert.equal(await place(), stood, 'shown again');
	await putAway(`"step":${Number(/^\d+/.exec(stood)[0]) - 1},"tab":"route"`);
	await page.reload();
	await panel().locator('.place').waitFor();
	assert.equal(await place(), stood, 'reloaded');
	assert.equal(await panel().getByRole('tab', { name: 'Route' }).getAttribute('aria-selected'), 'true');
	await shot('reloaded');
	await page.getByRole('tab', { name: 'Request Cycle' }).first().waitFor();
	if (!(await requests.isVisible())) await page.getByRole('tab', { name: 'Request Cycle' }).first().click();
	await row(requests, /403/).waitFor();
});
await step('N+1 is named with its line, and the database explains a query', async () => {
	await row(requests, /GET \/reports\/royalties/).click();
	const frame = panel();
	await frame.locator('.verdict-hint', { hasText: 'N+1' }).waitFor();
	await frame.getByRole('tab', { name: /^Queries/ }).click();
	await frame
		.locator('.query-entry', { has: frame.locator('.n-plus-one') })
		.last()
		.locator('summary')
		.first()
		.click();
	await frame.getByRole('button', { name: 'EXPLAIN' }).first().click();
	await frame
		.locator('.explain', { hasText: /SCAN|SEARCH/ })
		.first()
		.waitFor();
	await shot('queries');
});
await step('a refused POST says who refused it', async () => {
	await row(requests, /403/).click();
	const frame = panel();
	await frame
		.getByText(/refused|answered/i)
		.first()
		.waitFor();
	await shot('replay-refused');
});
await step('an unsafe request asks before it is sent again, and a No sends nothing', async () => {
	const count = () => requests.getByRole('treeitem', { name: /POST \/accounts\/login\// }).count();
	const posts = await count();
	const dialog = page.getByRole('dialog').filter({ hasText: 'Send POST /accounts/login/ again?' });
	const ask = async () => {
		await panel().getByRole('button', { name: 'Re-run' }).first().click();
		await dialog.waitFor();
	};
	await ask();
	await dialog.getByText(/Databases are rolled back/).waitFor();
	await shot('rerun-asks');
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	await dialog.waitFor({ state: 'hidden' });
	assert.equal(await count(), posts);
	await ask();
	await dialog.getByRole('button', { name: 'Re-run' }).click();
	await page.getByRole('tab', { name: /↔|Compare|vs/ }).waitFor();
	await shot('rerun');
});
await step('a route opens in the browser, at the server that runs', async () => {
	const route = row(cycle, /^books\//);
	await command('Request Cycle: Filter Routes');
	await page.locator('.quick-input-widget input').fill('BookList');
	await page.keyboard.press('Enter');
	await route.hover();
	const opened = page.context().waitForEvent('page');
	await route.getByRole('button', { name: 'Open in Browser' }).click();
	const shown = await opened;
	await shown.waitForURL(/\/books\/$/);
	assert.match(await shown.title(), /\S/);
	await shown.close();
	await command('Request Cycle: Clear Route Filter');
});
await step('the source shows what happened, and the walk moves through it', async () => {
	await row(requests, /GET \/books\//).click();
	const name = panel().locator('.core-name', { hasText: 'BookList' }).first();
	await name.click();
	const wanted = Number(/^\d+/.exec(await panel().locator('.place').textContent())[0]);
	await command('Request Cycle: Pin Capture to Source');
	await command('View: Close All Editors');
	await command('Request Cycle: Next Stage');
	await page.locator('.monaco-editor.focused .view-line').first().waitFor();
	// To the view, by key: the status bar says where the walk stands. A key may come late, or not at all while a file opens.
	const status = page.locator('.statusbar-item', { hasText: /GET \/books\/ \d+\/\d+/ });
	const stands = async () => Number(/(\d+)\/\d+\s*$/.exec(await status.innerText())[1]);
	const view = page.getByRole('tab', { name: /^views\.py/ });
	let at = await stands();
	let pressed = false;
	for (const end = Date.now() + 120_000; !(pressed && at === wanted && (await view.isVisible())); ) {
		assert.ok(Date.now() < end, `the walk stands at ${at}, not at ${wanted}`);
		if (pressed && at === wanted) await page.waitForTimeout(50);
		else await page.keyboard.press(at < wanted ? 'Shift+Alt+PageDown' : 'Shift+Alt+PageUp');
		pressed = true;
		const before = at;
		const until = Date.now() + (at === wanted ? 0 : 5000);
		do at = await stands();
		while (at === before && Date.now() < until && !(await page.waitForTimeout(50)));
	}
	await shot('inline-replay');
});

await close();
profile.remove();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
