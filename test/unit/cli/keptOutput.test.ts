import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArguments } from '../../../src/cli/arguments';
import { keep, kept } from '../../../src/cli/keptOutput';
import { recordingHost } from '../../../src/django/cache/sources';
import { nodeHost } from '../../../src/server/nodeHost';

describe('an answer of the command line that is kept', () => {
	let folder: string;
	let source: string;
	const output = { text: '{\n "routes": ["é"]\n}\n', errors: 'a note\n', status: 1 };
	const line = (...more: string[]) => parseArguments(['model', folder, '--cache', join(folder, 'kept'), ...more]);
	const file = () => join(folder, 'kept', readdirSync(join(folder, 'kept'))[0] ?? '');
	const text = () => kept(line())?.text;

	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'kept-'));
		source = join(folder, 'urls.py');
		writeFileSync(source, 'urlpatterns = []');
		const recording = recordingHost(nodeHost());
		recording.host.readFile(source);
		keep(line(), recording.sources(), output);
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('is given as it was written while nothing changed', () => {
		const found = kept(line());
		assert.equal(Buffer.from(found?.text ?? []).toString(), output.text);
		assert.equal(found?.errors, output.errors);
		assert.equal(found?.status, output.status);
	});

	it('is none for another question, nor where none is wanted', () => {
		assert.equal(kept(line('--settings', 'other')), undefined);
		assert.equal(kept(line('--verbose')), undefined);
		assert.equal(kept(line('--no-cache')), undefined);
		assert.equal(kept(parseArguments(['match', 'GET', '/', folder, '--cache', join(folder, 'kept')])), undefined);
	});

	it('is none once a source is another or gone', () => {
		utimesSync(source, 1, 1);
		assert.equal(text(), undefined);
		rmSync(source);
		assert.equal(text(), undefined);
	});

	it('is none once its file is cut short, damaged or of another build', () => {
		const whole = readFileSync(file());
		for (let length = 0; length < whole.length; length += 7) {
			writeFileSync(file(), whole.subarray(0, length));
			assert.equal(text(), undefined, `of ${length} bytes`);
		}
		const damaged = Buffer.from(whole);
		damaged[whole.length - 5] = 1;
		writeFileSync(file(), damaged);
		assert.equal(text(), undefined);
		writeFileSync(file(), whole.toString().replace(/"version":"[^"]*"/, '"version":"another"'));
		assert.equal(text(), undefined);
		writeFileSync(file(), whole);
		assert.notEqual(text(), undefined);
	});
});
