// A fresh VS Code profile and a copy of the example project, for suites and walks that edit and record.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

/**
 * A second project beside the profile's, with an interpreter of its own, and a workspace of both with a terminal variable;
 * answers the workspace's file.
 */
export function makeWorkspace(profile) {
	const second = join(profile.folder, 'second');
	mkdirSync(join(second, '.vscode'), { recursive: true });
	// An environment of its own that borrows the example's packages.
	const example = realpathSync(join(profile.project, '.venv'));
	mkdirSync(join(second, 'own-env/bin'), { recursive: true });
	symlinkSync(realpathSync(join(example, 'bin/python')), join(second, 'own-env/bin/python'));
	symlinkSync(join(example, 'lib'), join(second, 'own-env/lib'));
	cpSync(join(example, 'pyvenv.cfg'), join(second, 'own-env/pyvenv.cfg'));
	const own = {
		'python.defaultInterpreterPath': '${workspaceFolder}/own-env/bin/python',
		'requestCycle.environment': { OWN_SETTING: 'second' },
	};
	writeFileSync(join(second, '.vscode/settings.json'), JSON.stringify(own));
	writeFileSync(
		join(second, 'manage.py'),
		`import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "second_settings")
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
`,
	);
	writeFileSync(
		join(second, 'second_settings.py'),
		'DEBUG = True\nSECRET_KEY = "hidden wherever it stands"\nROOT_URLCONF = "second_urls"\nALLOWED_HOSTS = ["*"]\nMIDDLEWARE = []\nINSTALLED_APPS = []\n',
	);
	writeFileSync(
		join(second, 'second_urls.py'),
		`import os
from django.http import HttpResponse
from django.urls import path

def here(request):
    return HttpResponse("here")

urlpatterns = [path("robots.txt", here)]
if "OWN_FOLDER" in os.environ:
    urlpatterns.append(path("in-" + os.environ["OWN_FOLDER"].split("/")[-1] + "/", here))
if "OWN_SETTING" in os.environ:
    urlpatterns.append(path("set-for-" + os.environ["OWN_SETTING"] + "/", here))
`,
	);
	const file = join(profile.folder, 'both.code-workspace');
	// VS Code takes a terminal's variables from the workspace, not from a folder's own settings; the folder they name differs.
	const platform = process.platform === 'darwin' ? 'osx' : 'linux';
	const settings = { [`terminal.integrated.env.${platform}`]: { OWN_FOLDER: '${workspaceFolder}' } };
	writeFileSync(file, JSON.stringify({ folders: [{ path: 'bookshop' }, { path: 'second' }], settings }));
	return file;
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
