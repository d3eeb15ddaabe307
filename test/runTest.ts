import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';

/**
 * Runs one suite: in the desktop VS Code, or in code-server and Chromium where VSCODE_HOST says so.
 * It opens a copy of the example project, since the tests edit files.
 */
async function main(): Promise<void> {
	const suite = process.argv[2] ?? 'main';
	const root = resolve(__dirname, '../..');
	// Short: the user-data folder holds a socket, whose path may have about 107 characters.
	const profile = join(tmpdir(), `drc-${suite}-${process.pid}`);
	rmSync(profile, { recursive: true, force: true });
	mkdirSync(join(profile, 'user/User'), { recursive: true });
	const settings = join(profile, 'user/User/settings.json');
	copyFileSync(join(root, 'test/host/settings.json'), settings);
	if (suite === 'untrusted') {
		const trust = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };
		writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), ...trust }));
	}
	const project = join(profile, 'bookshop');
	const example = join(root, 'examples/bookshop');
	cpSync(example, project, { recursive: true, filter: (path) => !['.venv', '__pycache__'].includes(basename(path)) });
	symlinkSync(join(example, '.venv'), join(project, '.venv'));
	const host = process.env['VSCODE_HOST'] === 'server' ? join(root, 'test/host/code.mjs') : process.env['VSCODE_EXECUTABLE'];
	try {
		await runTests({
			version: process.env['VSCODE_VERSION'] ?? 'stable',
			...(host ? { vscodeExecutablePath: host } : {}),
			extensionDevelopmentPath: root,
			extensionTestsPath: join(root, 'out/test/suite/index.js'),
			extensionTestsEnv: { TEST_SUITE: suite },
			launchArgs: [
				project,
				`--user-data-dir=${join(profile, 'user')}`,
				`--extensions-dir=${join(profile, 'extensions')}`,
				'--disable-extensions',
				...(suite === 'untrusted' ? [] : ['--disable-workspace-trust']),
			],
		});
	} finally {
		rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
