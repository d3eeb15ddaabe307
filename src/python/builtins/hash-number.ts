import { type HashKey, identity, int } from '../values';

/** The int that `hash()` gives: stable in a run, equal for equal values; of ints as CPython's, of all else a number of our own. */
export function hashNumber(key: HashKey): number | bigint {
	if (typeof key === 'number') return key === -1 ? -2 : Number.isSafeInteger(key) ? key : textHash(String(key));
	if (typeof key === 'bigint') {
		const modulus = (1n << 61n) - 1n;
		const hash = key % modulus;
		return hash === -1n ? -2 : int(hash);
	}
	if (key === null) return 0xfca86420;
	if (typeof key === 'string') return textHash(key);
	return identity(key) * 16;
}

/** FNV-1a over two halves, 52 bits. */
function textHash(text: string): number {
	let [low, high] = [0x811c9dc5, 0x9747b28c];
	for (let i = 0; i < text.length; i++) {
		low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
		high = Math.imul(high ^ text.charCodeAt(i), 0x85ebca6b);
	}
	return ((high >>> 12) & 0xfffff) * 0x100000000 + (low >>> 0);
}
