// What a fresh machine needs before anything runs. Node's own modules only: this runs before `npm ci`.
// Each function is quick when its thing is there, installs it where that is possible, and otherwise
// throws a Missing with the command that gets it.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A tool that is absent and can't be installed from here; the message names the command that gets it. */
export class Missing extends Error {}

const onDebianAsRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function aptInstall(packages) {
	console.log(`Installing ${packages.join(', ')} ...`);
	const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
	spawnSync('apt-get', ['update', '-qq'], quiet);
	return spawnSync('apt-get', ['install', '-y', '-qq', ...packages], quiet).status === 0;
}

export function ensureNode() {
	const [major] = process.versions.node.split('.').map(Number);
	if (major < 20)
		throw new Missing(
			`Node 20 or newer is needed; this is ${process.version}. Get it from your package manager or nvm: nvm install 20`,
		);
}

/** Installs the locked npm packages when the lock file is not the one that was installed last. */
export function ensureNodeModules() {
	const lock = createHash('sha256')
		.update(readFileSync(join(root, 'package-lock.json')))
		.digest('hex');
	const stamp = join(root, 'node_modules/.lock-sha256');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
	console.log('Installing npm packages ...');
	execFileSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
	writeFileSync(stamp, lock);
}

/** The first Python of at least 3.10 on PATH, with its venv module. */
export function ensurePython() {
	const names =
		process.platform === 'win32'
			? ['python', 'py']
			: ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
	for (const name of names) {
		const found = spawnSync(name, ['-c', 'import sys; print(sys.version_info >= (3, 10))'], { encoding: 'utf8' });
		if (found.status !== 0 || !found.stdout.includes('True')) continue;
		const venv = () => spawnSync(name, ['-c', 'import venv, ensurepip']).status === 0;
		if (!venv() && !(onDebianAsRoot() && aptInstall(['python3-venv']) && venv())) {
			throw new Missing(`${name} has no venv module. On Debian or Ubuntu: sudo apt-get install python3-venv`);
		}
		return name;
	}
	throw new Missing(
		'Python 3.10 or newer is needed and was not found. On Debian or Ubuntu: sudo apt-get install python3 python3-venv',
	);
}

/** Path of a Chromium or Chrome for the tests. */
export function ensureChromium() {
	const named = process.env.CHROMIUM;
	const find = () =>
		[
			named,
			'/usr/bin/chromium',
			'/usr/bin/chromium-browser',
			'/usr/bin/google-chrome',
			'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		].find((path) => path && existsSync(path));
	const path = find() ?? (onDebianAsRoot() && aptInstall(['chromium']) ? find() : undefined);
	if (!path)
		throw new Missing('Chromium is needed. On Debian: sudo apt-get install chromium; elsewhere set CHROMIUM to its path.');
	process.env.CHROMIUM = path;
	return path;
}

/** The VS Code server in test/host/node_modules, for machines without the desktop one (Linux x64). */
export function ensureHost() {
	const host = join(root, 'test/host');
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		throw new Missing('The VS Code server runs on Linux x64 only. Install VS Code and put its `code` command on PATH.');
	}
	const lock = createHash('sha256')
		.update(readFileSync(join(host, 'package-lock.json')))
		.digest('hex');
	const stamp = join(host, 'node_modules/.lock-sha256');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
	console.log('Installing the VS Code server (once, 800 MB, about a minute) ...');
	execFileSync(process.execPath, [join(host, 'install.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
	writeFileSync(stamp, lock);
}

/** A virtual environment below .cache/ with pinned packages; answers the path of its python. */
export function ensureVenv(name, requirements) {
	const folder = join(root, '.cache', name);
	const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
	const stamp = join(folder, '.requirements');
	const wanted = requirements.join('\n');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
	console.log(`Preparing a Python environment for ${name} ...`);
	mkdirSync(dirname(folder), { recursive: true });
	execFileSync(ensurePython(), ['-m', 'venv', '--clear', folder], { stdio: 'inherit' });
	execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements], { stdio: 'inherit' });
	writeFileSync(stamp, wanted);
	return python;
}

/** Path of a command on PATH, or undefined. */
export function onPath(name) {
	const endings = process.platform === 'win32' ? ['.cmd', '.exe'] : [''];
	for (const folder of (process.env.PATH ?? '').split(delimiter)) {
		for (const ending of endings) if (folder && existsSync(join(folder, name + ending))) return join(folder, name + ending);
	}
	return undefined;
}
