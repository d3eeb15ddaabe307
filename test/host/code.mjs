#!/usr/bin/env node
// Stands where the desktop `code` executable stands: takes the arguments which @vscode/test-electron's
// runTests() gives, runs the same in code-server + headless Chromium, and ends with the tests' exit code.
import { appendFileSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import { openWorkbench } from './host.mjs';

const flags = { extensionDevelopmentPath: [] };
const positional = [];
for (const arg of process.argv.slice(2)) {
	const m = /^--([\w-]+)(?:=(.*))?$/s.exec(arg);
	if (!m) positional.push(arg);
	else if (m[1] === 'extensionDevelopmentPath') flags.extensionDevelopmentPath.push(m[2]);
	else flags[m[1]] = m[2] ?? 'true';
}
const scratch = () => mkdtempSync(join(tmpdir(), 'code-'));
const userDataDir = flags['user-data-dir'] ?? scratch();
mkdirSync(userDataDir, { recursive: true });

// The workbench's own log comes through the same door as the extension host's console; the file keeps all.
const noise =
	/^(Resolv(ing|ed) connection token|Creating a socket|\[(reconnection-grace-time|Service Worker|AgentHost|AccountPolicyGate|ChatModelSelection|DefaultAccount|chat-stt)|Updating additional builtin|Ignoring fetching additional|Creation of workbench contribution|Error while fetching the extension under development .* not a web extension|Timed out waiting for authentication provider)/;
function log(type, args) {
	const line = format(...args);
	appendFileSync(join(userDataDir, 'workbench.log'), `[${type}] ${line}\n`);
	if (!noise.test(line)) (type === 'error' || type === 'warn' ? console.error : console.log)(line);
}

let workbench;
let finish;
const finished = new Promise((done) => {
	finish = done;
});
const limit = Number(process.env.CODE_HOST_TIMEOUT_MS ?? 600_000);
setTimeout(async () => {
	const picture = join(userDataDir, 'timeout.png');
	console.error(`The tests did not end within ${limit} ms; see ${picture}`);
	await workbench?.page.screenshot({ path: picture }).catch(() => {});
	finish(124);
}, limit).unref();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => finish(130));

workbench = await openWorkbench({
	open: positional[0],
	// runTests() always asks for --disable-workspace-trust.
	trustAll: process.env.CODE_HOST_TRUST !== 'settings',
	userDataDir,
	extensionsDir: flags['extensions-dir'] ?? scratch(),
	extensionDevelopmentPath: flags.extensionDevelopmentPath,
	extensionTestsPath: flags.extensionTestsPath,
	onLog: log,
	onExit: (exit) => finish(exit),
});
workbench.page.on('crash', () => {
	console.error('The browser page crashed.');
	finish(1);
});
workbench.server.exited.then(() => finish(1));
const code = await finished;
await workbench.close();
process.exit(code);
