// How long the replay panel takes: a capture with 5,000 events from reaching the loaded page to being painted (at most
// 200 ms), and one step through it (a frame, 16.7 ms). Medians of several runs: node bench/panel.mjs
import { bundle, launch } from '../test/panel/harness.mjs';

const host = await bundle();
const read = await host.read('test/fixtures/captures/n-plus-one.cycle.json.gz');
if (!read.ok) throw new Error(read.problem.message);
const { capture } = read;
const events = capture.stages.flatMap((stage) => stage.events);
const spread = capture.stages.map((stage, at) => ({
	...stage,
	events: Array.from({ length: Math.ceil(5000 / capture.stages.length) }, (_, nth) => {
		const event = events[(at * 7 + nth) % events.length];
		return { ...event, atNs: stage.startNs + nth * 10, detail: { ...event.detail, params: `(${at}, ${nth})` } };
	}),
}));
const gathered = capture.stages.map((stage) =>
	stage.kind === 'view' ? { ...stage, events: spread.flatMap((one) => one.events) } : stage,
);

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
const browser = await launch(host);
let slow = false;
for (const [name, stages] of [
	['spread over the stages', spread],
	['all in the view', gathered],
]) {
	const message = JSON.stringify(host.openMessage({ ...capture, stages }));
	for (const tab of ['stage', 'queries', 'events']) {
		const { page, close } = await browser.open({ state: { captureId: capture.id, step: 16, tab } });
		const painted = await page.evaluate(measurePaint, message);
		const steps = await page.evaluate(measureSteps);
		slow ||= median(painted) > 200 || median(steps) > 16.7;
		console.log(
			`5,000 events ${name}, ${tab}: painted in ${median(painted).toFixed(1)} ms, a step in ${median(steps).toFixed(1)} ms`,
		);
		await close();
	}
}
await browser.close();
process.exitCode = slow ? 1 : 0;

/** In the page: milliseconds from the message's dispatch until the frame after it was painted. */
async function measurePaint(text) {
	const times = [];
	for (let run = 0; run < 7; run++) {
		const data = JSON.parse(text);
		const before = performance.now();
		window.dispatchEvent(new MessageEvent('message', { data }));
		await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
		times.push(performance.now() - before);
	}
	return times;
}

/** In the page: milliseconds of work that a step costs, layout included. */
async function measureSteps() {
	const times = [];
	for (let run = 0; run < 24; run++) {
		const before = performance.now();
		window.dispatchEvent(new KeyboardEvent('keydown', { key: run < 12 ? 'ArrowLeft' : 'ArrowRight' }));
		document.body.getBoundingClientRect();
		times.push(performance.now() - before);
		await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
	}
	return times;
}
