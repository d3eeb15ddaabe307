import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { compare, generated, type Program, since, written } from '../../differential/python/compare';

/** A Python of at least 3.`minor`, on the path or under pyenv. */
function findPython(minor: number): string | undefined {
	const test = `import sys; sys.exit(sys.version_info < (3, ${minor}))`;
	const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
	const installed = existsSync(versions) ? readdirSync(versions).map((name) => join(versions, name, 'bin/python3')) : [];
	const commands = ['python3.13', 'python3.12', 'python3.11', 'python3', 'python3.14', 'python3.15', ...installed];
	return commands.find((command) => spawnSync(command, ['-c', test]).status === 0);
}

/** The same programs run by CPython and by the evaluator; by the thousand in test/differential/run.mjs. */
describe('the evaluator and CPython', () => {
	const agree = (python: string, programs: readonly Program[]): void => {
		const { names, differences } = compare(python, programs);
		assert.ok(names > programs.length, `${names} names compared`);
		const shown = differences.map(({ program, name, expected, got }) => `${program.title}, ${name}: ${expected} but got ${got}`);
		assert.deepEqual(shown, []);
	};

	it('agree on generated programs', function () {
		const python = findPython(11);
		if (!python) return this.skip();
		agree(python, generated(60, 1));
	});

	for (const program of written())
		it(`agree on ${program.title}`, function () {
			const python = findPython(since(program));
			if (!python) return this.skip();
			agree(python, [program]);
		});
});
