import { createServer } from 'node:net';
import { type Terminal, Uri, window } from 'vscode';
import { eventually, projectFile, projectFolder } from './extension';

export function freePort(): Promise<number> {
	return new Promise((done, fail) => {
		const server = createServer()
			.on('error', fail)
			.listen(0, '127.0.0.1', () => {
				const address = server.address();
				server.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('no port'))));
			});
	});
}

/** The example's development server, or another one, in an integrated terminal, as a user starts it; resolves once it answers. */
export async function serverInTerminal(
	port: number,
	{
		folder = projectFolder().uri.fsPath,
		command = `${projectFile('.venv', 'bin', 'python')} manage.py runserver --noreload 127.0.0.1:${port}`,
	} = {},
): Promise<Terminal> {
	const terminal = window.createTerminal({ name: 'runserver', cwd: Uri.file(folder) });
	terminal.sendText(command);
	await eventually('the development server answers', () => answers(port), 60);
	return terminal;
}

export async function answers(port: number): Promise<boolean> {
	return fetch(`http://127.0.0.1:${port}/robots.txt`).then(
		() => true,
		() => false,
	);
}
