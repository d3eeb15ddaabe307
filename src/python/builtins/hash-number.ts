import { type HashKey, identity, int } from '../values';

/** The int that `hash()` gives: stable in a run, equal for equal values; of ints as CPython's, of all else a number of our own. */
export function hashNumber(key: HashKey): number | bigint {
	if (typeof key === 'number') return key === -1 ? -2 : Number.isSafeInteger(key) ? key : floatHash(key);
	if (typeof key === 'bigint') return notMinusOne(key % modulus);
	if (key === null) return 0xfca86420;
	if (typeof key === 'string') return textHash(key);
	return identity(key) * 16;
}

/** Of `sys.hash_info`: a prime, so that equal numbers of different types have one hash (CPython, pyhash.c). */
const modulus = (1n << 61n) - 1n;

const notMinusOne = (hash: bigint): number | bigint => (hash === -1n ? -2 : int(hash));

function floatHash(value: number): number | bigint {
	if (!Number.isFinite(value)) return Number.isNaN(value) ? textHash('nan') : value > 0 ? 314159 : -314159;
	let [mantissa, exponent] = [Math.abs(value), 0];
	while (!Number.isInteger(mantissa)) {
		mantissa *= 2;
		exponent++;
	}
	// Halving is multiplying by 2**60: 2**61 is 1.
	const hash = (BigInt(mantissa) * (1n << BigInt((61 - (exponent % 61)) % 61))) % modulus;
	return notMinusOne(value < 0 ? -hash : hash);
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
