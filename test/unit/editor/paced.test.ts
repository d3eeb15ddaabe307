import assert from 'node:assert/strict';
import { Paced } from '../../../src/editor/paced';

const pause = 5;

/** Until one that is asked for now would be done: by then all that were asked for before are. */
const after = () =>
	new Promise<void>((done) => {
		new Paced(done, pause).ask();
	});

describe('something that is done at most every so often', () => {
	it('is done once a pause, at its end, however often it is asked for', async () => {
		let done = 0;
		const paced = new Paced(() => done++, pause);
		paced.ask();
		paced.ask();
		assert.equal(done, 0);
		await after();
		assert.equal(done, 1);
		await after();
		assert.equal(done, 1);
		paced.ask();
		await after();
		assert.equal(done, 2);
	});

	it('is not done after its end', async () => {
		let done = 0;
		const paced = new Paced(() => done++, pause);
		paced.ask();
		paced.dispose();
		await after();
		assert.equal(done, 0);
	});
});
