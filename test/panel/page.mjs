// One browser for all suites, and real captures by their situation.
import assert from 'node:assert/strict';
import { bundle, launch } from './harness.mjs';

let shared;

/** The browser and the host's functions; made at the first call. */
export async function panel() {
	shared ??= (async () => {
		const host = await bundle();
		return { host, browser: await launch(host) };
	})();
	return shared;
}

export async function closePanel() {
	if (shared) await (await shared).browser.close();
	shared = undefined;
}

/** A capture of test/fixtures/captures. */
export async function recorded(situation) {
	const { host } = await panel();
	const result = await host.read(`test/fixtures/captures/${situation}.cycle.json.gz`);
	assert.ok(result.ok, result.problem?.message);
	return result.capture;
}

/** A page with the capture open, given to `act`, closed whatever happens. */
export async function withPage(capture, act, options = {}) {
	const { browser } = await panel();
	const opened = await browser.open(options);
	try {
		if (capture) await opened.show(typeof capture === 'string' ? await recorded(capture) : capture, options.message);
		await act(opened);
	} finally {
		await opened.close().catch(() => {});
	}
}
