// A person's first minutes with a project of their own, timed and with pictures, as the README's of a large one:
//   node test/ui/project.mjs FOLDER --vsix FILE [--python PATH] [--settings MODULE] [--env NAME=VALUE] [--login PATH?name=value&…]
//     [--shots FOLDER] PATH …
// FOLDER should be a copy whose database is made; the paths are asked for in their order, and the last one is replayed.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium, ensureHost, root } from '../../scripts/setup.mjs';
import { freePort, makeProfile } from '../host/profile.mjs';
import { Shop } from './shop.mjs';

const text = { type: 'string' };
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { vsix: text, python: text, settings: text, login: text, shots: text, env: { type: 'string', multiple: true } },
});
const [folder, ...paths] = positionals;
if (!folder || paths.length === 0 || !values.vsix) throw new Error('give a project’s FOLDER, --vsix FILE, and paths to visit');
ensureChromium();
ensureHost();
const { installExtension, openWorkbench } = await import('../host/host.mjs');
const shots = values.shots ?? join(root, '.vscode-test/project');
mkdirSync(shots, { recursive: true });

const port = await freePort();
const environment = Object.fromEntries((values.env ?? []).map((one) => /^([^=]+)=(.*)$/s.exec(one).slice(1)));
const profile = makeProfile({
	'requestCycle.developmentServer.arguments': [`127.0.0.1:${port}`, '--noreload'],
	'requestCycle.environment': environment,
	'terminal.integrated.env.linux': environment,
	'window.zoomLevel': 0,
	...(values.python ? { 'python.defaultInterpreterPath': resolve(values.python) } : {}),
	...(values.settings ? { 'requestCycle.settingsModule': values.settings } : {}),
});
installExtension(profile, values.vsix);
const { page, close } = await openWorkbench({ ...profile, open: resolve(folder) });
page.setDefaultTimeout(120_000);
const began = Date.now();
const done = (what) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${what}`);
const shot = async (name) => {
	await page.mouse.move(900, 860);
	await page.waitForTimeout(600);
	await page.screenshot({ path: join(shots, `${name}.png`) });
};
const click = (name) => page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().click();
const panel = page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
const requests = page.getByRole('tree', { name: 'Requests' });

let failed = false;
try {
	await page.getByRole('tab', { name: 'Request Cycle' }).click();
	await page
		.getByRole('tree', { name: 'Cycle' })
		.getByRole('treeitem', { name: /^Middleware/ })
		.waitFor();
	done('the tree stands');
	await page
		.locator('.pane-header[aria-label^="Cycle"]')
		.filter({ hasText: /\d routes/ })
		.waitFor();
	done('every route is known');
	await shot('tree');
	await click('Turn On Recording');
	await click('Run Development Server');
	const visitor = new Shop(port);
	await visitor.waitUntilUp(120_000, paths[0]);
	done('the server answers');
	await page.keyboard.press('Control+j'); // the terminal has shown what it had to show
	if (values.login) {
		const { pathname, searchParams } = new URL(values.login, 'http://x');
		done(`logged in: ${(await visitor.post(pathname, Object.fromEntries(searchParams))).status}`);
	}
	for (const path of paths) done(`${path}: ${(await visitor.get(path)).status}`);
	const last = new URL(paths.at(-1), 'http://x').pathname;
	await requests
		.getByRole('treeitem', { name: `GET ${last},` })
		.first()
		.click();
	await panel.locator('.verdict-row').waitFor();
	done('its capture is replayed');
	await panel.locator('.onion-rows').press('End');
	await panel.locator('.core-view .core-name').or(panel.locator('.onion-row').last()).first().click();
	await shot('replay');
	for (const tab of ['State', 'Route', 'Queries', 'Events', 'Response']) {
		await panel.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
		await shot(tab.toLowerCase());
	}
	await panel.getByRole('button', { name: 'Re-run' }).first().click();
	await page.getByRole('tab', { name: /↔/ }).waitFor();
	done('it was re-run, and stands beside the first');
	await shot('rerun');
} catch (error) {
	failed = true;
	await page.screenshot({ path: join(shots, 'failed.png') });
	console.log(`FAILED ${error.message}\nsee ${join(shots, 'failed.png')}`);
}
await close();
profile.remove();
console.log(`pictures in ${shots}`);
process.exit(failed ? 1 : 0);
