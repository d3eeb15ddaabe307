import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { compare, generated, written } from '../../differential/python/compare';

/** The first Python on the path that has all the syntax the programs use (`except*` came with 3.11). */
function findPython(): string | undefined {
	const test = 'import sys; sys.exit(sys.version_info < (3, 11))';
	return ['python3.13', 'python3.12', 'python3.11', 'python3'].find((command) => spawnSync(command, ['-c', test]).status === 0);
}

/** The same programs run by CPython and by the evaluator; by the thousand in test/differential/run.mjs. */
describe('the evaluator and CPython', () => {
	const python = findPython();
	const agree = (programs: Parameters<typeof compare>[1]): void => {
		const { names, differences } = compare(python ?? '', programs);
		assert.ok(names > programs.length, `${names} names compared`);
		const shown = differences.map(({ program, name, expected, got }) => `${program.title}, ${name}: ${expected} but got ${got}`);
		assert.deepEqual(shown, []);
	};

	it('agree on generated programs', function () {
		if (!python) this.skip();
		agree(generated(60, 1));
	});

	for (const program of written())
		it(`agree on ${program.title}`, function () {
			if (!python) this.skip();
			agree([program]);
		});
});
