import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { closePanel, panel, recorded, withPage } from './page.mjs';
import { themes } from './themes.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tabs = ['stage', 'state', 'route', 'queries', 'events', 'request', 'response'];

/** Serious and critical findings, as text. The preview's frame is the application's page, not ours. */
async function violations(page) {
	const { violations: found } = await page.evaluate(() =>
		window.axe.run({ exclude: [['iframe']] }, { resultTypes: ['violations'], iframes: false }),
	);
	return found
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) =>
			nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`),
		);
}

/** Puts axe into the page past its policy, as the browser's own tools do. */
const withAxe = (page) => page.evaluate(axe);

describe('under each theme', () => {
	after(closePanel);

	for (const theme of Object.keys(themes)) {
		for (const situation of ['page-of-templates', 'refusal-after-resolving', 'view-raises', 'n-plus-one']) {
			it(`${theme}: axe finds nothing serious in ${situation}`, () =>
				withPage(
					situation,
					async ({ page }) => {
						await withAxe(page);
						for (const tab of tabs) {
							await page.click(`#tab-${tab}`);
							assert.deepEqual(await violations(page), [], tab);
						}
					},
					{ theme },
				));
		}

		it(`${theme}: axe finds nothing serious in a comparison and in a failure`, async () => {
			const { host } = await panel();
			const message = host.compareMessage(await recorded('upload'), await recorded('refusal-after-resolving'));
			await withPage(
				undefined,
				async ({ page, send }) => {
					await withAxe(page);
					await send(message);
					await page.waitForSelector('.compare-row.current');
					assert.deepEqual(await violations(page), []);
					await send({ type: 'failed', message: 'The capture is gone.' });
					await page.getByRole('alert').waitFor();
					assert.deepEqual(await violations(page), []);
				},
				{ theme },
			);
		});
	}

	for (const width of [320, 500, 1100]) {
		it(`nothing sticks out at ${width} pixels`, () =>
			withPage(
				'view-raises',
				async ({ page }) => {
					for (const tab of tabs) {
						await page.click(`#tab-${tab}`);
						const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
						assert.ok(over <= 0, `${tab} is ${over} pixels too wide`);
					}
				},
				{ width },
			));
	}

	it('can be read as narrow as a side bar', () =>
		withPage(
			'n-plus-one',
			async ({ page }) => {
				await page.locator('.onion .current, .onion .half').first().waitFor();
				const box = async (selector) => page.locator(selector).first().boundingBox();
				assert.ok((await box('.request-line')).width > 200, 'the path has no room');
				assert.ok((await box('.layer .layer-name')).width > 100, 'the names of middleware have no room');
				const tools = await page
					.locator('.toolbar button, .toolbar select')
					.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
				assert.ok(Math.max(...tools) <= 300, `a tool ends at ${Math.max(...tools)}`);
				const overlaps = await page.locator('.onion-row.layer').evaluateAll((rows) =>
					rows.filter((row) => {
						const name = row.querySelector('.layer-name').getBoundingClientRect();
						const times = [...row.querySelectorAll('.half-time, .half-bar')].map((one) => one.getBoundingClientRect());
						return times.some((one) => one.width > 0 && one.left < name.right - 1 && one.right > name.left + 1);
					}),
				);
				assert.equal(overlaps.length, 0);
				await page.click('#tab-events');
				assert.ok((await box('.events .event-text')).width > 80, 'what happened has no room');
			},
			{ width: 300 },
		));

	it('has each query of a group on one line where there is room', () =>
		withPage(
			'n-plus-one',
			async ({ page }) => {
				await page.click('#tab-queries');
				await page.locator('.query-group summary').first().click();
				// A group makes its lines when the browser tells that it was opened: after the click, not within it.
				await page.locator('.query-line').nth(4).waitFor();
				const heights = await page.locator('.query-line').evaluateAll((lines) => lines.map((line) => line.offsetHeight));
				assert.ok(Math.max(...heights) < 30, `a query takes ${Math.max(...heights)} pixels`);
			},
			{ width: 1085 },
		));

	it('tells in high contrast, too, which kinds of events are chosen', async () => {
		for (const theme of ['hc-dark', 'hc-light']) {
			await withPage(
				'n-plus-one',
				async ({ page }) => {
					await page.click('#tab-events');
					await page.locator('.filter-bar .chip').nth(2).waitFor();
					const grounds = await page
						.locator('.filter-bar .chip')
						.evaluateAll((chips) => chips.map((chip) => getComputedStyle(chip).backgroundColor));
					assert.notEqual(grounds[0], grounds[1], theme);
				},
				{ theme },
			);
		}
	});

	it('moves nothing for who asked for less motion', () =>
		withPage(
			'json',
			async ({ page }) => {
				const moving = await page.evaluate(
					() =>
						[...document.querySelectorAll('*')].filter((element) => parseFloat(getComputedStyle(element).transitionDuration) > 0)
							.length,
				);
				assert.equal(moving, 0);
			},
			{ reducedMotion: 'reduce' },
		));

	it('shows where the focus is', () =>
		withPage('json', async ({ page }) => {
			for (let press = 0; press < 12; press++) {
				await page.keyboard.press('Tab');
				const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
				assert.notEqual(outline, 'none');
			}
		}));

	it('works in forced colours', () =>
		withPage(
			'refusal-after-resolving',
			async ({ page }) => {
				assert.equal(await page.evaluate(() => matchMedia('(forced-colors: active)').matches), true);
				await page.keyboard.press('ArrowRight');
				assert.match(await page.textContent('.verdict'), /refused/);
			},
			{ forcedColors: 'active' },
		));
});
