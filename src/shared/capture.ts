/**
 * A capture: one recorded request, as the recorder writes it and every other part reads it.
 *
 * The normative form is the JSON Schema in `src/capture/capture.schema.json`; both halves test against it.
 * Times are integer nanoseconds from the request's start (`time.perf_counter_ns`), unless a name says otherwise.
 */

/** The version this code writes and reads; a reader refuses a higher one with a message. */
export const CAPTURE_FORMAT = 1;

export interface Capture {
	readonly format: number;
	/** Sortable by time and unique within a store: `<startedAt in ms, base 36>-<pid>-<counter>`. */
	readonly id: string;
	readonly process: ProcessInfo;
	/** Wall-clock start, ISO 8601 in UTC with milliseconds. */
	readonly startedAt: string;
	readonly durationNs: number;
	readonly request: CapturedRequest;
	/** Absent when the client went away or the server ended before a response existed. */
	readonly response?: CapturedResponse;
	/** In start order; nesting through `parent`. */
	readonly stages: readonly Stage[];
	/** Events outside every stage: receivers of `request_started`, work after the response. Absent when there were none. */
	readonly events?: readonly CycleEvent[];
	readonly summary: CaptureSummary;
	/** Project lines that ran, per frame, when line recording was armed. */
	readonly frames?: readonly RecordedFrame[];
	/** SHA-1 by file, for project files whose locations carry none: those of events, patterns and answers. */
	readonly sources?: Readonly<Record<string, string>>;
	/** What the limits cut or the recorder could not see, each with its reason. */
	readonly losses: readonly Loss[];
	/** The recorder's own time within the request. */
	readonly recorderNs: number;
	/**
	 * The recorder's time after the response was sent: building this document, compressing and writing it, and what had
	 * followed the writing of the capture before.
	 */
	readonly encodeNs?: number;
}

/** What the requests view shows without opening the capture; also the record in the store's index. */
export interface CaptureSummary {
	readonly id: string;
	readonly startedAt: string;
	readonly durationNs: number;
	readonly method: string;
	readonly path: string;
	readonly status?: number;
	readonly contentType?: string;
	/** Dotted name of the matched view: the real function or class behind the callback. */
	readonly view?: string;
	/** The matched route, joined as Django's `ResolverMatch.route`. */
	readonly route?: string;
	readonly urlName?: string;
	readonly queries: number;
	readonly queryNs: number;
	/** `module.Class: message` of the exception that decided the response. */
	readonly exception?: string;
	/** Dotted path of the middleware that answered in place of the view. */
	readonly refusedBy?: string;
	readonly static: boolean;
	/** For a static file: the id of the page's capture that asked for it (by Referer). */
	readonly page?: string;
	readonly pid: number;
	readonly ajax?: boolean;
}

export interface ProcessInfo {
	readonly pid: number;
	readonly python: string;
	readonly django: string;
	readonly settingsModule: string;
	/** `wsgi` or `asgi`. */
	readonly protocol: 'wsgi' | 'asgi' | 'test';
	readonly server?: string;
	readonly host?: string;
	readonly port?: number;
	readonly cwd: string;
	readonly baseDir?: string;
	/** Settings module first, then each middleware in load order (the reverse of `MIDDLEWARE`). */
	readonly startup: readonly StartupStep[];
}

export interface StartupStep {
	/** `get_response`: the handler's innermost part, which resolves and calls the view; present when Django had to adapt it. */
	readonly kind: 'settings' | 'middleware' | 'get_response';
	readonly name: string;
	readonly durationNs: number;
	readonly location?: Location;
	/** `MiddlewareNotUsed` was raised: its message, which may be empty. */
	readonly notUsed?: string;
	/** The adaptation Django made around it, and why. */
	readonly adapted?: 'sync_to_async' | 'async_to_sync';
	readonly adaptedFor?: string;
}

export interface Location {
	/** Absolute path as the recording process saw it. */
	readonly file: string;
	/** 1-based. */
	readonly line: number;
	readonly endLine?: number;
	/** `module.qualname`. */
	readonly symbol?: string;
	/** SHA-1 of the file's bytes when it was recorded, for project files. */
	readonly sha1?: string;
}

export type Header = readonly [name: string, value: string];

export interface CapturedRequest {
	readonly method: string;
	readonly scheme: string;
	readonly host?: string;
	readonly path: string;
	/** Raw query string without `?`, redacted. */
	readonly query: string;
	/** Decoded pairs, in order. */
	readonly queryParams: readonly Header[];
	readonly headers: readonly Header[];
	readonly contentType?: string;
	readonly size?: number;
	readonly form?: readonly FormField[];
	readonly files?: readonly UploadedFile[];
	readonly body?: Body;
	readonly remoteAddr?: string;
	readonly httpVersion?: string;
	readonly user?: { readonly pk: string; readonly repr: string };
}

export interface FormField {
	readonly name: string;
	readonly value: string;
	readonly redacted?: boolean;
	readonly truncated?: boolean;
}

export interface UploadedFile {
	readonly field: string;
	readonly name: string;
	readonly type: string;
	readonly size: number;
	/** `data:` URL of a small copy, or of the whole image when it is small; made without an imaging library. */
	readonly thumbnail?: string;
}

export interface CapturedResponse {
	readonly status: number;
	readonly reason: string;
	readonly headers: readonly Header[];
	readonly contentType?: string;
	readonly charset?: string;
	readonly size?: number;
	readonly body?: Body;
	readonly streaming?: Streaming;
	/** For a `FileResponse`: the file it sends. */
	readonly filename?: string;
	/** When the handler gave the response to the server. */
	readonly readyNs?: number;
	/** When the server had sent it and closed it; what ran later is work after the response. */
	readonly sentNs?: number;
}

export interface Body {
	/** How `text` stands for the bytes; absent text with `notRead` when the application never read it. */
	readonly encoding?: 'utf-8' | 'base64';
	readonly text?: string;
	/** Bytes of the whole body where known. */
	readonly size?: number;
	readonly truncated?: boolean;
	/** The application never read it, or only part of it. */
	readonly notRead?: boolean;
	/** Why there is no `text` though the body was there: too large, a content encoding that can't be undone, Django's debug page, … */
	readonly reason?: string;
}

export interface Streaming {
	readonly chunks: readonly { readonly atNs: number; readonly size: number }[];
	readonly chunkCount: number;
	readonly closedEarly?: boolean;
	/** What was raised while it was streamed, after the headers had gone out. */
	readonly exception?: ExceptionInfo;
}

export type StageKind =
	| 'middleware.request'
	| 'resolve'
	| 'middleware.view'
	| 'view'
	| 'middleware.exception'
	| 'middleware.template_response'
	| 'template'
	| 'middleware.response'
	| 'static'
	/** The error handler that made a response of an exception: `handler404`'s view, Django's technical 500 page, … */
	| 'handler';

/** `responded`: it answered itself and what lies further in never ran. */
export type Outcome = 'passed' | 'responded' | 'raised' | 'skipped';

export interface Stage {
	readonly id: number;
	readonly parent?: number;
	readonly kind: StageKind;
	/** Dotted path of the middleware, view or resolver; the template's name. */
	readonly name: string;
	readonly location?: Location;
	readonly startNs: number;
	readonly endNs: number;
	/** Time spent in this stage itself, inner stages taken off. */
	readonly selfNs: number;
	readonly outcome: Outcome;
	readonly changes: readonly Change[];
	readonly events: readonly CycleEvent[];
	readonly detail: StageDetail;
}

/** Fields that apply to the stage's kind; all optional. */
export interface StageDetail {
	/** The hook that acted: `process_request`, `__call__`, …; absent where the middleware has none for this direction. */
	readonly hook?: string;
	readonly async?: boolean;
	readonly adapted?: 'sync_to_async' | 'async_to_sync';
	/** middleware.response: the id of the `middleware.request` stage of the same middleware. */
	readonly enteredBy?: number;
	/** Why a stage refused (CSRF's reason, DisallowedHost's message, …). */
	readonly reason?: string;
	/** Where the short circuit's response was returned, or the exception raised. */
	readonly answeredAt?: Location;
	readonly status?: number;
	readonly exception?: ExceptionInfo;
	/** resolve */
	readonly urlconf?: string;
	readonly tried?: readonly TriedPattern[];
	readonly matched?: ResolvedRoute;
	/** view */
	readonly args?: readonly ValuePreview[];
	readonly kwargs?: Readonly<Record<string, ValuePreview>>;
	/** Decorators and wrappers around the real view, outermost first. */
	readonly wrappers?: readonly { readonly name: string; readonly location?: Location }[];
	readonly viewClass?: string;
	/** The method that handled the request in a class-based view: `get`, `list`, … */
	readonly action?: string;
	readonly actionLocation?: Location;
	/** template */
	readonly engine?: string;
	readonly origin?: string;
	/** The parent that `{% extends %}` names; `parents` is the whole chain, nearest first. */
	readonly extends?: string;
	readonly parents?: readonly { readonly name: string; readonly origin?: string }[];
	readonly included?: boolean;
	readonly context?: readonly { readonly name: string; readonly value: ValuePreview }[];
	/** static */
	readonly source?: string;
}

export interface TriedPattern {
	/** `str()` of Django's pattern. */
	readonly pattern: string;
	readonly kind: 'route' | 'regex' | 'locale_prefix' | 'other';
	/** Nesting depth, 0 for the root URLconf's own patterns. */
	readonly depth: number;
	readonly include?: boolean;
	readonly outcome: 'matched' | 'no match' | 'prefix';
	readonly name?: string;
	readonly namespace?: string;
	/** Where `path()` was called, where known. */
	readonly location?: Location;
	readonly rest?: string;
	/** A converter's `to_python` raised ValueError, … */
	readonly reason?: string;
}

export interface ResolvedRoute {
	readonly route: string;
	readonly urlName?: string;
	readonly namespaces: readonly string[];
	readonly appNames: readonly string[];
	readonly view: string;
	readonly viewLocation?: Location;
	readonly args: readonly ValuePreview[];
	readonly kwargs: Readonly<Record<string, ValuePreview>>;
	readonly converters?: Readonly<Record<string, string>>;
}

export interface ExceptionInfo {
	readonly type: string;
	readonly message: string;
	/** Innermost last; library frames are kept without locals. */
	readonly frames: readonly ExceptionFrame[];
	/** The tag that was rendered or compiled, as Django's debug page would show it; with `DEBUG` alone. */
	readonly templateLocation?: Location;
	readonly templateTag?: string;
	readonly cause?: ExceptionInfo;
}

export interface ExceptionFrame {
	readonly location: Location;
	readonly project: boolean;
	readonly source?: string;
	readonly locals?: Readonly<Record<string, ValuePreview>>;
}

export interface Change {
	/** `request.user`, `request.META[REMOTE_ADDR]`, `request.session[cart]`, `response.headers[X-Time]`, `response.status_code` … */
	readonly path: string;
	readonly before?: ValuePreview;
	readonly after?: ValuePreview;
}

/** A bounded, redacted preview, taken without calling into lazy objects or the database. */
export interface ValuePreview {
	readonly type: string;
	readonly repr: string;
	readonly children?: readonly { readonly key: string; readonly value: ValuePreview }[];
	readonly size?: number;
	readonly truncated?: boolean;
	readonly redacted?: boolean;
	/** Same number: the same object within the capture. */
	readonly ref?: number;
}

export type EventKind = 'sql' | 'cache' | 'log' | 'signal' | 'mail' | 'message' | 'exception' | 'http';

export interface CycleEvent {
	readonly kind: EventKind;
	readonly atNs: number;
	readonly durationNs?: number;
	/** The project line that caused it. */
	readonly location?: Location;
	readonly detail: EventDetail;
}

/** Fields that apply to the event's kind; all optional. */
export interface EventDetail {
	/** sql */
	readonly sql?: string;
	readonly params?: string;
	readonly alias?: string;
	readonly vendor?: string;
	readonly rows?: number;
	readonly many?: boolean;
	/** Same text for queries that differ in their literals only. */
	readonly shape?: string;
	/** sql, cache, http: the error's text. */
	readonly error?: string;
	/** cache: `get`, `set`, …; http: the method. */
	readonly operation?: string;
	readonly key?: string;
	readonly hit?: boolean;
	/** log */
	readonly level?: string;
	readonly logger?: string;
	/** log, message, exception */
	readonly message?: string;
	/** signal */
	readonly signal?: string;
	readonly sender?: string;
	readonly receivers?: readonly { readonly name: string; readonly durationNs?: number; readonly location?: Location }[];
	/** mail */
	readonly subject?: string;
	readonly to?: readonly string[];
	/** http */
	readonly url?: string;
	readonly status?: number;
	/** exception */
	readonly type?: string;
	readonly handled?: boolean;
}

export interface RecordedFrame {
	readonly id: number;
	readonly parent?: number;
	readonly stage: number;
	readonly location: Location;
	readonly lines: readonly RecordedLine[];
	readonly returned?: ValuePreview;
	readonly raised?: string;
	readonly truncated?: boolean;
}

export interface RecordedLine {
	readonly line: number;
	readonly atNs: number;
	/** Locals that this line left changed. */
	readonly values?: Readonly<Record<string, ValuePreview>>;
}

export interface Loss {
	/** What was lost: `events`, `body`, `frames`, `change`, `recorder` … */
	readonly what: string;
	readonly reason: string;
	readonly count?: number;
}

/**
 * `control.json` in the capture folder: read by running servers before each request (by mtime), written by the editor.
 * Every field is optional; absent means the documented default.
 */
export interface Control {
	readonly paused?: boolean;
	/** Record lines: for the next request, for requests whose route equals `route`, or always. */
	readonly lines?: { readonly mode: 'off' | 'next' | 'route' | 'always'; readonly route?: string; readonly armedAt?: string };
	readonly ignore?: readonly { readonly path?: string; readonly method?: string; readonly status?: string }[];
	readonly limits?: Partial<Limits>;
	/** Words that mark a name as secret, beyond the built-in ones. */
	readonly secretNames?: readonly string[];
}

export interface Limits {
	/** Captures kept in the folder. */
	readonly captures: number;
	/** Bytes kept in the folder. */
	readonly bytes: number;
	readonly eventsPerCapture: number;
	readonly textBodyBytes: number;
	readonly imageBodyBytes: number;
	readonly otherBodyBytes: number;
	readonly reprChars: number;
	readonly linesPerFrame: number;
	readonly frames: number;
	readonly stagesPerCapture: number;
}

/** `recorder-<pid>.json` in the capture folder: what went wrong in a recording process, shown in the requests view. */
export interface RecorderHealth {
	readonly pid: number;
	/** Errors of the recorder's own, swallowed so that the request went on. */
	readonly errors: number;
	/** Captures that could not be written. */
	readonly lost: number;
	/** The newest messages, at most 20. */
	readonly messages: readonly string[];
}
