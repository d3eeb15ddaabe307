import type { Capture } from '../../shared/capture';
import type { Captures } from './captures';

/** The middleware that Django left out when the newest capture's server started: they raised `MiddlewareNotUsed`. */
export class LeftOut {
	private newest: string | undefined;
	/** Their messages by path. */
	private messages: ReadonlyMap<string, string> = new Map();

	constructor(private readonly captures: Pick<Captures, 'summaries' | 'open'>) {}

	/** Why it was left out, which may be empty; undefined where it was not. */
	readonly why = (path: string): string | undefined => this.messages.get(path);

	/** Looks at the newest capture; whether that told something new. */
	async look(): Promise<boolean> {
		const id = this.captures.summaries.find((summary) => !summary.static)?.id;
		if (id === undefined || id === this.newest) return false;
		this.newest = id;
		const read = await this.captures.open(id);
		if (!read.ok) return false;
		const before = JSON.stringify([...this.messages]);
		this.messages = messagesOf(read.capture);
		return before !== JSON.stringify([...this.messages]);
	}
}

const messagesOf = ({ process }: Capture): ReadonlyMap<string, string> =>
	new Map(
		process.startup.flatMap((step) =>
			step.kind === 'middleware' && step.notUsed !== undefined ? [[step.name, step.notUsed]] : [],
		),
	);
