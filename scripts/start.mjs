// `npm start`: the main job. Installs, builds, prepares the example and opens a VS Code with the extension on it.
//   npm start [-- PATH]     PATH: another Django project. Runs until Ctrl-C; listens on loopback alone.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { prepareExample } from './example.mjs';
import { ensureHost, ensureNode, ensureNodeModules, ensurePython, Missing, onPath, root } from './setup.mjs';

const step = (text) => console.log(`\n> ${text}`);
const example = join(root, 'examples/bookshop');
const asked = process.argv.slice(2).find((arg) => !arg.startsWith('-'));
const folder = resolve(asked ?? example);

try {
	ensureNode();
	if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Missing(`There is no folder ${folder}`);
	step('npm packages');
	ensureNodeModules();
	if (folder === example) {
		step('the example project');
		ensurePython();
		await prepareExample({ log: console.log });
	}
	step('building and packaging the extension');
	const { packageExtension } = await import('./package.mjs');
	const vsix = packageExtension();
	const desktop = onPath('code');
	await (desktop ? openDesktop(desktop) : openServer(vsix));
} catch (error) {
	if (!(error instanceof Missing)) throw error;
	console.error(`\n${error.message}`);
	process.exitCode = 1;
}

/** The desktop VS Code in a window of its own, which loads the extension from this checkout. */
async function openDesktop(code) {
	step(`opening ${folder} in VS Code; Ctrl-C ends this script`);
	const child = spawn(code, ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, folder], {
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	process.once('SIGINT', () => child.kill('SIGINT'));
	await new Promise((done) => child.once('exit', done));
}

/** The VS Code server on loopback, with the packaged extension installed in a profile of its own. */
async function openServer(vsix) {
	step('no `code` command found: starting a VS Code server');
	ensureHost();
	const { installExtension, startServer } = await import('../test/host/host.mjs');
	// Short, since a socket's path below it has a limit of about 107 characters.
	const profile = mkdtempSync(join(tmpdir(), 'drc-'));
	const dirs = { userDataDir: join(profile, 'user'), extensionsDir: join(profile, 'extensions') };
	mkdirSync(join(dirs.userDataDir, 'User'), { recursive: true });
	copyFileSync(join(root, 'test/host/settings.json'), join(dirs.userDataDir, 'User/settings.json'));
	installExtension(dirs, vsix);
	const server = await startServer({
		...dirs,
		trustAll: folder === example,
		...(process.env.PORT ? { port: Number(process.env.PORT) } : {}),
	});
	console.log(
		`\nOpen ${server.url}/?folder=${encodeURI(folder)}\nThe "Request Cycle" icon stands in the activity bar. Ctrl-C ends the server.`,
	);
	await new Promise((done) => {
		for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, done);
		server.exited.then(done);
	});
	await server.stop();
	rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
}
