import type { Host } from '../shared/host';
import type { FileChange } from './engine';

/** An open document that differs from its file. */
class OpenText {
	/** In bytes. */
	readonly size: number;
	private encoded: Uint8Array | undefined;

	constructor(
		readonly text: string,
		readonly mtimeMs: number,
	) {
		this.size = Buffer.byteLength(text);
	}

	/** Made when it is asked for. */
	get bytes(): Uint8Array {
		this.encoded ??= new TextEncoder().encode(this.text);
		return this.encoded;
	}

	/** Decoding its bytes gives the same: it has no byte order mark, which would be taken off, and no half of a pair. */
	get isPlain(): boolean {
		return this.text.charCodeAt(0) !== 0xfeff && !loneHalf.test(this.text);
	}
}

const loneHalf = /\p{Surrogate}/u;

/** A host where open documents stand in place of their files, so that edits count as they are typed. */
export class OverlayHost implements Host {
	constructor(
		private readonly disk: Host,
		readonly environment: Readonly<Record<string, string>>,
		private readonly texts = new Map<string, OpenText>(),
	) {}

	get cwd(): string {
		return this.disk.cwd;
	}

	get platform(): Host['platform'] {
		return this.disk.platform;
	}

	/** Count of documents that differ from their files. */
	get changes(): number {
		return this.texts.size;
	}

	change({ path, text }: FileChange): void {
		const key = this.key(path);
		const open = text === undefined ? undefined : new OpenText(text, Date.now());
		// A document as it is on the disk is no change: what was made from the file stays good.
		if (!open || (this.disk.stat(path)?.size === open.size && equal(open.bytes, this.disk.readFile(path))))
			this.texts.delete(key);
		else this.texts.set(key, open);
	}

	/** The same documents over other variables. */
	withEnvironment(environment: Readonly<Record<string, string>>): OverlayHost {
		return new OverlayHost(this.disk, environment, this.texts);
	}

	readFile(path: string): Uint8Array | undefined {
		return (this.texts.size > 0 ? this.texts.get(this.key(path))?.bytes : undefined) ?? this.disk.readFile(path);
	}

	readText(path: string): string | undefined {
		const open = this.texts.size > 0 ? this.texts.get(this.key(path)) : undefined;
		return open?.isPlain ? open.text : undefined;
	}

	stat(path: string): ReturnType<Host['stat']> {
		const text = this.texts.size > 0 ? this.texts.get(this.key(path)) : undefined;
		return text ? { type: 'file', size: text.size, mtimeMs: text.mtimeMs } : this.disk.stat(path);
	}

	/** On Windows a path may be written in either slash and case. */
	private key(path: string): string {
		return this.platform === 'win32' ? path.replaceAll('/', '\\').toLowerCase() : path;
	}

	readDir(path: string): ReturnType<Host['readDir']> {
		return this.disk.readDir(path);
	}

	listDir(path: string): readonly string[] | undefined {
		return this.disk.listDir?.(path);
	}

	realpath(path: string): string {
		return this.disk.realpath(path);
	}
}

function equal(a: Uint8Array, b: Uint8Array | undefined): boolean {
	return b !== undefined && Buffer.compare(a, b) === 0;
}
