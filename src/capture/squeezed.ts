/**
 * Captures as the store keeps them: zlib with a dictionary of what Django's requests have alike. RFC 1950 puts the
 * dictionary's Adler-32 into the data: so a reader knows which one it needs, and whether it has it. Small ones need none.
 */
import { type Inflate, inflate } from 'node:zlib';
import texts from '../recorder/django_request_cycle/writing/dictionary.json';

/** Whether the bytes begin as zlib's do. */
export function isSqueezed(bytes: Uint8Array): boolean {
	const [method = 0, flags = 0] = bytes;
	return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

let dictionaries: ReadonlyMap<number, Buffer> | undefined;

/** What was squeezed, and the bytes that stand behind it. */
export interface Unsqueezed {
	readonly data: Uint8Array;
	readonly behind: Uint8Array;
}

/** What was squeezed, at most `most` bytes; undefined where it needs a dictionary that isn't known. Rejects as zlib does. */
export async function unsqueezed(bytes: Uint8Array, most: number): Promise<Unsqueezed | undefined> {
	dictionaries ??= new Map(
		texts.map((text) => {
			const data = Buffer.from(text, 'utf8');
			return [adler32(data), data];
		}),
	);
	if (bytes.length < 6) throw Object.assign(new Error('unexpected end of file'), { code: 'Z_BUF_ERROR' });
	const dictionary = dictionaries.get(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(2));
	const needsOne = ((bytes[1] ?? 0) & 0x20) !== 0;
	if (needsOne && !dictionary) return undefined;
	// With `info` the engine comes along, which knows how many bytes were the compressed data's; the types don't say so.
	const options = { ...(needsOne ? { dictionary } : {}), maxOutputLength: most, info: true };
	return new Promise((resolve, reject) => {
		inflate(bytes, options, (error, result: unknown) => {
			if (error) return reject(error);
			const { buffer, engine } = result as { readonly buffer: Uint8Array; readonly engine: Inflate };
			resolve({ data: buffer, behind: bytes.subarray(engine.bytesWritten) });
		});
	});
}

/** RFC 1950, section 9. */
function adler32(data: Uint8Array): number {
	let low = 1;
	let high = 0;
	for (const byte of data) {
		low = (low + byte) % 65521;
		high = (high + low) % 65521;
	}
	return high * 65536 + low;
}
