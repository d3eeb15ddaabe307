import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Capture } from '../../shared/capture';

const extensions: readonly [RegExp, string, boolean][] = [
	[/\bpdf\b/, 'pdf', true],
	[/\bjson\b/, 'json', false],
	[/\bhtml\b/, 'html', false],
	[/\bcsv\b/, 'csv', false],
	[/\bpng\b/, 'png', false],
	[/\bjpe?g\b/, 'jpg', false],
	[/\bgif\b/, 'gif', false],
	[/\bwebp\b/, 'webp', false],
	[/\bsvg\b/, 'svg', false],
	[/\bxml\b/, 'xml', false],
	[/^text\//, 'txt', false],
];

/** The response's body as a temporary file; `external` when the editor has no view for its type. Rejects with a reason when it wasn't recorded. */
export async function bodyFile(capture: Capture): Promise<{ readonly path: string; readonly external: boolean }> {
	const { response } = capture;
	const body = response?.body;
	if (body?.text === undefined)
		throw new Error(body?.reason ? `The body was not recorded: ${body.reason}` : 'The body was not recorded.');
	if (body.truncated) throw new Error('The body was recorded in part only, so that it can’t be opened as a file.');
	const type = response?.contentType ?? '';
	const known = extensions.find(([pattern]) => pattern.test(type));
	const folder = join(tmpdir(), 'django-request-cycle');
	await mkdir(folder, { recursive: true, mode: 0o700 });
	// A file of the capture's choosing must not be a program: the name is ours, and the ending is one of the above.
	const path = join(folder, `${randomBytes(6).toString('hex')}.${known?.[1] ?? 'bin'}`);
	await writeFile(path, Buffer.from(body.text, body.encoding === 'base64' ? 'base64' : 'utf8'), { mode: 0o600 });
	return { path, external: known?.[2] ?? true };
}
