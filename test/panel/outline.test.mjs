// What a person is given to read, and a screen reader to say: the page's accessible outline, for every recorded situation.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { closePanel, withPage } from './page.mjs';

const folder = 'test/golden/panels';
const situations = readdirSync('test/fixtures/captures').map((name) => name.replace('.cycle.json.gz', ''));

/** Where the new outline differs it is left beside the golden one as `.actual`. */
function assertGolden(name, text) {
	mkdirSync(folder, { recursive: true });
	const path = `${folder}/${name}.txt`;
	const golden = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
	if (golden === text) return rmSync(`${path}.actual`, { force: true });
	writeFileSync(`${path}.actual`, text);
	assert.equal(text, golden ?? '', `differs from ${path}; if that is meant, put ${path}.actual in its place`);
}

describe('the outline of the panel', () => {
	after(closePanel);

	for (const situation of situations) {
		it(`as it opens on ${situation}`, () =>
			withPage(situation, async ({ page }) => assertGolden(situation, `${await page.locator('#panel').ariaSnapshot()}\n`), {
				timezoneId: 'UTC',
				locale: 'en-GB',
			}));
	}

	const tabs = {
		route: 'not-found',
		queries: 'n-plus-one',
		events: 'upload',
		request: 'upload',
		response: 'stream-breaks-off',
		state: 'login',
	};
	for (const [tab, situation] of Object.entries(tabs)) {
		it(`of ${tab} for ${situation}`, () =>
			withPage(situation, async ({ page }) => {
				await page.click(`#tab-${tab}`);
				assertGolden(`${situation}.${tab}`, `${await page.locator('.tab-panel').ariaSnapshot()}\n`);
			}));
	}
});
