// The panel's real bundle in real Chromium: its document as the host serves it, VS Code's API and theme stood in for.
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { themes } from './themes.mjs';

const out = 'out/panel';
const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
const flags =
	'--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** Builds the page, and what the host does with a capture; answers with the latter's functions. */
export async function bundle() {
	mkdirSync(out, { recursive: true });
	const options = { bundle: true, logLevel: 'warning', target: 'es2022' };
	await build({
		...options,
		platform: 'browser',
		format: 'iife',
		minify: true,
		entryPoints: ['src/webview/main.ts'],
		outfile: join(out, 'webview.js'),
	});
	await build({
		...options,
		platform: 'node',
		format: 'esm',
		entryPoints: ['test/panel/host.ts'],
		outfile: join(out, 'host.mjs'),
	});
	return import(pathToFileURL(join(process.cwd(), out, 'host.mjs')).href);
}

/** A browser and a server of the page's files on loopback. `host` is what `bundle` gave. */
export async function launch(host) {
	const nonce = 'bm9uY2Vub25jZW5vbmNlbm9uY2U';
	const server = createServer(async (request, response) => {
		const name = new URL(request.url ?? '/', 'http://x').pathname;
		const types = { '/webview.js': 'text/javascript', '/webview.css': 'text/css' };
		if (name === '/') {
			const origin = `http://127.0.0.1:${server.address().port}`;
			response.setHeader('Content-Type', 'text/html; charset=utf-8');
			response.end(
				host.panelHtml({
					script: `${origin}/webview.js`,
					style: `${origin}/webview.css`,
					cspSource: origin,
					nonce,
					state: { captureId: '', step: 0 },
				}),
			);
		} else if (types[name]) {
			response.setHeader('Content-Type', types[name]);
			response.end(await readFile(join(out, name)));
		} else {
			response.statusCode = 404;
			response.end();
		}
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${server.address().port}`;
	const browser = await chromium.launch({ executablePath: executable, args: flags.split(' ') });
	return {
		/** A loaded page under a theme, with what it sent, requested and complained of. */
		async open({ theme = 'dark', width = 1100, height = 760, state, ...rest } = {}) {
			const context = await browser.newContext({ viewport: { width, height }, ...rest });
			const page = await context.newPage();
			const requests = [];
			const complaints = [];
			page.on('request', (request) => requests.push(request.url()));
			page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
			page.on('pageerror', (error) => complaints.push(String(error)));
			await page.addInitScript(standIn, { theme: themes[theme], state });
			await page.goto(origin);
			await page.waitForFunction(() => window.sent?.some((message) => message.type === 'ready'));
			// As text: the browser's debugging protocol has a limit of nesting of its own.
			const send = (message) => page.evaluate((sent) => window.postMessage(JSON.parse(sent), '*'), JSON.stringify(message));
			return {
				page,
				origin,
				requests,
				complaints,
				send,
				/** Opens a capture and waits until it stands there. */
				async show(capture, more = {}) {
					await send({ ...host.openMessage(capture), ...more });
					await page.waitForSelector('.headline');
				},
				sent: () => page.evaluate(() => window.sent),
				close: () => context.close(),
			};
		},
		async close() {
			await browser.close();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Runs in the page before anything else: VS Code's API, its theme, and answers to what the page asks. */
function standIn({ theme, state }) {
	window.sent = [];
	let kept = state;
	window.acquireVsCodeApi = () => ({
		postMessage: (message) => {
			window.sent.push(message);
			if (message.type !== 'request') return;
			const text = message.request.kind === 'explain' ? 'SCAN catalog_book' : '';
			window.postMessage({ type: 'reply', id: message.id, result: { kind: 'text', text } }, '*');
		},
		getState: () => kept,
		setState: (value) => {
			kept = value;
		},
	});
	if (window !== window.top) return;
	const dress = () => {
		for (const [name, value] of Object.entries(theme.variables))
			document.documentElement.style.setProperty(`--vscode-${name}`, value);
		document.body?.classList.add(...theme.body);
	};
	document.addEventListener('DOMContentLoaded', dress);
	new MutationObserver((_, observer) => {
		if (!document.body) return;
		observer.disconnect();
		dress();
	}).observe(document, { childList: true, subtree: true });
}
