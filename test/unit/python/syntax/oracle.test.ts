import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseModule } from '../../../../src/python/syntax/parse';
import { dump } from '../../../differential/syntax/dump';

const folder = 'test/fixtures/every-syntax';

/** One statement or so a line, so that a failure shows where. */
const lines = (tree: string): string[] => tree.trim().split(/(?=\((?:Assign|Expr|If|For|With|Try|FunctionDef|ClassDef|Match)@)/);

describe("CPython's own trees", () => {
	for (const file of readdirSync(folder).filter((name) => name.endsWith('.py'))) {
		const text = readFileSync(join(folder, file), 'utf8');
		const expected = lines(readFileSync(join(folder, file.replace('.py', '.tree')), 'utf8'));
		for (const whole of [true, false])
			it(`${file}, bodies read ${whole ? 'at once' : 'on demand'}`, () => {
				const module = parseModule(text, { whole });
				assert.deepEqual(lines(dump(module, text)), expected);
				assert.deepEqual(module.errors, []);
			});
	}
});
