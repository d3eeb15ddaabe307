/**
 * The messages of a compiled catalog (`.mo`, GNU gettext's binary format): msgid → msgstr, with the context before
 * U+0004 in the msgid, and plural forms apart as `msgid` → forms. Undefined when the bytes are no catalog.
 */
export function readCatalog(bytes: Uint8Array): Map<string, readonly string[]> | undefined {
	if (bytes.length < 28) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const magic = view.getUint32(0, true);
	const little = magic === 0x950412de;
	if (!little && magic !== 0xde120495) return undefined;
	const count = view.getUint32(8, little);
	const originals = view.getUint32(12, little);
	const translations = view.getUint32(16, little);
	const decoder = new TextDecoder('utf-8');
	const text = (table: number, index: number): string | undefined => {
		const at = table + 8 * index;
		if (at + 8 > bytes.length) return undefined;
		const length = view.getUint32(at, little);
		const start = view.getUint32(at + 4, little);
		return start + length > bytes.length ? undefined : decoder.decode(bytes.subarray(start, start + length));
	};
	const out = new Map<string, readonly string[]>();
	for (let index = 0; index < count; index++) {
		const id = text(originals, index);
		const message = text(translations, index);
		if (id === undefined || message === undefined) return out;
		if (id !== '') out.set(id.split('\0')[0] ?? '', message.split('\0'));
	}
	return out;
}
