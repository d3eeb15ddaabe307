import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTests } from '@vscode/test-electron';

/**
 * Runs one suite: in the desktop VS Code, or in code-server and Chromium where VSCODE_HOST says so.
 * It opens a copy of the example project, since the tests edit files.
 */
async function main(): Promise<void> {
	const suite = process.argv[2] ?? 'main';
	const root = resolve(__dirname, '../..');
	const { makeProfile, makeWorkspace }: typeof import('./host/profile.mjs') = await import(
		pathToFileURL(join(root, 'test/host/profile.mjs')).href
	);
	const trust = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };
	const profile = makeProfile(suite === 'untrusted' ? trust : {});
	const host = process.env['VSCODE_HOST'] === 'server' ? join(root, 'test/host/code.mjs') : process.env['VSCODE_EXECUTABLE'];
	try {
		await runTests({
			version: process.env['VSCODE_VERSION'] ?? 'stable',
			...(host ? { vscodeExecutablePath: host } : {}),
			extensionDevelopmentPath: suite === 'python' ? [root, join(root, 'test/stubs/python')] : root,
			extensionTestsPath: join(root, 'out/test/suite/index.js'),
			extensionTestsEnv: { TEST_SUITE: suite, ...(suite === 'untrusted' ? { CODE_HOST_TRUST: 'settings' } : {}) },
			launchArgs: [
				suite === 'roots' ? makeWorkspace(profile) : profile.project,
				`--user-data-dir=${profile.userDataDir}`,
				`--extensions-dir=${profile.extensionsDir}`,
				'--disable-extensions',
			],
		});
	} finally {
		profile.remove();
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
});
