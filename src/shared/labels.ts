/** How stages are called wherever a person reads of them. */
import type { CycleEvent, Location, Stage } from './capture';

const hooks = {
	'middleware.request': '',
	'middleware.view': 'process_view',
	'middleware.exception': 'process_exception',
	'middleware.template_response': 'process_template_response',
	'middleware.response': '',
} as const;

/** The last part of a dotted path: `django.middleware.csrf.CsrfViewMiddleware` → `CsrfViewMiddleware`. */
export function shortName(dotted: string): string {
	return dotted.slice(dotted.lastIndexOf('.') + 1) || dotted;
}

/** `SessionMiddleware in`, `CsrfViewMiddleware.process_view`, `View catalog.views.book`, `Template catalog/book.html`. */
export function stageLabel(stage: Stage): string {
	const name = clip(stage.name);
	switch (stage.kind) {
		case 'middleware.request':
			return `${clip(shortName(stage.name))} in`;
		case 'middleware.response':
			return `${clip(shortName(stage.name))} out`;
		case 'middleware.view':
		case 'middleware.exception':
		case 'middleware.template_response':
			return `${clip(shortName(stage.name))}.${hooks[stage.kind]}`;
		case 'resolve':
			return 'Resolve the URL';
		case 'view':
			return name === '' ? 'View' : `View ${name}`;
		case 'template':
			return `Template ${name}`;
		case 'handler':
			return `Handler ${name}`;
		case 'static':
			return `Static file ${name}`;
	}
}

/** A hostile capture's names may have megabytes. */
const clip = (name: string) => (name.length > 200 ? `${name.slice(0, 199)}…` : name);

/** `catalog/views.py:42`: a Django project has a `views.py` in every folder. */
export function placeLabel(location: Location): string {
	return `${/(?:[^/\\]{1,60}[/\\])?[^/\\]*$/.exec(location.file)?.[0] ?? location.file}:${location.line}`;
}

/** `312 µs`, `4.2 ms`, `1.30 s`: three figures at most, as a column of them is read. */
export function durationLabel(ns: number): string {
	if (ns < 1e3) return `${Math.round(ns)} ns`;
	if (ns < 1e6) return `${figures(ns / 1e3)} µs`;
	return ns < 1e9 ? `${figures(ns / 1e6)} ms` : `${figures(ns / 1e9)} s`;
}

const figures = (value: number) => (value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : String(Math.round(value)));

/** `1 query`, `3 queries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}

/** An event in one line, and how long it took. */
export function timedEventText(event: CycleEvent): string {
	return event.durationNs === undefined ? eventText(event) : `${eventText(event)} (${durationLabel(event.durationNs)})`;
}

/** An event in one line. */
export function eventText({ kind, detail }: CycleEvent): string {
	switch (kind) {
		case 'sql':
			return detail.sql ?? 'query';
		case 'cache':
			return `cache ${detail.operation ?? ''} ${detail.key ?? ''}${detail.hit === undefined ? '' : detail.hit ? ': hit' : ': miss'}`;
		case 'log':
			return `${detail.level ?? 'log'}: ${detail.message ?? ''}`;
		case 'signal':
			return `signal ${detail.signal ?? ''}${detail.sender ? ` from ${detail.sender}` : ''}, ${counted(detail.receivers?.length ?? 0, 'receiver')}`;
		case 'mail':
			return `mail “${detail.subject ?? ''}” to ${detail.to?.join(', ') ?? 'nobody'}`;
		case 'message':
			return `message: ${detail.message ?? ''}`;
		case 'exception':
			return `${detail.type ?? 'exception'}${detail.message ? `: ${detail.message}` : ''}${detail.handled ? ' (handled)' : ''}`;
		case 'http':
			return `${detail.operation ?? 'GET'} ${detail.url ?? ''}${detail.status === undefined ? '' : ` → ${detail.status}`}`;
	}
}

/** `812 B`, `34.1 KB`, `2.5 MB`; a kilobyte has 1,000 bytes, as in browsers' tools. */
export function sizeLabel(bytes: number): string {
	if (bytes < 1e3) return `${bytes} B`;
	return bytes < 1e6 ? `${figures(bytes / 1e3)} KB` : `${figures(bytes / 1e6)} MB`;
}
