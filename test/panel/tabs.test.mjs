import assert from 'node:assert/strict';
import { closePanel, panel, recorded, withPage } from './page.mjs';

const body = (page) => page.textContent('.tab-panel');

describe('the tabs', () => {
	after(closePanel);

	it('shows the whole state at a step with what it changed marked', () =>
		withPage('page-of-templates', async ({ page }) => {
			await page.click('#tab-state');
			await page.getByRole('option', { name: /^XFrameOptionsMiddleware out/ }).click();
			const now = page.locator('.state .now');
			assert.equal(await now.count(), 1);
			assert.match(await now.textContent(), /X-Frame-Options'DENY'/);
			assert.match(await body(page), /LANGUAGE_CODE'en'LocaleMiddleware in/);
			await page.fill('.state-groups ~ *, .tab-panel .filter', 'x-frame');
			assert.equal(await page.locator('.state .pair-row').count(), 1);
		}));

	it('shows every tried pattern with its line and why it did not match, the nearest first for a 404', () =>
		withPage('not-found', async ({ page, sent }) => {
			await page.click('#tab-route');
			assert.match(await page.locator('.near li').first().textContent(), /\/books\/published\/<yyyy:year>\/.*did not take 99/);
			const row = page.locator('.tried-row', { hasText: 'accounts/' }).first();
			assert.match(await row.textContent(), /accounts\/ is not books\/published\/99\//);
			await row.locator('.source').click();
			assert.match((await sent()).findLast((message) => message.type === 'reveal').location.file, /bookshop\/urls\.py$/);
		}));

	it('shows the chain of includes and the converters of the winner', () =>
		withPage('admin-form', async ({ page }) => {
			await page.click('#tab-route');
			const text = await body(page);
			assert.match(text, /View.*django\.contrib\.admin\.options\.change_view/);
			assert.match(text, /object_id'1'/);
			assert.ok((await page.locator('.chain li').count()) >= 2);
		}));

	it('groups queries, names N+1 with its line, and asks for EXPLAIN on a click alone', () =>
		withPage('n-plus-one', async ({ page, sent }) => {
			await page.click('#tab-queries');
			const repeated = page.locator('.query-entry', { has: page.locator('.n-plus-one') });
			assert.equal(await repeated.count(), 2);
			assert.match(await repeated.last().textContent(), /18×.*N\+1: one query for each of 18 rows, from reports\/views\.py:79/s);
			await repeated.last().locator('summary').first().click();
			// `<details>` tells of its opening in a task of its own, in which the rows are made.
			await repeated.last().locator('.query').first().waitFor();
			assert.equal(await repeated.last().locator('.query').count(), 18);
			assert.equal((await sent()).filter((message) => message.type === 'request').length, 0);
			await repeated.last().getByRole('button', { name: 'EXPLAIN' }).first().click();
			await page.locator('.explain', { hasText: 'SCAN' }).waitFor();
		}));

	it('filters events by kind and by text', () =>
		withPage('n-plus-one', async ({ page }) => {
			await page.click('#tab-events');
			const count = () => page.textContent('.tab-panel [role="status"]');
			assert.equal(await count(), '28 events');
			const chip = (name) => page.locator('.filter-bar').getByRole('button', { name });
			await chip(/^SQL/).click();
			assert.equal(await count(), '27 of 28 events');
			assert.equal(await chip('All').getAttribute('aria-pressed'), 'false');
			await chip(/^Log/).click({ modifiers: ['Control'] });
			assert.equal(await count(), '28 events');
			await chip(/^Log/).click();
			assert.equal(await count(), '1 of 28 events');
			await chip(/^Log/).click();
			assert.equal(await count(), '28 events');
			assert.equal(await chip('All').getAttribute('aria-pressed'), 'true');
			await page.fill('.tab-panel .filter', 'auth_user');
			assert.equal(await count(), '1 of 28 events');
		}));

	it('shows form fields and uploaded files with their pictures', () =>
		withPage('upload', async ({ page }) => {
			await page.click('#tab-request');
			assert.match(await body(page), /ratings*4/);
			const thumbnail = page.locator('img.thumbnail').first();
			assert.ok(await thumbnail.evaluate((image) => image.naturalWidth > 0));
			assert.match(await page.locator('.file').first().textContent(), /photo\.png.*cover · image\/png/);
		}));

	it('shows where a secret was', () =>
		withPage('json-posted', async ({ page }) => {
			await page.click('#tab-request');
			assert.match(await body(page), /Authorization.*\[secret:[0-9a-f]+\]/);
		}));

	it('previews a page in a frame without scripts, with its styles, from nowhere else', () =>
		withPage('page-of-templates', async ({ page, requests, origin }) => {
			await page.click('#tab-response');
			const frame = page.frameLocator('iframe.preview');
			await frame.locator('h1, h2').first().waitFor();
			assert.equal(await page.getAttribute('iframe.preview', 'sandbox'), '');
			assert.equal(await frame.locator('script, link, form[action], a[href]').count(), 0);
			assert.ok(requests.every((url) => url.startsWith(origin) || url.startsWith('data:') || url === 'about:srcdoc'));
		}));

	it('shows JSON as a tree, CSV as a table, an image as an image, a stream by its chunks', async () => {
		await withPage('json', async ({ page }) => {
			await page.click('#tab-response');
			assert.match(await page.textContent('.json'), /count: 18/);
			await page.locator('.json summary', { hasText: '7 keys' }).first().click();
			await page.locator('.json', { hasText: /isbn: "\d+"/ }).waitFor();
		});
		await withPage('csv', async ({ page }) => {
			await page.click('#tab-response');
			assert.equal(await page.locator('.csv tbody tr').count(), 18);
			assert.equal(await page.locator('.csv th').nth(1).textContent(), 'Title');
		});
		const svg = await recorded('svg');
		const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>';
		await withPage({ ...svg, response: { ...svg.response, body: { encoding: 'utf-8', text: drawing } } }, async ({ page }) => {
			await page.click('#tab-response');
			await page.locator('.image-frame', { hasText: '30 × 20' }).waitFor();
		});
		await withPage('streaming', async ({ page }) => {
			await page.click('#tab-response');
			assert.match(await body(page), /Streamed in \d+ chunks/);
		});
	});

	it('names a file that it can not show and opens it outside', () =>
		withPage('pdf', async ({ page, sent }) => {
			await page.click('#tab-response');
			assert.match(await body(page), /application\/pdf/);
			const open = page.getByRole('button', { name: 'Open externally' });
			if ((await open.count()) > 0) {
				await open.click();
				assert.equal((await sent()).findLast((message) => message.type === 'command').command, 'openBody');
			}
		}));

	it('shows an exception with its frames, source and locals', () =>
		withPage('view-raises', async ({ page }) => {
			assert.match(await page.textContent('.exception'), /DivisionByZero.*views\.py:90.*share = /s);
			await page.locator('.locals summary').first().click();
			assert.match(await page.textContent('.locals'), /book/);
		}));

	it('moves between tabs by the keyboard', () =>
		withPage('json', async ({ page }) => {
			await page.focus('#tab-stage');
			await page.keyboard.press('ArrowRight');
			assert.equal(await page.getAttribute('#tab-state', 'aria-selected'), 'true');
			await page.keyboard.press('End');
			assert.equal(await page.getAttribute('#tab-response', 'aria-selected'), 'true');
			assert.equal(await page.textContent('.place'), '1 / 28');
		}));

	it('compares two captures and stands where they part', async () => {
		const { host } = await panel();
		const [left, right] = [await recorded('upload'), await recorded('refusal-after-resolving')];
		await withPage(undefined, async ({ page, send }) => {
			await send(host.compareMessage(left, right));
			await page.waitForSelector('.compare');
			assert.match(await page.textContent('.compare-summary'), /They part at HouseRulesMiddleware\.process_view/);
			const parting = page.locator('.compare-row.parting');
			await parting.waitFor();
			assert.equal(await parting.getAttribute('aria-selected'), 'true');
			assert.match(await page.textContent('.compare-detail'), /outcome\s*passed\s*responded/);
			await page.getByRole('listbox').focus();
			await page.keyboard.press('Home');
			assert.match(await page.textContent('.compare-detail'), /timing in/);
		});
	});

	it('says in its own place why a capture can not be shown', () =>
		withPage(undefined, async ({ page, send }) => {
			await send({ type: 'failed', message: 'The capture is incomplete: its file was cut off.', detail: 'Unexpected end' });
			await page.getByRole('alert').waitFor();
			assert.match(await page.textContent('.failure'), /cut off.*Unexpected end/s);
		}));
});
