/**
 * The shape of a capture, as `capture.schema.json` and `shared/capture.ts` have it, checked before anything else sees it:
 * what passes can be handed on as a `Capture`. Unknown fields are left alone.
 */
import type { Capture, CaptureSummary, RecorderHealth } from '../shared/capture';
import { type Check, flag, integer, list, nested, number, object, oneOf, record, text, tuple } from './shape';

/** Deeper than any recorder previews; a hostile file goes deeper. */
const depth = 40;

const location = object({ file: text, line: integer }, { endLine: integer, symbol: text, sha1: text });
const preview = nested(depth, (inner) =>
	object(
		{ type: text, repr: text },
		{ children: list(object({ key: text, value: inner })), size: number, truncated: flag, redacted: flag, ref: number },
	),
);
const header = tuple(text, text);
const body = object({}, { encoding: oneOf('utf-8', 'base64'), text, size: number, truncated: flag, notRead: flag, reason: text });

const request = object(
	{ method: text, scheme: text, path: text, query: text, queryParams: list(header), headers: list(header) },
	{
		host: text,
		contentType: text,
		size: number,
		form: list(object({ name: text, value: text }, { redacted: flag, truncated: flag })),
		files: list(object({ field: text, name: text, type: text, size: number }, { thumbnail: text })),
		body,
		remoteAddr: text,
		httpVersion: text,
		user: object({ pk: text, repr: text }),
	},
);

const exception = nested(depth, (cause) =>
	object(
		{ type: text, message: text, frames: list(object({ location, project: flag }, { source: text, locals: record(preview) })) },
		{ templateLocation: location, templateTag: text, cause },
	),
);

const response = object(
	{ status: integer, reason: text, headers: list(header) },
	{
		contentType: text,
		charset: text,
		size: number,
		body,
		streaming: object(
			{ chunks: list(object({ atNs: number, size: number })), chunkCount: number },
			{ closedEarly: flag, exception },
		),
		filename: text,
		readyNs: number,
		sentNs: number,
	},
);

const adapted = oneOf('sync_to_async', 'async_to_sync');

const tried = object(
	{
		pattern: text,
		kind: oneOf('route', 'regex', 'locale_prefix', 'other'),
		depth: integer,
		outcome: oneOf('matched', 'no match', 'prefix'),
	},
	{ include: flag, name: text, namespace: text, location, rest: text, reason: text },
);

const matched = object(
	{ route: text, namespaces: list(text), appNames: list(text), view: text, args: list(preview), kwargs: record(preview) },
	{ urlName: text, viewLocation: location, converters: record(text) },
);

const detail = object(
	{},
	{
		hook: text,
		async: flag,
		adapted,
		enteredBy: integer,
		reason: text,
		answeredAt: location,
		status: integer,
		exception,
		urlconf: text,
		tried: list(tried),
		matched,
		args: list(preview),
		kwargs: record(preview),
		wrappers: list(object({ name: text }, { location })),
		viewClass: text,
		action: text,
		actionLocation: location,
		engine: text,
		origin: text,
		extends: text,
		included: flag,
		context: list(object({ name: text, value: preview })),
		source: text,
	},
);

const event = object(
	{
		kind: oneOf('sql', 'cache', 'log', 'signal', 'mail', 'message', 'exception', 'http'),
		atNs: number,
		detail: object(
			{},
			{
				sql: text,
				params: text,
				alias: text,
				vendor: text,
				rows: number,
				many: flag,
				shape: text,
				error: text,
				operation: text,
				key: text,
				hit: flag,
				level: text,
				logger: text,
				message: text,
				signal: text,
				sender: text,
				receivers: list(object({ name: text }, { durationNs: number, location })),
				subject: text,
				to: list(text),
				url: text,
				status: integer,
				type: text,
				handled: flag,
			},
		),
	},
	{ durationNs: number, location },
);

const stage = object(
	{
		id: integer,
		kind: oneOf(
			'middleware.request',
			'resolve',
			'middleware.view',
			'view',
			'middleware.exception',
			'middleware.template_response',
			'template',
			'middleware.response',
			'static',
			'handler',
		),
		name: text,
		startNs: number,
		endNs: number,
		selfNs: number,
		outcome: oneOf('passed', 'responded', 'raised', 'skipped'),
		changes: list(object({ path: text }, { before: preview, after: preview })),
		events: list(event),
		detail,
	},
	{ parent: integer, location },
);

const summary = object(
	{
		id: text,
		startedAt: text,
		durationNs: number,
		method: text,
		path: text,
		queries: number,
		queryNs: number,
		static: flag,
		pid: integer,
	},
	{
		status: integer,
		contentType: text,
		view: text,
		route: text,
		urlName: text,
		exception: text,
		refusedBy: text,
		page: text,
		ajax: flag,
	},
);

const process = object(
	{
		pid: integer,
		python: text,
		django: text,
		settingsModule: text,
		protocol: oneOf('wsgi', 'asgi', 'test'),
		cwd: text,
		startup: list(
			object(
				{ kind: oneOf('settings', 'middleware', 'get_response'), name: text, durationNs: number },
				{ location, notUsed: text, adapted, adaptedFor: text },
			),
		),
	},
	{ server: text, host: text, port: integer, baseDir: text },
);

const frame = object(
	{
		id: integer,
		stage: integer,
		location,
		lines: list(object({ line: integer, atNs: number }, { values: record(preview) })),
	},
	{ parent: integer, returned: preview, raised: text, truncated: flag },
);

const capture = object(
	{
		format: integer,
		id: text,
		process,
		startedAt: text,
		durationNs: number,
		request,
		stages: list(stage),
		summary,
		losses: list(object({ what: text, reason: text }, { count: number })),
		recorderNs: number,
	},
	{ response, events: list(event), frames: list(frame), sources: record(text), encodeNs: number },
);

/** The first thing wrong with a parsed capture, in words; undefined when it is one. */
export const captureProblem: Check = (value) => {
	const problem = capture(value);
	return problem ?? duplicateId(value as Capture);
};

function duplicateId({ stages }: Capture): string | undefined {
	const ids = new Set<number>();
	for (const [at, { id }] of stages.entries()) {
		if (id < 0 || ids.has(id)) return `.stages[${at}].id is ${id < 0 ? 'negative' : 'there twice'}`;
		ids.add(id);
	}
	return undefined;
}

/** Whether the value has the shape of `capture.schema.json`. */
export function isCapture(value: unknown): value is Capture {
	return captureProblem(value) === undefined;
}

/** Whether the value has the shape of a line of the index. */
export function isSummary(value: unknown): value is CaptureSummary {
	return summary(value) === undefined;
}

const health = object({ pid: integer, errors: number, lost: number, messages: list(text) });

/** Whether the value has the shape of a recorder's health file. */
export function isHealth(value: unknown): value is RecorderHealth {
	return health(value) === undefined;
}
