import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { damage } from '../../../fuzz/mutate';
import { Random } from '../../../fuzz/random';
import { judge } from '../../../fuzz/syntax';

/** A few hundred of the damaged inputs that test/fuzz/run.mjs takes by the ten thousand. */
describe('damaged text', () => {
	const urlconf = readFileSync('test/fixtures/urlconf-with-everything/urls.py', 'utf8');
	const folder = 'test/fixtures/every-syntax';
	const syntax = readdirSync(folder)
		.filter((name) => name.endsWith('.py'))
		.map((name) => readFileSync(join(folder, name), 'utf8'));

	it('of every syntax: no throw, in time', () => {
		const random = new Random(7);
		for (let round = 0; round < 300; round++) {
			const original = random.pick(syntax);
			const damaged = damage(original, random);
			assert.deepEqual(judge(original, damaged).faults, [], `round ${round}, ${damaged.kind}`);
		}
	});

	it('of a URLconf: the lines not damaged stay in urlpatterns', () => {
		const random = new Random(11);
		let undamaged = 0;
		let listed = 0;
		for (let round = 0; round < 400; round++) {
			const damaged = damage(urlconf, random);
			const verdict = judge(urlconf, damaged);
			assert.deepEqual(verdict.faults, [], `round ${round}, ${damaged.kind}`);
			undamaged += verdict.routes.undamaged;
			listed += verdict.routes.listed;
		}
		assert.ok(undamaged > 2000, `${undamaged} lines`);
		assert.ok(listed / undamaged > 0.99, `${listed} of ${undamaged} lines`);
	});
});
