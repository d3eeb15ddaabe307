/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), out and in. */
import { CAPTURE_FORMAT, type Capture, type CapturedRequest, type CapturedResponse, type Header } from '../shared/capture';
import { urlOf } from './curl';

const pairs = (headers: readonly Header[]) => headers.map(([name, value]) => ({ name, value }));
const ms = (ns: number) => Math.round(ns / 1e3) / 1e3;

/** One log of all captures, as text. `version` is the extension's own. */
export function toHar(captures: readonly Capture[], version: string): string {
	const log = { version: '1.2', creator: { name: 'Django Request Cycle', version }, entries: captures.map(entryOf) };
	return JSON.stringify({ log }, null, '\t');
}

function entryOf(capture: Capture): object {
	const { request, response } = capture;
	const wait = ms(response?.readyNs ?? capture.durationNs);
	const receive = Math.max(0, ms(capture.durationNs) - wait);
	return {
		startedDateTime: capture.startedAt,
		time: wait + receive,
		request: {
			method: request.method,
			url: urlOf(capture),
			httpVersion: request.httpVersion ?? 'HTTP/1.1',
			cookies: [],
			headers: pairs(request.headers),
			queryString: pairs(request.queryParams),
			...(request.form || request.body?.text !== undefined ? { postData: postData(request) } : {}),
			headersSize: -1,
			bodySize: request.size ?? request.body?.size ?? -1,
		},
		response: {
			status: response?.status ?? 0,
			statusText: response?.reason ?? '',
			httpVersion: request.httpVersion ?? 'HTTP/1.1',
			cookies: [],
			headers: pairs(response?.headers ?? []),
			content: {
				size: response?.body?.size ?? response?.size ?? -1,
				mimeType: response?.contentType ?? '',
				...(response?.body?.text === undefined ? {} : { text: response.body.text }),
				...(response?.body?.encoding === 'base64' ? { encoding: 'base64' } : {}),
			},
			redirectURL: response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '',
			headersSize: -1,
			bodySize: response?.size ?? -1,
		},
		cache: {},
		timings: { send: 0, wait, receive },
	};
}

function postData(request: CapturedRequest): object {
	const mimeType = request.contentType ?? '';
	if (!request.form && !request.files) return { mimeType, text: request.body?.text ?? '' };
	const files = (request.files ?? []).map(({ field, name, type }) => ({ name: field, fileName: name, contentType: type }));
	return { mimeType, params: [...(request.form ?? []).map(({ name, value }) => ({ name, value })), ...files] };
}

/**
 * The entries of a HAR as captures that have a request and a response and no stages. Entries that are none are counted
 * in `skipped`; undefined when the text is no HAR.
 */
export function fromHar(text: string): { readonly captures: readonly Capture[]; readonly skipped: number } | undefined {
	const entries = list(field(field(parsed(text), 'log'), 'entries'));
	if (entries === undefined) return undefined;
	const captures = entries.flatMap((entry, at) => captureOf(entry, at) ?? []);
	return { captures, skipped: entries.length - captures.length };
}

function captureOf(entry: unknown, at: number): Capture | undefined {
	const [asked, answered] = [field(entry, 'request'), field(entry, 'response')];
	const url = address(string(field(asked, 'url')));
	const method = string(field(asked, 'method'));
	if (url === undefined || method === undefined) return undefined;
	const time = Date.parse(string(field(entry, 'startedDateTime')) ?? '');
	const startedAt = new Date(Number.isNaN(time) ? 0 : time).toISOString();
	const durationNs = Math.max(0, Math.round((number(field(entry, 'time')) ?? 0) * 1e6));
	const id = `${Date.parse(startedAt).toString(36)}-0-${at}`;
	const response = responseOf(answered);
	return {
		format: CAPTURE_FORMAT,
		id,
		process: { pid: 0, python: '', django: '', settingsModule: '', protocol: 'wsgi', cwd: '', startup: [] },
		startedAt,
		durationNs,
		request: requestOf(asked, method, url),
		...(response ? { response } : {}),
		stages: [],
		summary: {
			id,
			startedAt,
			durationNs,
			method,
			path: url.pathname,
			...(response ? { status: response.status } : {}),
			...(response?.contentType === undefined ? {} : { contentType: response.contentType }),
			queries: 0,
			queryNs: 0,
			static: false,
			pid: 0,
		},
		losses: [{ what: 'stages', reason: 'imported from a HAR, which knows nothing of what happened within the server' }],
		recorderNs: 0,
	};
}

function requestOf(asked: unknown, method: string, url: URL): CapturedRequest {
	const post = field(asked, 'postData');
	const contentType = string(field(post, 'mimeType'));
	const params = list(field(post, 'params'))?.filter((param) => field(param, 'fileName') === undefined);
	const text = string(field(post, 'text'));
	return {
		method,
		scheme: url.protocol.replace(':', ''),
		host: url.host,
		path: url.pathname,
		query: url.search.replace(/^\?/, ''),
		queryParams: [...url.searchParams],
		headers: headersOf(asked),
		...(contentType ? { contentType } : {}),
		...(params && params.length > 0 ? { form: named(params).map(([name, value]) => ({ name, value })) } : {}),
		...(text === undefined ? {} : { body: { encoding: 'utf-8', text } }),
	};
}

function responseOf(answered: unknown): CapturedResponse | undefined {
	const status = number(field(answered, 'status'));
	if (status === undefined || !Number.isInteger(status) || status <= 0) return undefined;
	const content = field(answered, 'content');
	const contentType = string(field(content, 'mimeType'));
	const [text, size] = [string(field(content, 'text')), number(field(content, 'size'))];
	const base64 = string(field(content, 'encoding')) === 'base64';
	return {
		status,
		reason: string(field(answered, 'statusText')) ?? '',
		headers: headersOf(answered),
		...(contentType ? { contentType } : {}),
		...(size !== undefined && size >= 0 ? { size } : {}),
		...(text === undefined ? {} : { body: { encoding: base64 ? 'base64' : 'utf-8', text } }),
	};
}

const headersOf = (message: unknown) => named(list(field(message, 'headers')) ?? []);

const named = (items: readonly unknown[]) =>
	items.flatMap((item): Header[] => {
		const name = string(field(item, 'name'));
		return name === undefined ? [] : [[name, string(field(item, 'value')) ?? '']];
	});

function parsed(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}

function address(text: string | undefined): URL | undefined {
	return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

function field(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Record<string, unknown>)[name]
		: undefined;
}

const string = (value: unknown) => (typeof value === 'string' ? value : undefined);
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const list = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);
