import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCapture } from '../../../src/capture/read';
import { momentsOf } from '../../../src/editor/debug/moments';
import { scopesOf } from '../../../src/editor/debug/variables';
import { tell } from '../../../src/replay/story';
import type { Capture, RecordedFrame } from '../../../src/shared/capture';

const folder = 'test/fixtures/captures';

async function captureNamed(name: string): Promise<Capture> {
	const result = await readCapture(join(folder, name));
	assert.ok(result.ok, name);
	return result.capture;
}

describe('the moments of a recording', () => {
	for (const name of readdirSync(folder)) {
		it(`go through ${name} in the order of its steps, what never ran left out`, async () => {
			const capture = await captureNamed(name);
			const story = tell(capture);
			const moments = momentsOf(capture, story);
			const ran = story.steps.filter((step) => step.kind !== 'skipped').map((step) => step.index);
			assert.deepEqual(
				moments.filter((moment) => !moment.line).map((moment) => moment.step),
				ran,
			);
			for (const moment of moments) {
				assert.ok(moment.stack.length > 0);
				for (const entry of moment.stack) {
					for (const scope of scopesOf(capture, story, moment, entry)) {
						for (const variable of scope.variables()) assert.equal(typeof variable.value, 'string');
					}
				}
			}
		});
	}

	it('show the middleware around the view, innermost first', async () => {
		const capture = await captureNamed('page-of-templates.cycle.json.gz');
		const story = tell(capture);
		const view = capture.stages.find((stage) => stage.kind === 'view');
		const moment = momentsOf(capture, story).find((one) => story.steps[one.step]?.stage === view?.id);
		const names = moment?.stack.slice(1).map((entry) => entry.name);
		assert.deepEqual(
			names,
			story.onion.layers
				.filter((layer) => !layer.neverRan && layer.in !== undefined)
				.map((layer) => layer.name)
				.reverse(),
		);
	});

	it('stand on recorded lines, with the values that were left by then', async () => {
		const recorded = await captureNamed('page-of-templates.cycle.json.gz');
		const view = recorded.stages.find((stage) => stage.kind === 'view');
		assert.ok(view?.location);
		const at = (share: number) => Math.round(view.startNs + (view.endNs - view.startNs) * share);
		const frame: RecordedFrame = {
			id: 1,
			stage: view.id,
			location: view.location,
			lines: [
				{ line: view.location.line + 1, atNs: at(0.1), values: { a: { type: 'int', repr: '1' } } },
				{ line: view.location.line + 2, atNs: at(0.2), values: { a: { type: 'int', repr: '2' } } },
			],
		};
		const capture = { ...recorded, frames: [frame] };
		const story = tell(capture);
		const lines = momentsOf(capture, story).filter((moment) => moment.line);
		assert.deepEqual(
			lines.map((moment) => moment.stack[0]?.location?.line),
			[view.location.line + 1, view.location.line + 2],
		);
		const values = lines.map((moment) => {
			const [entry] = moment.stack;
			return (
				entry &&
				scopesOf(capture, story, moment, entry)[0]
					?.variables()
					.map((variable) => `${variable.name}=${variable.value}`)
			);
		});
		assert.deepEqual(values, [['a=1'], ['a=2']]);
	});
});
