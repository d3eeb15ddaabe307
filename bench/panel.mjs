// How long the replay panel takes on a capture with 5,000 events: from reaching the loaded page to being painted (at most
// 200 ms), and one step through it (at most a frame, 16.7 ms): node bench/panel.mjs
// A step is what it costs the page's main thread from the key to the painted frame: scripts, styles, layout, paint. It is
// given as CPU time, which a busy machine does not stretch, from the browser's own trace; `frames` are those that it takes.
import { bundle, launch } from '../test/panel/harness.mjs';

const frameMs = 16.7;
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
const template = { kind: 'template', outcome: 'passed', changes: [], selfNs: 1000 };
const view = capture.stages.find((stage) => stage.kind === 'view');
const templates = Array.from({ length: 1000 }, (_, nth) => ({
	...template,
	id: 10_000 + nth,
	parent: view.id,
	name: `catalog/part_${nth}.html`,
	startNs: view.startNs + nth * 100,
	endNs: view.startNs + nth * 100 + 90,
	detail: {},
	events:
		events.length > 0
			? [0, 1, 2, 3, 4].map((one) => ({ ...events[(nth + one) % events.length], atNs: view.startNs + nth * 100 + one }))
			: [],
}));
const many = capture.stages.flatMap((stage) => (stage === view ? [stage, ...templates] : [stage]));

const quantile = (times, part) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))];
const browser = await launch(host);
let slow = false;
for (const [name, stages] of [
	['spread over the stages', spread],
	['all in the view', gathered],
	['in 1,000 templates', many],
]) {
	const message = JSON.stringify(host.openMessage({ ...capture, stages }));
	for (const tab of ['stage', 'state', 'route', 'queries', 'events', 'request', 'response']) {
		const { page, close } = await browser.open({ state: { captureId: capture.id, step: 16, tab } });
		const painted = await page.evaluate(measurePaint, message);
		const steps = await measureSteps(page);
		slow ||= quantile(painted, 0.5) > 200 || quantile(steps, 0.95) > frameMs;
		console.log(
			`5,000 events ${name}, ${tab}: painted in ${quantile(painted, 0.5).toFixed(0)} ms (${painted[0].toFixed(0)} in a page that is ` +
				`new); ${steps.length} steps, ` +
				`median ${quantile(steps, 0.5).toFixed(1)} ms, p95 ${quantile(steps, 0.95).toFixed(1)} ms, ` +
				`${Math.ceil(quantile(steps, 0.95) / frameMs)} frame`,
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

/** Milliseconds of the main thread's CPU time for each of some steps back and forth. */
async function measureSteps(page) {
	const client = await page.context().newCDPSession(page);
	const events = [];
	client.on('Tracing.dataCollected', ({ value }) => events.push(...value));
	await client.send('Tracing.start', {
		transferMode: 'ReportEvents',
		traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', 'devtools.timeline', 'blink.user_timing'] },
	});
	await page.evaluate(async () => {
		const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
		for (let run = 0; run < 48; run++) {
			await frame();
			performance.mark('step-begins');
			window.dispatchEvent(new KeyboardEvent('keydown', { key: run % 24 < 12 ? 'ArrowLeft' : 'ArrowRight' }));
			await frame();
			performance.mark('step-ends');
		}
	});
	const complete = new Promise((done) => client.once('Tracing.tracingComplete', done));
	await client.send('Tracing.end');
	await complete;
	const marks = (name) => events.filter((event) => event.name === name).sort((a, b) => a.ts - b.ts);
	const [begins, ends] = [marks('step-begins'), marks('step-ends')];
	const tasks = events.filter(
		(event) => event.name === 'RunTask' && event.tdur !== undefined && event.tid === begins[0].tid && event.pid === begins[0].pid,
	);
	return begins.map(({ ts }, at) => {
		const within = tasks.filter((task) => task.ts + task.dur >= ts && task.ts <= ends[at].ts);
		return within.reduce((sum, task) => sum + task.tdur, 0) / 1000;
	});
}
