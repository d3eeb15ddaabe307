/** A recorded request as a curl command for a POSIX shell. Secrets were never recorded: their tokens stand there, and are named. */
import type { Capture } from '../shared/capture';

/** `[secret:3fa92c01b4]`, what the recorder puts in a secret's place. */
export const secretToken = /\[secret:[0-9a-f]+\]/;

/** Headers that curl makes itself. */
const made = /^(?:host|content-length|connection|accept-encoding|transfer-encoding)$/i;

/** What may stand in a header's name; curl would read a file for one that begins with `@`. */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;

/** The command, and what about it is not as it was, one sentence each. */
export function curlCommand(capture: Capture): { readonly command: string; readonly notes: readonly string[] } {
	const { request } = capture;
	const multipart = /^multipart\/form-data/i.test(request.contentType ?? '');
	const parts: string[] = [];
	const notes: string[] = [];
	if (request.method !== 'GET') parts.push(request.method === 'HEAD' ? '--head' : `--request ${quoted(request.method)}`);
	for (const [name, value] of request.headers) {
		if (made.test(name) || !headerName.test(name) || (multipart && /^content-type$/i.test(name))) continue;
		parts.push(`--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
	}
	if (multipart) {
		for (const field of request.form ?? []) parts.push(`--form-string ${quoted(`${field.name}=${field.value}`)}`);
		for (const file of request.files ?? []) {
			const name = file.name.replace(/^.*[\\/]/s, '');
			parts.push(`--form ${quoted(`${file.field}=@"${name.replace(/["\\]/g, '\\$&')}";type=${file.type}`)}`);
			notes.push(`The file ${name} was not kept: put one of that name beside the command.`);
		}
	} else parts.push(...bodyPart(capture, notes));
	if (request.form?.some((field) => field.truncated) || request.body?.truncated)
		notes.push('The body was longer than what was kept.');
	const url = urlOf(capture);
	if (/[[\]{}]/.test(url)) parts.unshift('--globoff');
	const command = [`curl ${quoted(url)}`, ...parts].join(' \\\n  ');
	const secrets = new Set(command.match(new RegExp(secretToken, 'g')) ?? []);
	if (secrets.size > 0) notes.push(`Put the real values in place of ${[...secrets].join(', ')}: secrets are not recorded.`);
	return { command: [...notes.map((note) => `# ${note.replace(/\s+/g, ' ')}`), command].join('\n'), notes };
}

function bodyPart({ request }: Capture, notes: string[]): readonly string[] {
	if (request.form && request.form.length > 0) {
		return request.form.map((field) => `--data-urlencode ${quoted(`${field.name}=${field.value}`)}`);
	}
	const { body } = request;
	if (body?.text === undefined || body.text === '') {
		if (body?.notRead === true && (request.size ?? 0) > 0)
			notes.push('The application never read the body, so it was not recorded.');
		return [];
	}
	if (body.encoding !== 'base64') return [`--data-raw ${quoted(body.text)}`];
	notes.push('The body is binary and is not part of the command.');
	return [];
}

/** The request's address as the client asked for it. */
export function urlOf({ request, process }: Capture): string {
	const port = process.port === undefined ? '' : `:${process.port}`;
	const host = request.host ?? `${process.host ?? 'localhost'}${port}`;
	const path = request.path.split('/').map(encodeURIComponent).join('/');
	return `${request.scheme}://${host}${path}${request.query === '' ? '' : `?${request.query}`}`;
}

/** One word for a POSIX shell, whatever is in it. */
const quoted = (text: string) => `'${text.replace(/'/g, `'\\''`)}'`;
