import {
	type CancellationToken,
	CodeLens,
	type CodeLensProvider,
	type Disposable,
	EventEmitter,
	Position,
	Range,
	type TextDocument,
	workspace,
} from 'vscode';
import { Command, Setting, section } from '../../ids';
import type { FileEntry } from '../../shared/protocol/server';
import type { Captures } from '../captures/captures';
import { type Hits, type RouteHits, routeHits } from '../captures/hits';
import { LeftOut } from '../captures/leftOut';
import { MiddlewareStatistics } from '../captures/middlewareTimes';
import { routesOf } from '../cycle/filter';
import { DisposableStore } from '../disposables';
import { formatDuration, plural } from '../format';
import { Paced } from '../paced';
import type { Projects } from '../projects/projects';
import { setting } from '../settings';

/** Captures arrive in bursts; lenses follow at this pace. Milliseconds. */
const pace = 1000;

/** Above views, the URLs that reach them; above views, `path()` calls and middleware, what was recorded. */
export class Lenses implements CodeLensProvider, Disposable {
	private readonly store = new DisposableStore();
	private readonly changed = this.store.add(new EventEmitter<void>());
	readonly onDidChangeCodeLenses = this.changed.event;
	private readonly refreshes = this.store.add(new Paced(() => this.changed.fire(), pace));
	private readonly middleware: MiddlewareStatistics;
	private readonly leftOut: LeftOut;

	constructor(
		private readonly projects: Projects,
		private readonly captures: Captures,
	) {
		this.middleware = new MiddlewareStatistics(captures);
		this.leftOut = new LeftOut(captures);
		this.store.add(projects.client.onModelChanged(() => this.changed.fire()));
		this.store.add(captures.onDidChange(() => this.refreshes.ask()));
		this.store.add(
			workspace.onDidChangeConfiguration((event) => {
				if (event.affectsConfiguration(`${section}.${Setting.codeLens}`)) this.changed.fire();
			}),
		);
	}

	async provideCodeLenses(document: TextDocument, token: CancellationToken): Promise<CodeLens[]> {
		if (setting(Setting.codeLens, document.uri) === false) return [];
		void this.captures.follow();
		const { entries } = await this.projects.client.routesInFile(document.uri, token);
		if (token.isCancellationRequested) return [];
		if (entries.some((entry) => entry.kind === 'middleware')) await Promise.all([this.middleware.look(), this.leftOut.look()]);
		const hits = routeHits(this.captures.summaries, this.projects.knownModels);
		return entries.filter((entry) => entry.line <= document.lineCount).flatMap((entry) => this.lensesOf(entry, hits));
	}

	dispose(): void {
		this.store.dispose();
	}

	private lensesOf(entry: FileEntry, hits: RouteHits): CodeLens[] {
		const at = new Position(Math.max(0, entry.line - 1), 0);
		const range = new Range(at, at);
		const lenses: CodeLens[] = [];
		if (entry.kind === 'view') {
			for (const route of entry.routes.slice(0, 3)) {
				const title = route.fullName ? `${route.fullPath} (${route.fullName})` : route.fullPath;
				const place = route.site;
				lenses.push(
					new CodeLens(range, {
						title,
						tooltip: 'Open its path() line',
						command: place ? Command.openPlace : '',
						arguments: place ? [place] : [],
					}),
				);
			}
			if (entry.routes.length > 3) {
				const title = `and ${entry.routes.length - 3} more`;
				lenses.push(new CodeLens(range, { title, command: Command.goToRoute, arguments: [entry.symbol] }));
			}
		}
		if (entry.kind === 'middleware') return this.middlewareLenses(range, entry.symbol, hits);
		const recorded = this.recorded(entry, hits);
		if (recorded) lenses.push(...replayLenses(range, recorded));
		return lenses;
	}

	/** A middleware's own numbers: the requests that came so far, what it itself took and did. */
	private middlewareLenses(range: Range, path: string, hits: RouteHits): CodeLens[] {
		const recorded = hits.reached(path);
		const [latest] = recorded?.captures ?? [];
		if (!recorded || !latest) return [];
		const own = this.middleware.of(path);
		const unused = this.leftOut.why(path);
		if (unused !== undefined && !own) {
			const why = unused === '' ? '' : `: ${unused}`;
			const title = `$(circle-slash) left out when the server started (MiddlewareNotUsed)${why}`;
			return [replayLens(range, title, latest.id, 'Replay the latest capture')];
		}
		const sample = own && own.of < recorded.count ? ` in the latest ${own.of}` : '';
		const numbers = own ? `, last ${own.lastOutcome}, own median ${formatDuration(own.medianNs)}${sample}` : '';
		const lenses = [
			replayLens(range, `$(history) ${plural(recorded.count, 'hit')}${numbers}`, latest.id, 'Replay the latest that reached it'),
		];
		if (own && own.of > 1 && own.slowest.id !== latest.id)
			lenses.push(
				replayLens(range, `slowest ${formatDuration(own.slowest.ownNs)}`, own.slowest.id, 'Replay where it took longest itself'),
			);
		const refused = hits.ofMiddleware(path)?.captures[0];
		const decided = own?.decided ?? (refused && { id: refused.id, outcome: `answered ${refused.status ?? ''}`.trim() });
		if (decided && decided.id !== latest.id)
			lenses.push(
				replayLens(range, `last ${decided.outcome}`, decided.id, 'Replay the last that it answered itself or raised in'),
			);
		return lenses;
	}

	private recorded(entry: FileEntry, hits: RouteHits): Hits | undefined {
		if (entry.kind === 'view') return hits.ofView(entry.symbol);
		const ids = new Set(entry.routes.map((route) => route.id));
		const routes = this.projects.knownModels.flatMap((model) => routesOf(model.urls)).filter((route) => ids.has(route.id));
		return routes.map((route) => hits.of(route)).find((found) => found !== undefined);
	}
}

function replayLens(range: Range, title: string, id: string, tooltip: string): CodeLens {
	return new CodeLens(range, { title, tooltip, command: Command.replayLatest, arguments: [id] });
}

function replayLenses(range: Range, { captures, count, lastStatus, medianNs }: Hits): CodeLens[] {
	const [latest] = captures;
	if (!latest) return [];
	const lens = (title: string, id: string, tooltip: string) => replayLens(range, title, id, tooltip);
	const status = lastStatus === undefined ? '' : `, last ${lastStatus}`;
	const lenses = [
		lens(
			`$(history) ${plural(count, 'hit')}${status}, median ${formatDuration(medianNs)}`,
			latest.id,
			'Replay the latest capture',
		),
	];
	const slowest = captures.reduce((a, b) => (b.durationNs > a.durationNs ? b : a));
	if (captures.length > 1 && slowest.id !== latest.id) {
		lenses.push(lens(`slowest ${formatDuration(slowest.durationNs)}`, slowest.id, 'Replay the slowest capture'));
	}
	const failed = captures.find((summary) => (summary.status ?? 500) >= 400 || summary.exception !== undefined);
	if (failed && failed.id !== latest.id) {
		lenses.push(lens(`last failed ${failed.status ?? ''}`.trim(), failed.id, 'Replay the last capture that failed'));
	}
	return lenses;
}
