/** A capture as a test that sends the request again: Django's `TestCase`, or pytest with pytest-django's `client`. */
import type { Capture, Header, Stage } from '../shared/capture';
import { secretToken } from './curl';

export type TestStyle = 'django' | 'pytest';

/** The whole text of a test module, formatted as Black would. */
export function testText(capture: Capture, style: TestStyle): string {
	const client = style === 'django' ? 'self.client' : 'client';
	const body = [...setUp(capture, client), '', ...send(capture, client), '', ...assertions(capture, style)];
	const name = `test_${slug(capture)}`;
	const doc = docstring(capture);
	const lines =
		style === 'django'
			? [`class ${className(capture)}(TestCase):`, ...indent([`def ${name}(self):`, ...indent([doc, ...body])])]
			: ['@pytest.mark.django_db', `def ${name}(client):`, ...indent([doc, ...body])];
	return `${[...imports(capture, style, body), '', '', ...lines].join('\n')}\n`;
}

/** Sorted as isort would: the standard library, then the rest. */
function imports({ request }: Capture, style: TestStyle, body: readonly string[]): readonly string[] {
	const standard = body.some((line) => line.includes('urlencode(')) ? ['from urllib.parse import urlencode', ''] : [];
	return [
		...standard,
		...(style === 'pytest' ? ['import pytest'] : []),
		...(request.user ? ['from django.contrib.auth import get_user_model'] : []),
		...(request.files?.length ? ['from django.core.files.uploadedfile import SimpleUploadedFile'] : []),
		...(style === 'django' ? ['from django.test import TestCase'] : []),
	];
}

const indent = (lines: readonly string[]) => lines.map((line) => (line === '' ? '' : `    ${line}`));

function slug({ request, summary }: Capture): string {
	const source = summary.urlName ?? request.path;
	const words = source.toLowerCase().match(/[a-z0-9]+/g) ?? ['root'];
	return [request.method.toLowerCase().replace(/[^a-z]/g, ''), ...words, String(summary.status ?? 'unanswered')]
		.join('_')
		.slice(0, 70);
}

function className(capture: Capture): string {
	const words = (capture.summary.urlName ?? capture.request.path).match(/[A-Za-z0-9]+/g) ?? ['Root'];
	return `Recorded${words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('')}Tests`.slice(0, 70);
}

function docstring({ request, response, startedAt }: Capture): string {
	const query = request.query === '' ? '' : `?${request.query}`;
	const text = `Recorded ${startedAt.slice(0, 10)}: ${request.method} ${request.path}${query} -> ${response?.status ?? 'no response'}.`;
	return `"""${text.replace(/[\\"\p{Cc}]/gu, ' ').slice(0, 105)}"""`;
}

/** Rows that the request needed, marked for the author to make, and the user that was logged in. */
function setUp(capture: Capture, client: string): readonly string[] {
	const lines: string[] = [];
	const tables = tablesOf(capture);
	if (tables.length > 0) lines.push(`# TODO: make the rows that this request needs, in: ${tables.join(', ')}.`);
	const { user } = capture.request;
	if (user) {
		const pk = /^\d+$/.test(user.pk) ? user.pk : python(user.pk);
		lines.push(`# TODO: the user it was sent by, ${comment(user.repr)}: give it the permissions it needs.`);
		lines.push(`user, _ = get_user_model().objects.get_or_create(pk=${pk})`, `${client}.force_login(user)`);
	}
	const files = capture.request.files ?? [];
	if (files.length > 0) lines.push('# TODO: the uploaded files were not kept: put contents of that type in.');
	for (const [at, file] of files.entries()) {
		lines.push(`upload_${at + 1} = SimpleUploadedFile(${python(file.name)}, b"", content_type=${python(file.type)})`);
	}
	if (lines.length === 0) lines.push('# TODO: make the rows that this request needs, if any.');
	if ((capture.response?.status ?? 0) >= 500) lines.push(`${client}.raise_request_exception = False`);
	return lines;
}

/** Tables that the request's statements read or wrote, Django's own session table left out. */
function tablesOf(capture: Capture): readonly string[] {
	const names = new Set<string>();
	for (const event of [...capture.stages.flatMap((stage) => stage.events), ...(capture.events ?? [])]) {
		for (const match of (event.detail.sql ?? '').matchAll(/\b(?:FROM|JOIN|UPDATE|INTO)\s+["`[]?(\w+)/gi))
			names.add(match[1] ?? '');
	}
	names.delete('django_session');
	return [...names].filter(Boolean).slice(0, 12);
}

function send({ request }: Capture, client: string): readonly string[] {
	const method = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE)$/.test(request.method)
		? request.method.toLowerCase()
		: undefined;
	const target = python(`${request.path}${request.query === '' ? '' : `?${request.query}`}`);
	const args = [...(method ? [] : [python(request.method)]), target];
	const form = [
		...grouped(request.form?.map(({ name, value }) => [name, value]) ?? []),
		...(request.files ?? []).map(({ field }, at) => `${python(field)}: upload_${at + 1}`),
	];
	if (form.length > 0) {
		const data = `{\n${indent(form.map((line) => `${line},`)).join('\n')}\n}`;
		if (/^multipart/i.test(request.contentType ?? '') && method === 'post') args.push(`data=${data}`);
		else
			args.push(
				`data=urlencode(${data}, doseq=True)`,
				`content_type=${python(request.contentType ?? 'application/x-www-form-urlencoded')}`,
			);
	} else if (request.body?.text !== undefined && request.body.encoding !== 'base64' && request.body.text !== '') {
		args.push(`data=${python(request.body.text)}`, `content_type=${python(request.contentType ?? 'application/octet-stream')}`);
	}
	for (const [name, value] of request.headers) {
		if (/^(?:accept|accept-language|x-requested-with|hx-[\w-]+)$/i.test(name))
			args.push(`HTTP_${name.toUpperCase().replace(/-/g, '_')}=${python(value)}`);
	}
	if (request.scheme === 'https') args.push('secure=True');
	const call = `response = ${client}.${method ?? 'generic'}(`;
	const secret = args.some((arg) => secretToken.test(arg))
		? ['# TODO: secrets are not recorded: put a value of your own where a token stands.']
		: [];
	const [only] = args;
	if (args.length === 1 && only !== undefined && only.length < 60) return [...secret, `${call}${only})`];
	const lines = args.flatMap((arg) => `${arg},`.split('\n'));
	return [...secret, call, ...indent(lines), ')'];
}

/** `"name": "value"`, or a list where a name comes more than once. */
function grouped(pairs: readonly Header[]): readonly string[] {
	const values = new Map<string, string[]>();
	for (const [name, value] of pairs) {
		if (name === 'csrfmiddlewaretoken') continue; // the test client is exempt
		const known = values.get(name);
		if (known) known.push(value);
		else values.set(name, [value]);
	}
	return [...values].map(([name, all]) => {
		const [only] = all;
		return `${python(name)}: ${all.length === 1 && only !== undefined ? python(only) : `[${all.map(python).join(', ')}]`}`;
	});
}

function assertions({ response, stages }: Capture, style: TestStyle): readonly string[] {
	const equal = (got: string, wanted: string) =>
		style === 'django' ? `self.assertEqual(${got}, ${wanted})` : `assert ${got} == ${wanted}`;
	if (!response) return ['# The recording has no response to hold this one against.'];
	const lines = [equal('response.status_code', String(response.status))];
	const to = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
	if (to !== undefined && response.status >= 300 && response.status < 400) lines.push(equal('response["Location"]', python(to)));
	const matched = stages.find((stage) => stage.kind === 'resolve')?.detail.matched;
	const view = stages.some((stage) => stage.kind === 'view' && stage.outcome !== 'skipped');
	if (matched?.view && view) lines.push(equal('response.resolver_match._func_path', python(matched.view)));
	const template = stages.find((stage) => stage.kind === 'template' && isPage(stage, stages));
	if (template && style === 'django') lines.push(`self.assertTemplateUsed(response, ${python(template.name)})`);
	if (template && style === 'pytest') {
		lines.push(`assert ${python(template.name)} in [template.name for template in response.templates]`);
	}
	return lines;
}

/** A file's template that the view rendered: neither an error handler's nor one included in another. */
function isPage({ name, parent, detail }: Stage, stages: readonly Stage[]): boolean {
	const outer = stages.find((stage) => stage.id === parent);
	return detail.included !== true && !name.startsWith('<') && outer?.kind !== 'handler' && outer?.kind !== 'template';
}

const comment = (text: string) => text.replace(/\p{Cc}/gu, ' ').slice(0, 60);

/** A Python string literal in double quotes. JSON's escapes are Python's as well, but for lone surrogates and U+2028. */
function python(text: string): string {
	return JSON.stringify(text).replace(/\u007f|\u2028|\u2029/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
