import type { Host } from '../shared/host';
import type { FileChange } from './engine';

/** A host where open documents stand in place of their files, so that edits count as they are typed. */
export class OverlayHost implements Host {
	constructor(
		private readonly disk: Host,
		readonly environment: Readonly<Record<string, string>>,
		private readonly texts = new Map<string, { readonly bytes: Uint8Array; readonly mtimeMs: number }>(),
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
		const bytes = text === undefined ? undefined : new TextEncoder().encode(text);
		const key = this.key(path);
		// A document as it is on the disk is no change: what was made from the file stays good.
		if (!bytes || (this.disk.stat(path)?.size === bytes.length && equal(bytes, this.disk.readFile(path)))) this.texts.delete(key);
		else this.texts.set(key, { bytes, mtimeMs: Date.now() });
	}

	/** The same documents over other variables. */
	withEnvironment(environment: Readonly<Record<string, string>>): OverlayHost {
		return new OverlayHost(this.disk, environment, this.texts);
	}

	readFile(path: string): Uint8Array | undefined {
		return (this.texts.size > 0 ? this.texts.get(this.key(path))?.bytes : undefined) ?? this.disk.readFile(path);
	}

	stat(path: string): ReturnType<Host['stat']> {
		const text = this.texts.size > 0 ? this.texts.get(this.key(path)) : undefined;
		return text ? { type: 'file', size: text.bytes.length, mtimeMs: text.mtimeMs } : this.disk.stat(path);
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
