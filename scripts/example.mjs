// Prepares the example project: its own virtual environment, the pinned Django, the database and its demonstration data.
//   node scripts/example.mjs     (again: it does what is missing, and nothing where nothing is)
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'examples', 'bookshop');
const environment = join(folder, '.venv');
const python = join(environment, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
const stamp = join(environment, 'prepared.sha256');
const isRoot = process.getuid?.() === 0;
const onDebian = existsSync('/etc/debian_version');

/** A step that failed for a reason the user can act on: its message names the command. */
export class PrepareError extends Error {}

/** Runs a command and hands its output, line by line, to `log`; rejects with the last lines where it fails. */
function run(command, args, { log, quiet = false }) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd: folder,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, PYTHONPATH: '' },
		});
		const last = [];
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (text) => {
				for (const line of text.split('\n').filter((each) => each.trim())) {
					last.push(line);
					if (last.length > 12) last.shift();
					if (!quiet) log(`  ${line}`);
				}
			});
		}
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) resolve();
			else reject(new PrepareError(`${[command, ...args].join(' ')} ended with ${code}:\n${last.join('\n')}`));
		});
	});
}

const answers = (command, ...args) => spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** The first interpreter on PATH that the pinned Django runs on. */
function findPython() {
	const seen = [];
	const names =
		process.platform === 'win32'
			? ['python', 'py']
			: ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
	for (const name of names) {
		const asked = answers(name, '-c', 'import sys; print("%d.%d" % sys.version_info[:2])');
		if (asked.status !== 0) continue;
		const [major, minor] = asked.stdout.trim().split('.').map(Number);
		if (major === 3 && minor >= 10) return name;
		seen.push(`${name} is ${asked.stdout.trim()}`);
	}
	const found = seen.length ? ` (${seen.join(', ')})` : '';
	throw new PrepareError(
		`The example project needs Python 3.10 or newer${found}. On Debian: apt-get install python3 python3-venv`,
	);
}

async function ensureVenvModule(base, log) {
	const hasVenv = () => answers(base, '-c', 'import venv, ensurepip').status === 0;
	if (hasVenv()) return;
	if (isRoot && onDebian) {
		log('Installing python3-venv ...');
		await run('apt-get', ['update', '-q'], { log, quiet: true });
		await run('apt-get', ['install', '-q', '-y', 'python3-venv'], { log, quiet: true });
		if (hasVenv()) return;
	}
	throw new PrepareError(`${base} has no venv module. On Debian: ${isRoot ? '' : 'sudo '}apt-get install python3-venv`);
}

/** What the preparation depends on; another digest makes the missing steps run again. */
function digest() {
	const hash = createHash('sha256');
	const inputs = ['requirements.txt', 'catalog/demo.py'];
	for (const app of ['catalog', 'orders']) {
		for (const file of readdirSync(join(folder, app, 'migrations')).sort()) {
			if (file.endsWith('.py')) inputs.push(`${app}/migrations/${file}`);
		}
	}
	for (const file of inputs) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
	return hash.digest('hex');
}

function isPrepared() {
	if (!existsSync(stamp) || !existsSync(python) || !existsSync(join(folder, 'db.sqlite3'))) return false;
	return existsSync(join(folder, 'media', 'covers')) && readFileSync(stamp, 'utf8') === digest();
}

/**
 * Makes the example project ready to run: `.venv` with the pins of requirements.txt, migrated and seeded SQLite database.
 * Does nothing (some milliseconds) where it is ready. Rejects with PrepareError, whose message names what to do.
 * @param {{ log?: (line: string) => void }} [options] where progress goes, a line at a time
 * @returns {Promise<{ folder: string, python: string }>} the project's folder and its interpreter
 */
export async function prepareExample({ log = () => {} } = {}) {
	if (isPrepared()) return { folder, python };
	const base = findPython();
	if (answers(python, '-c', 'import pip').status !== 0) {
		await ensureVenvModule(base, log);
		log("Making the example project's virtual environment ...");
		rmSync(environment, { recursive: true, force: true });
		await run(base, ['-m', 'venv', environment], { log });
	}
	log('Installing its Django ...');
	await run(python, ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', 'requirements.txt'], { log });
	log('Preparing its database ...');
	if (!existsSync(join(folder, 'media', 'covers'))) rmSync(join(folder, 'db.sqlite3'), { force: true });
	await run(python, ['manage.py', 'migrate', '--no-input', '--verbosity', '0'], { log });
	await run(python, ['manage.py', 'seed'], { log });
	writeFileSync(stamp, digest());
	log('The example project is ready.');
	return { folder, python };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	try {
		await prepareExample({ log: console.log });
	} catch (error) {
		if (!(error instanceof PrepareError)) throw error;
		console.error(error.message);
		process.exitCode = 1;
	}
}
