import { basename } from 'node:path';
import { type DebugAdapter, type DebugProtocolMessage, EventEmitter, Uri } from 'vscode';
import type { Capture } from '../../shared/capture';
import type { Story } from '../../shared/story';
import type { Sources } from '../replay/sources';
import { type Moment, momentsOf, type StackEntry } from './moments';
import { type Scope, scopesOf, type Variable } from './variables';

/** What a session is about, and whom it tells where it stands. */
export interface Recorded {
	readonly capture: Capture;
	readonly story: Story;
	readonly sources: Sources;
	/** Where to begin; without it at the request. */
	readonly step?: number;
	moved(step: number): void;
}

interface Request {
	readonly seq: number;
	readonly type: string;
	readonly command: string;
	readonly arguments?: Readonly<Record<string, unknown>>;
}

type Body = Readonly<Record<string, unknown>>;

const thread = 1;

/**
 * A debug session on a recording: the Debug Adapter Protocol (microsoft.github.io/debug-adapter-protocol) over a list of
 * moments. Nothing runs; stepping goes both ways.
 */
export class ReplayDebugAdapter implements DebugAdapter {
	private readonly emitter = new EventEmitter<DebugProtocolMessage>();
	readonly onDidSendMessage = this.emitter.event;
	private readonly moments: readonly Moment[];
	private readonly places = new Map<StackEntry, { readonly file: string; readonly line: number } | string>();
	private breakpoints = new Map<string, ReadonlySet<number>>();
	private stopOnExceptions = true;
	private at = 0;
	private seq = 1;
	/** What references stand for; new with every stop. */
	private references: ((() => readonly Variable[]) | undefined)[] = [undefined];

	constructor(private readonly recorded: Recorded) {
		this.moments = momentsOf(recorded.capture, recorded.story);
	}

	handleMessage(message: DebugProtocolMessage): void {
		const request = message as Request;
		if (request.type !== 'request') return;
		void this.answer(request);
	}

	dispose(): void {
		this.emitter.dispose();
	}

	private async answer(request: Request): Promise<void> {
		try {
			const body = await this.handle(request.command, request.arguments ?? {});
			this.send({ type: 'response', request_seq: request.seq, success: true, command: request.command, body });
			await this.after(request.command);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			this.send({ type: 'response', request_seq: request.seq, success: false, command: request.command, message });
		}
	}

	private async handle(command: string, args: Body): Promise<Body | undefined> {
		switch (command) {
			case 'initialize':
				return {
					supportsConfigurationDoneRequest: true,
					supportsStepBack: true,
					supportsEvaluateForHovers: true,
					exceptionBreakpointFilters: [{ filter: 'raised', label: 'Exceptions', default: true }],
				};
			case 'launch':
				await this.placeAll();
				return undefined;
			case 'setBreakpoints':
				return this.setBreakpoints(args);
			case 'setExceptionBreakpoints':
				this.stopOnExceptions = Array.isArray(args['filters']) && args['filters'].includes('raised');
				return undefined;
			case 'threads':
				return {
					threads: [{ id: thread, name: `${this.recorded.capture.request.method} ${this.recorded.capture.request.path}` }],
				};
			case 'stackTrace':
				return this.stackTrace();
			case 'scopes':
				return this.scopes(Number(args['frameId']));
			case 'variables':
				return this.variables(Number(args['variablesReference']));
			case 'evaluate':
				return this.evaluate(String(args['expression'] ?? ''), Number(args['frameId'] ?? 0));
			case 'continue':
				return { allThreadsContinued: true };
			case 'configurationDone':
			case 'next':
			case 'stepIn':
			case 'stepOut':
			case 'stepBack':
			case 'reverseContinue':
			case 'pause':
			case 'disconnect':
			case 'terminate':
				return undefined;
			default:
				throw new Error(`A recording can’t do this: ${command}`);
		}
	}

	/** What follows a response: the session moves and stops again. */
	private async after(command: string): Promise<void> {
		const depth = this.depth(this.at);
		const nesting = this.nesting(this.at);
		switch (command) {
			case 'launch':
				this.event('initialized', {});
				return;
			case 'configurationDone':
				this.at = this.beginning;
				this.stop('entry');
				return;
			case 'next':
				return this.moveTo(this.find(1, (at) => this.nesting(at) <= nesting) ?? this.moments.length - 1, 'step');
			case 'stepIn':
				return this.moveTo(Math.min(this.at + 1, this.moments.length - 1), 'step');
			case 'stepOut':
				return this.moveTo(this.find(1, (at) => this.depth(at) < depth) ?? this.moments.length - 1, 'step');
			case 'stepBack':
				return this.moveTo(this.find(-1, (at) => this.nesting(at) <= nesting) ?? 0, 'step');
			case 'continue':
				return this.run(1);
			case 'reverseContinue':
				return this.run(-1);
			case 'pause':
				this.stop('pause');
				return;
			default:
				return;
		}
	}

	private depth(at: number): number {
		return this.moments[at]?.stack.length ?? 0;
	}

	/** Depth without the middleware around: stepping over goes on to the next one in, and not past all that it calls. */
	private nesting(at: number): number {
		return this.moments[at]?.stack.filter((entry) => entry.around !== true).length ?? 0;
	}

	/** The first moment of the step that the session was asked to begin at. */
	private get beginning(): number {
		const { step } = this.recorded;
		return step === undefined
			? 0
			: Math.max(
					0,
					this.moments.findIndex((moment) => moment.step === step),
				);
	}

	private find(direction: 1 | -1, good: (at: number) => boolean): number | undefined {
		for (let at = this.at + direction; at >= 0 && at < this.moments.length; at += direction) if (good(at)) return at;
		return undefined;
	}

	private run(direction: 1 | -1): void {
		const hit = this.find(direction, (at) => this.hits(at) || this.raises(at));
		const end = direction === 1 ? this.moments.length - 1 : 0;
		this.moveTo(hit ?? end, hit === undefined ? 'end of the recording' : this.hits(hit) ? 'breakpoint' : 'exception');
	}

	private hits(at: number): boolean {
		const top = this.moments[at]?.stack[0];
		const place = top && this.places.get(top);
		return typeof place === 'object' && (this.breakpoints.get(place.file)?.has(place.line) ?? false);
	}

	private raises(at: number): boolean {
		const moment = this.moments[at];
		return (
			this.stopOnExceptions && moment?.line === undefined && this.recorded.story.steps[moment?.step ?? -1]?.exception === true
		);
	}

	private moveTo(at: number, reason: string): void {
		this.at = at;
		this.stop(reason);
	}

	private stop(reason: string): void {
		this.references = [undefined];
		const moment = this.moments[this.at];
		if (moment) this.recorded.moved(moment.step);
		const known = ['entry', 'step', 'breakpoint', 'exception', 'pause'].includes(reason);
		const exception = reason === 'exception' ? moment?.stack[0]?.stage?.detail.exception : undefined;
		this.event('stopped', {
			reason: known ? reason : 'step',
			description: known ? undefined : `At the ${this.at === 0 ? 'beginning' : 'end'} of the recording`,
			threadId: thread,
			allThreadsStopped: true,
			...(exception ? { text: `${exception.type}: ${exception.message}` } : {}),
		});
	}

	private async placeAll(): Promise<void> {
		const entries = this.moments.flatMap(({ stack }) =>
			stack.flatMap((entry) => (entry.location ? [{ entry, location: entry.location }] : [])),
		);
		const places = await this.recorded.sources.anchorAll(entries);
		for (const [at, { entry }] of entries.entries()) {
			const found = places[at];
			if (found) this.places.set(entry, 'missing' in found ? found.missing : { file: found.file, line: found.line });
		}
	}

	private setBreakpoints(args: Body): Body {
		const source = args['source'];
		const path = pathOf(typeof source === 'object' && source !== null && 'path' in source ? String(source.path) : '');
		const wanted = (Array.isArray(args['breakpoints']) ? args['breakpoints'] : []).map((one: { line?: unknown }) =>
			Number(one.line),
		);
		this.breakpoints.set(path, new Set(wanted));
		const tops = this.moments.map((moment) => moment.stack[0] && this.places.get(moment.stack[0]));
		const reached = new Set(tops.flatMap((place) => (typeof place === 'object' && place.file === path ? [place.line] : [])));
		return {
			breakpoints: wanted.map((line) => ({
				line,
				verified: reached.has(line),
				...(reached.has(line) ? {} : { message: 'Nothing was recorded at this line.' }),
			})),
		};
	}

	private stackTrace(): Body {
		const stack = this.moments[this.at]?.stack ?? [];
		const stackFrames = stack.map((entry, id) => {
			const place = this.places.get(entry);
			if (typeof place !== 'object') {
				const why = place === undefined ? '' : ` (${place})`;
				return { id: id + 1, name: `${entry.name}${why}`, line: 0, column: 0, presentationHint: 'subtle' };
			}
			return {
				id: id + 1,
				name: entry.name,
				line: place.line,
				column: 1,
				source: { name: basename(place.file), path: place.file },
			};
		});
		return { stackFrames, totalFrames: stackFrames.length };
	}

	private scopesAt(frameId: number): Scope[] {
		const moment = this.moments[this.at];
		const entry = moment?.stack[Math.max(0, frameId - 1)];
		return moment && entry ? scopesOf(this.recorded.capture, this.recorded.story, moment, entry) : [];
	}

	private scopes(frameId: number): Body {
		return {
			scopes: this.scopesAt(frameId).map(({ name, variables }) => ({
				name,
				variablesReference: this.references.push(variables) - 1,
				expensive: name === 'Stage',
			})),
		};
	}

	private variables(reference: number): Body {
		return { variables: (this.references[reference]?.() ?? []).map((variable) => this.shown(variable)) };
	}

	private shown({ name, value, type, children }: Variable): Body {
		return { name, value, ...(type ? { type } : {}), variablesReference: children ? this.references.push(children) - 1 : 0 };
	}

	/** Names that were recorded: nothing is run. */
	private evaluate(expression: string, frameId: number): Body {
		const path = expression.trim();
		for (const scope of this.scopesAt(frameId)) {
			const found = scope
				.variables()
				.find((variable) => variable.name === path || variable.name.replace(/ \(now\)$/, '') === path);
			if (!found) continue;
			const { value, ...rest } = this.shown(found);
			return { result: value, ...rest };
		}
		throw new Error(`${path} was not recorded here.`);
	}

	private event(event: string, body: Body): void {
		this.send({ type: 'event', event, body });
	}

	private send(message: Body): void {
		this.emitter.fire({ seq: this.seq++, ...message } as DebugProtocolMessage);
	}
}

/** A path as it is, or that of a URI: what a client sends where the workbench runs in a browser. */
function pathOf(path: string): string {
	return /^[a-z][a-z0-9+.-]+:\//i.test(path) ? Uri.parse(path).fsPath : path;
}
