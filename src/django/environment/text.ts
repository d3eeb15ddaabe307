import type { Host } from '../../shared/host';

const utf8 = new TextDecoder('utf-8');

/** A small text file's content, its byte order mark taken off; undefined when it can't be read. */
export function readText(host: Host, path: string): string | undefined {
	const bytes = host.readFile(path);
	return bytes === undefined ? undefined : utf8.decode(bytes);
}

export const isFile = (host: Host, path: string) => host.stat(path)?.type === 'file';
export const isFolder = (host: Host, path: string) => host.stat(path)?.type === 'directory';
