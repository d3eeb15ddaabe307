// The replay panel's page in real Chromium, over its real bundle and real captures: node test/panel/run.mjs [GREP]
import Mocha from 'mocha';

const grep = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, ...(grep ? { grep } : {}) });
for (const file of ['walk', 'timeline', 'tabs', 'outline', 'hostile', 'looks']) mocha.addFile(`test/panel/${file}.test.mjs`);
await mocha.loadFilesAsync();
let passed = 0;
const runner = mocha.run((failures) => {
	console.log(`${passed} passed, ${failures} failed`);
	process.exit(failures ? 1 : 0);
});
runner.on('pass', () => passed++);
