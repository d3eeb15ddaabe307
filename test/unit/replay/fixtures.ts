import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCapture } from '../../../src/capture/read';
import type { Capture } from '../../../src/shared/capture';

const folder = 'test/fixtures/captures';

/** Real captures of the example project, by their situation. */
export const situations = readdirSync(folder).map((name) => name.replace('.cycle.json.gz', ''));

export async function recorded(situation: string): Promise<Capture> {
	const result = await readCapture(join(folder, `${situation}.cycle.json.gz`));
	assert.ok(result.ok, result.ok ? '' : `${situation}: ${result.problem.message} ${result.problem.detail}`);
	return result.capture;
}

/** Holds a text against the golden one; where they differ the new one is left beside it as `.actual`. */
export function assertGolden(path: string, text: string): void {
	const actual = `${path}.actual`;
	const golden = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
	if (golden === text) {
		rmSync(actual, { force: true });
		return;
	}
	writeFileSync(actual, text);
	assert.equal(text, golden ?? '', `differs from ${path}; if that is meant, put ${actual} in its place`);
}
