import assert from 'node:assert/strict';
import { tell } from '../../../src/replay/story';
import type { Capture } from '../../../src/shared/capture';
import { type Story, stagesById, stateAt } from '../../../src/shared/story';
import { assertGolden, recorded, situations } from './fixtures';

/** A story as a person would tell it: the verdict, the steps, the onion, what repeats. */
function outline(capture: Capture, story: Story): string {
	const stages = stagesById(capture, story);
	const name = (id: number | undefined) => (id === undefined ? '–' : `${stages.get(id)?.outcome}`);
	const { verdict } = story;
	const lines = [
		`${verdict.title} (${verdict.kind})`,
		verdict.text,
		...(verdict.location ? [`at ${verdict.location.file}:${verdict.location.line}`] : []),
		...(verdict.hint ? [`hint: ${verdict.hint.text}`] : []),
		...(verdict.neverRan.length > 0 ? [`never ran: ${verdict.neverRan.join(', ')}`] : []),
		'',
		...story.steps.map((step) => {
			const marks = [
				step.changes && 'changes',
				step.exception && 'exception',
				step.queries > 0 && `${step.queries} queries`,
			].filter(Boolean);
			return `${'  '.repeat(step.depth)}${step.kind} ${step.label}${marks.length > 0 ? ` [${marks.join(', ')}]` : ''}`;
		}),
		'',
		...story.onion.layers.map(
			(layer) => `${layer.name}: ${name(layer.in)} / ${name(layer.out)}${layer.neverRan ? ' never ran' : ''}`,
		),
		...story.onion.core.map(
			({ stage, depth }) => `${'  '.repeat(depth)}(${stages.get(stage)?.kind} ${stages.get(stage)?.name}: ${name(stage)})`,
		),
		...story.queries.map(
			(group) =>
				`${group.queries.length}× ${group.shape.slice(0, 60)}${group.nPlusOne ? ' N+1' : ''}${group.duplicates > 0 ? ` ${group.duplicates} duplicates` : ''}${group.location ? ` from ${group.location.file}:${group.location.line} (${group.fromLocation})` : ''}`,
		),
		...story.nearest.map((near) => `nearest /${near.full}: ${near.why}`),
	];
	return `${lines.join('\n')}\n`;
}

describe('the story of a capture', () => {
	for (const situation of situations) {
		it(`tells ${situation}`, async () => {
			const capture = await recorded(situation);
			assertGolden(`test/golden/stories/${situation}.txt`, outline(capture, tell(capture)));
		});

		it(`knows the whole state at the end of ${situation}`, async () => {
			const capture = await recorded(situation);
			const story = tell(capture);
			const end = new Map(stateAt(story, story.steps.length - 1).map((line) => [line.path.toLowerCase(), line.value.repr]));
			const { response } = capture;
			assert.ok(response);
			assert.equal(end.get('response.status_code'), String(response.status));
			for (const [header] of response.headers) {
				if (/^set-cookie$/i.test(header)) continue;
				assert.ok(end.has(`response.headers[${header.toLowerCase()}]`), `${header} is missing from the state`);
			}
			const start = stateAt(story, 0);
			assert.ok(start.every((line) => line.path.startsWith('request')));
			for (const [header] of capture.request.headers) assert.ok(start.some((line) => line.path === `request.headers[${header}]`));
		});
	}

	it('marks what a step changed, at that step and no later', async () => {
		const capture = await recorded('page-of-templates');
		const story = tell(capture);
		const step = story.steps.find((one) => one.label === 'XFrameOptionsMiddleware out');
		assert.ok(step);
		const line = (index: number) => stateAt(story, index).find((one) => one.path === 'response.headers[X-Frame-Options]');
		assert.equal(line(step.index - 1), undefined);
		assert.equal(line(step.index)?.now, true);
		assert.equal(line(step.index + 1)?.now, false);
		assert.equal(line(step.index + 1)?.by, step.stage);
	});

	it('survives what only a hostile file holds: endless nesting, parents that are none, no stages', async () => {
		const capture = await recorded('json');
		const stage = capture.stages[0];
		assert.ok(stage);
		const chain = Array.from({ length: 20_000 }, (_, at) => ({
			...stage,
			id: at + 1,
			...(at > 0 ? { parent: at } : { parent: 7 }),
		}));
		assert.equal(tell({ ...capture, stages: chain }).steps.length, 2 * 20_000 + 1);
		const empty = tell({ ...capture, stages: [] });
		assert.deepEqual(
			empty.steps.map((step) => step.kind),
			['request', 'response'],
		);
		const { response: _, ...unanswered } = capture;
		assert.equal(tell(unanswered).verdict.kind, 'unanswered');
	});

	it('says where a slow request’s time went, sending included', async () => {
		const capture = await recorded('json');
		const { response } = capture;
		assert.ok(response);
		const slow = { ...capture, durationNs: 2e9, response: { ...response, readyNs: 0.1e9, sentNs: 1.9e9 } };
		assert.equal(tell(slow).verdict.hint?.text, 'Slow: 90% of 2.00 s in sending the response.');
		const stages = capture.stages.map((stage) => (stage.kind === 'view' ? { ...stage, selfNs: 1.9e9 } : stage));
		assert.match(tell({ ...slow, stages }).verdict.hint?.text ?? '', /^Slow: 95% of 2\.00 s in View .* itself\.$/);
	});

	it('says first where a slow request’s time went when queries that repeat took little of it', async () => {
		const capture = await recorded('n-plus-one');
		assert.match(tell({ ...capture, durationNs: 0.4e9 }).verdict.hint?.text ?? '', /^N\+1: /);
		const stages = capture.stages.map((stage) => (stage.kind === 'view' ? { ...stage, selfNs: 3e9 } : stage));
		const { hint } = tell({ ...capture, durationNs: 4e9, stages }).verdict;
		assert.match(hint?.text ?? '', /^Slow: 75% of 4\.00 s in View .* itself\. N\+1: \d+ queries of one shape/);
		assert.equal(hint?.stage, stages.find((stage) => stage.kind === 'view')?.id);
	});

	it('tells 5,000 events at once', async () => {
		const capture = await recorded('n-plus-one');
		const view = capture.stages.find((stage) => stage.kind === 'view');
		assert.ok(view);
		const event = view.events.find((one) => one.kind === 'sql');
		assert.ok(event);
		const events = Array.from({ length: 5000 }, (_, at) => ({
			...event,
			atNs: at,
			detail: { ...event.detail, params: `(${at},)` },
		}));
		const big = { ...capture, stages: capture.stages.map((stage) => (stage === view ? { ...stage, events } : stage)) };
		// The processor's time: on a busy machine the clock tells of others.
		const before = process.cpuUsage();
		const story = tell(big);
		const { user, system } = process.cpuUsage(before);
		assert.ok(user + system < 400_000, `${user + system} µs`);
		assert.equal(story.queries.find((group) => group.queries.length >= 5000)?.nPlusOne, true);
	});
});
