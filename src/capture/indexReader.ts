/**
 * `index.jsonl`: one summary a line, appended by every recording process. Read from where the last reading ended, so that
 * a new capture costs its own line; from the start when the file was replaced or cut.
 */
import { open } from 'node:fs/promises';
import type { CaptureSummary } from '../shared/capture';
import { isSummary } from './captureShape';

export const indexName = 'index.jsonl';

const chunk = 1024 * 1024;
/** A line longer than this is no summary. */
const longestLine = 64 * 1024;

/** Reads the index of a capture folder as it grows. */
export class IndexReader {
	private offset = 0;
	private inode = 0;
	private rest: Buffer = Buffer.alloc(0);

	constructor(private readonly path: string) {}

	/**
	 * The summaries that came since the last call; `restarted` when they are all there are. Lines that are no summary are
	 * counted and passed over; a last line without its end waits for it. A missing file is an empty one.
	 */
	async read(): Promise<{
		readonly summaries: readonly CaptureSummary[];
		readonly restarted: boolean;
		readonly damaged: number;
	}> {
		const summaries: CaptureSummary[] = [];
		let damaged = 0;
		const take = (line: Buffer) => {
			if (line.length === 0) return;
			const summary = line.length > longestLine ? undefined : parsed(line);
			if (summary) summaries.push(summary);
			else damaged++;
		};
		const file = await open(this.path, 'r').catch(() => undefined);
		if (!file) {
			const restarted = this.offset > 0;
			this.restart(0);
			return { summaries, restarted, damaged };
		}
		try {
			const { size, ino } = await file.stat();
			const restarted = ino !== this.inode || size < this.offset;
			if (restarted) this.restart(ino);
			while (this.offset < size) {
				const { bytesRead, buffer } = await file.read(
					Buffer.alloc(Math.min(chunk, size - this.offset)),
					0,
					undefined,
					this.offset,
				);
				if (bytesRead === 0) break;
				this.offset += bytesRead;
				this.rest = lines(Buffer.concat([this.rest, buffer.subarray(0, bytesRead)]), take);
				if (this.rest.length > chunk) {
					this.rest = Buffer.alloc(0);
					damaged++;
				}
			}
			return { summaries, restarted, damaged };
		} finally {
			await file.close();
		}
	}

	private restart(inode: number): void {
		this.offset = 0;
		this.inode = inode;
		this.rest = Buffer.alloc(0);
	}
}

/** Calls `take` with each whole line and answers with what is left. */
function lines(data: Buffer, take: (line: Buffer) => void): Buffer {
	let from = 0;
	for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
		take(data.subarray(from, end));
		from = end + 1;
	}
	return Buffer.from(data.subarray(from));
}

function parsed(line: Buffer): CaptureSummary | undefined {
	try {
		const value: unknown = JSON.parse(line.toString('utf8'));
		return isSummary(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
