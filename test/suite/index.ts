import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/** Entry named by --extensionTestsPath: runs one suite's tests inside the extension host. */
export async function run(): Promise<void> {
	const suite = process.env['TEST_SUITE'] ?? 'main';
	const grep = process.env['TEST_GREP'];
	const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, ...(grep ? { grep } : {}) });
	const folder = join(__dirname, suite);
	for (const file of readdirSync(folder).sort()) if (file.endsWith('.test.js')) mocha.addFile(join(folder, file));
	const failures = await new Promise<number>((done) => mocha.run(done));
	if (failures) throw new Error(`${failures} test(s) failed`);
}
