import assert from 'node:assert/strict';
import { closePanel, recorded, withPage } from './page.mjs';

const place = (page) => page.textContent('.place');
const label = (page) => page.textContent('.place-label');

describe('walking through a capture', () => {
	after(closePanel);

	it('goes to the end and back by button', () =>
		withPage('page-of-templates', async ({ page }) => {
			const [, last] = (await place(page)).split(' / ').map(Number);
			assert.equal(await place(page), `1 / ${last}`);
			assert.ok(last > 30);
			const next = page.getByRole('button', { name: 'Step forward' });
			for (let step = 1; step < last; step++) await next.click();
			assert.equal(await place(page), `${last} / ${last}`);
			assert.equal(await label(page), '200 OK');
			assert.ok(await next.isDisabled());
			const back = page.getByRole('button', { name: 'Step back' });
			for (let step = 1; step < last; step++) await back.click();
			assert.equal(await place(page), `1 / ${last}`);
			assert.equal(await label(page), 'GET /');
		}));

	it('follows the keyboard: arrows, j and k, Home and End', () =>
		withPage('page-of-templates', async ({ page }) => {
			await page.keyboard.press('ArrowRight');
			assert.equal(await label(page), 'timing in');
			await page.keyboard.press('j');
			assert.equal(await label(page), 'SecurityMiddleware in');
			await page.keyboard.press('k');
			await page.keyboard.press('ArrowLeft');
			assert.equal(await label(page), 'GET /');
			await page.keyboard.press('End');
			assert.equal(await label(page), '200 OK');
			await page.keyboard.press('Home');
			assert.equal(await label(page), 'GET /');
			const onion = page.getByRole('listbox', { name: 'The cycle' });
			await onion.focus();
			await page.keyboard.press('ArrowDown');
			assert.equal(await label(page), 'timing in');
			const active = await onion.getAttribute('aria-activedescendant');
			assert.equal(await page.getAttribute(`#${active}`, 'aria-selected'), 'true');
		}));

	it('goes to the next change, query and exception, and says when there is none', () =>
		withPage('view-raises', async ({ page }) => {
			await page.keyboard.press('Home');
			await page.keyboard.press('c');
			assert.equal(await label(page), 'SessionMiddleware in');
			await page.keyboard.press('q');
			assert.equal(await label(page), 'View reports.views.margins');
			await page.keyboard.press('Home');
			await page.getByRole('button', { name: 'Next exception' }).click();
			assert.equal(await label(page), 'View reports.views.margins');
			assert.ok(await page.getByRole('button', { name: 'Next exception' }).isDisabled());
			await page.keyboard.press('Shift+C');
			assert.equal(await label(page), 'BasketMiddleware in');
		}));

	it('moves by the slider, whose value is said in words', () =>
		withPage('page-of-templates', async ({ page }) => {
			const slider = page.getByRole('slider', { name: 'Step' });
			await slider.focus();
			await page.keyboard.press('ArrowRight');
			assert.match(await slider.getAttribute('aria-valuetext'), /^2 of \d+: timing in$/);
			assert.equal(await label(page), 'timing in');
			assert.match(await page.textContent('[role="status"].sr-only'), /^Step 2 of \d+: timing in$/);
		}));

	it('plays at the chosen speed and stops at the end', () =>
		withPage('static-file', async ({ page }) => {
			await page.getByRole('combobox', { name: 'Speed' }).selectOption('4');
			await page.getByRole('button', { name: 'Play' }).click();
			await page.getByRole('button', { name: 'Pause' }).waitFor();
			await page.getByRole('button', { name: 'Play' }).waitFor({ timeout: 5000 });
			assert.equal(await place(page), '3 / 3');
		}));

	it('tells the host where it stands, and goes where the host says without telling it back', () =>
		withPage('page-of-templates', async ({ page, send, sent }) => {
			await page.keyboard.press('ArrowRight');
			let steps = (await sent()).filter((message) => message.type === 'step');
			assert.deepEqual(steps, [{ type: 'step', step: 1, stage: 1, reveal: false }]);
			await send({ type: 'go', step: 5 });
			await page.waitForFunction(() => document.querySelector('.place').textContent.startsWith('6 /'));
			steps = (await sent()).filter((message) => message.type === 'step');
			assert.equal(steps.length, 1);
			await page.keyboard.press('f');
			await page.keyboard.press('ArrowRight');
			assert.equal((await sent()).findLast((message) => message.type === 'step').reveal, true);
		}));

	it('opens the line of the stage, and every source link its own', () =>
		withPage('rule-refusal', async ({ page, sent }) => {
			await page.keyboard.press('Enter');
			const revealed = async () => (await sent()).findLast((message) => message.type === 'reveal');
			assert.match((await revealed()).location.file, /bookshop\/middleware\.py$/);
			await page.click('.verdict .source');
			assert.equal((await revealed()).location.line, 50);
		}));

	it('keeps its state and comes back to it', async () => {
		const capture = await recorded('page-of-templates');
		let state;
		await withPage(capture, async ({ page, sent }) => {
			await page.keyboard.press('End');
			await page.click('#tab-events');
			await page.waitForTimeout(300);
			state = (await sent()).findLast((message) => message.type === 'state').state;
			assert.equal(state.captureId, capture.id);
			assert.equal(state.tab, 'events');
		});
		await withPage(
			capture,
			async ({ page }) => {
				assert.equal(await label(page), '200 OK');
				assert.equal(await page.getAttribute('#tab-events', 'aria-selected'), 'true');
			},
			{ state },
		);
		await withPage('json', async ({ page }) => assert.equal(await label(page), 'GET /api/v1/books/'), { state });
	});

	it('comes back whole: tab, filter, following, speed and how far it was scrolled', async () => {
		const look = async (page) => ({
			place: await place(page),
			tab: await page.getByRole('tab', { selected: true }).textContent(),
			filter: await page.getByRole('searchbox').inputValue(),
			follows: await page.getByRole('button', { name: 'Follow in the editor' }).getAttribute('aria-pressed'),
			speed: await page.getByRole('combobox', { name: 'Speed' }).inputValue(),
			scroll: await page.locator('.tab-panel').evaluate((panel) => panel.scrollTop),
		});
		let stood;
		let state;
		await withPage('page-of-templates', async ({ page, sent }) => {
			await page.keyboard.press('End');
			await page.click('#tab-state');
			await page.getByRole('searchbox').fill('e');
			await page.getByRole('button', { name: 'Follow in the editor' }).click();
			await page.getByRole('combobox', { name: 'Speed' }).selectOption('2');
			await page.locator('.tab-panel').evaluate((panel) => panel.scrollTo(0, 120));
			await page.waitForFunction(() => window.sent.findLast((message) => message.type === 'state')?.state.scroll === 120);
			state = (await sent()).findLast((message) => message.type === 'state').state;
			stood = await look(page);
			assert.equal(stood.scroll, 120);
		});
		await withPage(
			'page-of-templates',
			async ({ page }) => {
				await page.waitForFunction(() => document.querySelector('.tab-panel').scrollTop === 120);
				assert.deepEqual(await look(page), stood);
			},
			{ state },
		);
	});

	it('opens what went wrong where it did, and says who refused, why, and what never ran', () =>
		withPage('refusal-after-resolving', async ({ page }) => {
			assert.equal(await label(page), 'HouseRulesMiddleware.process_view');
			const verdict = await page.textContent('.verdict');
			assert.match(verdict, /HouseRulesMiddleware refused it in process_view/);
			assert.match(verdict, /looks like an advertisement/);
			assert.match(verdict, /1 stage never ran/);
			assert.match(await page.textContent('.tab-panel'), /Never ran: View catalog\.views\.ReviewCreate/);
			const never = page.getByRole('option', { name: /View catalog\.views\.ReviewCreate, never ran/ });
			await never.click();
			assert.match(await page.textContent('.tab-panel'), /It never ran, since HouseRulesMiddleware\.process_view had answered/);
		}));

	it('opens there too where its document has named the capture', async () => {
		const capture = await recorded('refusal-after-resolving');
		const opens = async ({ page }) => assert.equal(await label(page), 'HouseRulesMiddleware.process_view');
		await withPage(capture, opens, { state: { captureId: capture.id, step: 0 } });
	});

	it('shows the stage where it stands in a panel that is too low for the whole onion, and in one that gets lower', () =>
		withPage(
			'view-raises',
			async ({ page }) => {
				const seen = () =>
					page.waitForFunction(() => {
						const list = document.querySelector('.onion-rows').getBoundingClientRect();
						const current = document.querySelector('.onion .half.current')?.getBoundingClientRect();
						return current && current.top >= list.top && current.bottom <= list.bottom + 1;
					});
				await seen();
				await page.setViewportSize({ width: 1100, height: 420 });
				await seen();
			},
			{ height: 500 },
		));

	it('chooses a stage by a click in the onion and in the timeline', () =>
		withPage('page-of-templates', async ({ page }) => {
			await page.getByRole('option', { name: /^SessionMiddleware out/ }).click();
			assert.equal(await label(page), 'SessionMiddleware out');
			const box = await page.locator('.timeline-plot').boundingBox();
			await page.mouse.click(box.x + 62 + (box.width - 68) * 0.3, box.y + 16 + 5);
			assert.equal(await label(page), 'View catalog.views.home');
			const chosen = page.getByRole('listbox', { name: 'The cycle' }).getByRole('option', { selected: true });
			assert.match(await chosen.getAttribute('aria-label'), /^View catalog\.views\.home/);
		}));

	it('sends the commands of its menu and follows the pin', () =>
		withPage('json', async ({ page, send, sent }) => {
			await page.getByRole('button', { name: 'Copy as curl' }).click();
			await page.getByRole('combobox', { name: 'More actions' }).selectOption('saveAsTest');
			await page.getByRole('button', { name: 'Pin' }).click();
			const commands = (await sent()).flatMap((message) => (message.type === 'command' ? [message.command] : []));
			assert.deepEqual(commands, ['copyAsCurl', 'saveAsTest', 'pin']);
			await send({ type: 'pinned', pinned: true });
			await page.getByRole('button', { name: 'Pinned', pressed: true }).waitFor();
		}));
});
