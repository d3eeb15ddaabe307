// A fresh VS Code profile and a copy of the example project, for suites and walks that edit and record.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const example = join(here, '../../examples/bookshop');

/** `settings` go over the host's own. The folder's name is short: it holds a socket, whose path may have about 107 characters. */
export function makeProfile(settings = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'drc-'));
	const userDataDir = join(folder, 'user');
	mkdirSync(join(userDataDir, 'User'), { recursive: true });
	const own = JSON.parse(readFileSync(join(here, 'settings.json'), 'utf8'));
	writeFileSync(join(userDataDir, 'User/settings.json'), JSON.stringify({ ...own, ...settings }));
	const project = join(folder, 'bookshop');
	cpSync(example, project, { recursive: true, filter: (path) => !['.venv', '__pycache__'].includes(basename(path)) });
	symlinkSync(join(example, '.venv'), join(project, '.venv'));
	return {
		folder,
		userDataDir,
		extensionsDir: join(folder, 'extensions'),
		project,
		remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
	};
}

/** A free port on loopback. */
export const freePort = () =>
	new Promise((done, fail) => {
		const server = createServer()
			.on('error', fail)
			.listen(0, '127.0.0.1', () => {
				const { port } = server.address();
				server.close(() => done(port));
			});
	});
