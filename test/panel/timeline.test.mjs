import assert from 'node:assert/strict';
import { closePanel, withPage } from './page.mjs';

const label = (page) => page.textContent('.place-label');
const timeline = (page) => page.getByRole('listbox', { name: /^Timeline of/ });
const shown = (page) => page.textContent('.timeline-shown');
const state = async (sent) => (await sent()).findLast((message) => message.type === 'state')?.state;

/** The option that a screen reader is told of. */
async function active(page) {
	const list = timeline(page);
	const option = page.locator(`[id="${await list.getAttribute('aria-activedescendant')}"]`);
	assert.equal(await option.getAttribute('role'), 'option');
	return option;
}

describe('the timeline', () => {
	after(closePanel);

	it('is walked by the keyboard: bars in time, lanes up and down', () =>
		withPage('page-of-templates', async ({ page }) => {
			const list = timeline(page);
			await list.focus();
			await page.keyboard.press('Home');
			assert.equal(await label(page), 'timing in');
			assert.match(await (await active(page)).getAttribute('aria-label'), /^Stages: timing in – .* at /);
			await page.keyboard.press('ArrowRight');
			assert.equal(await label(page), 'SecurityMiddleware in');
			await page.keyboard.press('ArrowLeft');
			assert.equal(await label(page), 'timing in');
			await page.keyboard.press('ArrowDown');
			const query = await active(page);
			assert.match(await query.getAttribute('aria-label'), /^SQL: SELECT .*, in .*, at /);
			assert.equal(await query.getAttribute('aria-posinset'), '1');
			assert.ok(Number(await query.getAttribute('aria-setsize')) > 1);
			await page.keyboard.press('Enter');
			assert.equal(await page.getAttribute('#tab-queries', 'aria-selected'), 'true');
			assert.equal(await page.locator('.query.chosen').count(), 1);
			await page.keyboard.press('ArrowUp');
			assert.match(await (await active(page)).getAttribute('aria-label'), /^Stages: /);
		}));

	it('chooses in the onion what is chosen in it, and the other way round', () =>
		withPage('page-of-templates', async ({ page }) => {
			const onion = page.getByRole('listbox', { name: 'The cycle' });
			const chosen = onion.getByRole('option', { selected: true });
			await timeline(page).focus();
			await page.keyboard.press('End');
			const last = await label(page);
			assert.ok((await chosen.getAttribute('aria-label')).startsWith(`${last},`));
			await onion.getByRole('option', { name: /^SessionMiddleware out/ }).click();
			assert.match(await (await active(page)).getAttribute('aria-label'), /^Stages: SessionMiddleware out/);
		}));

	it('shows how long the response took to be sent, and leads to it', () =>
		withPage('object-not-found', async ({ page }) => {
			await timeline(page).focus();
			const lanes = /^Timeline of [^:]*: (.*)$/.exec(await timeline(page).getAttribute('aria-label'))[1].split(', ').length;
			for (let lane = 0; lane < lanes; lane++) await page.keyboard.press('ArrowDown');
			assert.match(await (await active(page)).getAttribute('aria-label'), /^Sending: Sending the response – [\d.]+ ms, at /);
			assert.match(await label(page), /^404/);
		}));

	it('zooms by button, key and wheel, and back to the whole', () =>
		withPage('page-of-templates', async ({ page, sent }) => {
			const whole = await shown(page);
			const back = page.getByRole('button', { name: 'Show the whole request' });
			assert.ok(await back.isDisabled());
			await page.getByRole('button', { name: 'Zoom in' }).click();
			await page.getByRole('button', { name: 'Zoom in' }).click();
			assert.match(await shown(page), / – /);
			await page.getByRole('button', { name: 'Zoom out' }).click();
			await back.click();
			assert.equal(await shown(page), whole);

			await timeline(page).focus();
			for (const key of ['+', '+', '-']) await page.keyboard.press(key);
			assert.match(await shown(page), / – /);
			await page.waitForTimeout(300);
			const { window: kept } = await state(sent);
			assert.ok(kept[1] > kept[0]);
			await page.keyboard.press('PageDown');
			await page.keyboard.press('0');
			assert.equal(await shown(page), whole);

			const box = await timeline(page).boundingBox();
			await page.mouse.move(box.x + box.width / 2, box.y + 20);
			await page.mouse.wheel(0, -300);
			assert.equal(await shown(page), whole, 'the wheel alone scrolls');
			await page.keyboard.down('Control');
			await page.mouse.wheel(0, -300);
			await page.keyboard.up('Control');
			await page.waitForFunction(() => document.querySelector('.timeline-shown').textContent.includes(' – '));
			await page.keyboard.press('Escape');
			assert.equal(await shown(page), whole);
		}));

	it('shows a range that is chosen by dragging, or with Shift and Enter', () =>
		withPage('page-of-templates', async ({ page }) => {
			const whole = await shown(page);
			const box = await timeline(page).boundingBox();
			const before = await label(page);
			await page.mouse.move(box.x + 120, box.y + 40);
			await page.mouse.down();
			await page.mouse.move(box.x + 220, box.y + 44, { steps: 4 });
			await page.mouse.up();
			const [from, to] = (await shown(page)).split(' – ');
			assert.ok(from && to);
			assert.equal(await label(page), before, 'dragging chooses no bar');
			await page.keyboard.press('0');
			assert.equal(await shown(page), whole);

			await timeline(page).focus();
			await page.keyboard.press('Home');
			for (let press = 0; press < 3; press++) await page.keyboard.press('Shift+ArrowRight');
			await page.keyboard.press('Enter');
			assert.match(await shown(page), / – /);
			await page.keyboard.press('Escape');
			assert.equal(await shown(page), whole);
		}));

	it('moves along when the walk leaves what is shown, and comes back zoomed', async () => {
		let kept;
		await withPage('page-of-templates', async ({ page, sent }) => {
			await timeline(page).focus();
			await page.keyboard.press('Home');
			for (let press = 0; press < 6; press++) await page.keyboard.press('+');
			const beginning = await shown(page);
			await page.keyboard.press('End');
			assert.notEqual(await shown(page), beginning);
			await page.waitForTimeout(300);
			kept = { state: await state(sent), shown: await shown(page) };
		});
		await withPage('page-of-templates', async ({ page }) => assert.equal(await shown(page), kept.shown), { state: kept.state });
	});
});
