/** The page's end of `shared/protocol/panel.ts`. */
import type { PageReply, PageRequest, PanelState, ToHost, ToPage } from '../shared/protocol/panel';

interface VsCodeApi {
	postMessage(message: ToHost): void;
	getState(): unknown;
	setState(state: PanelState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's end of the connection to the extension. */
export class Channel {
	private readonly api = acquireVsCodeApi();
	private readonly waiting = new Map<number, { resolve: (reply: PageReply) => void; reject: (error: Error) => void }>();
	private nextId = 1;

	send(message: ToHost): void {
		this.api.postMessage(message);
	}

	/** A question to the host; rejects with its error text. */
	request(request: PageRequest): Promise<PageReply> {
		const id = this.nextId++;
		return new Promise((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
			this.send({ type: 'request', id, request });
		});
	}

	/** Calls `take` with every message but replies, which go to who asked. */
	listen(take: (message: Exclude<ToPage, { type: 'reply' }>) => void): void {
		window.addEventListener('message', (event: MessageEvent<ToPage>) => {
			const message = event.data;
			if (typeof message !== 'object' || message === null || typeof message.type !== 'string') return;
			if (message.type !== 'reply') return take(message);
			const asker = this.waiting.get(message.id);
			this.waiting.delete(message.id);
			if (message.result) asker?.resolve(message.result);
			else asker?.reject(new Error(message.error ?? 'The editor gave no answer.'));
		});
	}

	/** What the host's document came with stands until the page keeps more. */
	begin(state: string | undefined): void {
		if (state !== undefined && !this.kept()) this.api.setState(JSON.parse(state));
	}

	keep(state: PanelState): void {
		this.api.setState(state);
		this.send({ type: 'state', state });
	}

	/** What the page itself put away. The document's own state has no tab: it names the capture, and no place in it. */
	kept(): PanelState | undefined {
		const state = this.api.getState() as Partial<PanelState> | undefined;
		const whole = typeof state?.captureId === 'string' && typeof state.step === 'number' && state.tab !== undefined;
		return whole ? (state as PanelState) : undefined;
	}
}
