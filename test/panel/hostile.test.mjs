import assert from 'node:assert/strict';
import { closePanel, recorded, withPage } from './page.mjs';

const script = '<img src=x onerror="window.top.owned=1"><script>window.top.owned=1</script>';
const page = `<html><head>
<meta http-equiv="refresh" content="0; url=http://127.0.0.1:9/meta">
<base href="http://127.0.0.1:9/"><link rel="stylesheet" href="http://127.0.0.1:9/a.css"><link rel="preload" as="image" href="http://127.0.0.1:9/p.png">
<style>@import url(http://127.0.0.1:9/import.css); body { background: url(http://127.0.0.1:9/bg.png); color: red }</style>
<script>parent.owned = 1; top.location = 'http://127.0.0.1:9/top'</script></head>
<body onload="parent.owned=1" style="background:url(http://127.0.0.1:9/attr.png)"><p id="styled" style="color: rgb(1, 2, 3)">styled</p>
</style></iframe></textarea></title>${script}<svg onload="parent.owned=1"><a xlink:href="javascript:parent.owned=1"><text>x</text></a></svg>
<iframe src="http://127.0.0.1:9/frame"></iframe><object data="http://127.0.0.1:9/o"></object><embed src="http://127.0.0.1:9/e">
<form action="http://127.0.0.1:9/form"><button autofocus>send</button></form><a href="http://127.0.0.1:9/a" target="_top">link</a>
<video src="http://127.0.0.1:9/v" poster="http://127.0.0.1:9/po"></video><img srcset="http://127.0.0.1:9/s 2x"><input type="image" src="http://127.0.0.1:9/i">
</body></html>`;

/** Every text of a value replaced, keys and shape left. */
function poisoned(value, key = '') {
	if (typeof value === 'string')
		return /^(?:id|kind|outcome|encoding|protocol|startedAt|thumbnail|contentType|file)$/.test(key) ? value : `${script}${value}`;
	if (Array.isArray(value)) return value.map((item) => poisoned(item, key));
	if (value !== null && typeof value === 'object')
		return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poisoned(inner, name)]));
	return value;
}

const tabs = ['stage', 'state', 'route', 'queries', 'events', 'request', 'response'];

describe('a hostile capture', () => {
	after(closePanel);

	/** Nothing ran, nothing left the page. */
	const harmless = async ({ page, requests, origin }) => {
		await page.waitForTimeout(150);
		assert.equal(await page.evaluate(() => window.owned), undefined);
		assert.deepEqual(
			requests.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('data:') && url !== 'about:srcdoc'),
			[],
		);
		assert.equal(page.url(), `${origin}/`);
	};

	for (const situation of ['view-raises', 'n-plus-one', 'not-found', 'upload', 'json', 'csv']) {
		it(`with script in every text only displays it (${situation})`, async () => {
			const capture = poisoned(await recorded(situation));
			await withPage(capture, async (opened) => {
				for (const tab of tabs) {
					await opened.page.click(`#tab-${tab}`);
					for (const summary of await opened.page.locator('.tab-panel summary').all())
						await summary.click({ timeout: 2000 }).catch(() => {});
				}
				await opened.page.keyboard.press('End');
				await harmless(opened);
			});
		});
	}

	it('with a body that tries to escape its frame stays in it, and keeps its own styles', async () => {
		const capture = await recorded('page-of-templates');
		const body = { encoding: 'utf-8', text: page, size: page.length };
		await withPage({ ...capture, response: { ...capture.response, body } }, async (opened) => {
			await opened.page.click('#tab-response');
			const styled = opened.page.frameLocator('iframe.preview').locator('#styled');
			await styled.waitFor();
			assert.equal(await styled.evaluate((element) => getComputedStyle(element).color), 'rgb(1, 2, 3)');
			await opened.page
				.frameLocator('iframe.preview')
				.locator('a')
				.first()
				.click({ timeout: 2000 })
				.catch(() => {});
			await opened.page.waitForTimeout(300);
			await harmless(opened);
		});
	});

	it('with megabyte strings and deep nesting still steps', async () => {
		const capture = await recorded('n-plus-one');
		const long = 'x'.repeat(1_000_000);
		let deep = { type: 'list', repr: '[…]' };
		for (let depth = 0; depth < 35; depth++) deep = { type: 'list', repr: '[…]', children: [{ key: '0', value: deep }] };
		const change = { path: `request.${long}`, after: { type: 'str', repr: long } };
		const changes = [change, { path: 'request.deep', after: deep }];
		const stages = capture.stages.map((stage) => (stage.id > 2 ? stage : { ...stage, name: long, changes }));
		await withPage({ ...capture, stages, request: { ...capture.request, path: `/${long}` } }, async (opened) => {
			const { page: shown } = opened;
			await shown.keyboard.press('ArrowRight');
			await shown.keyboard.press('ArrowRight');
			assert.match(await shown.textContent('.place'), /^3 \//);
			await shown.click('#tab-state');
			for (let depth = 0; depth < 35; depth++) {
				await shown.locator('.state details:not([open]) > summary').first().click({ timeout: 3000 });
			}
			await harmless(opened);
		});
	});
});
