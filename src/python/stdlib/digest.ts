/** MD5, SHA-1 and SHA-256 (RFC 1321, FIPS 180-4), for values that configuration derives from hashes. */

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** The message with its padding, as 32-bit words. */
function blocks(message: Uint8Array, littleEndian: boolean): Uint32Array[] {
	const size = ((message.length + 8) >> 6) + 1;
	const bytes = new Uint8Array(size * 64);
	bytes.set(message);
	bytes[message.length] = 0x80;
	const view = new DataView(bytes.buffer);
	const bits = message.length * 8;
	view.setUint32(size * 64 - (littleEndian ? 8 : 4), bits >>> 0, littleEndian);
	view.setUint32(size * 64 - (littleEndian ? 4 : 8), Math.floor(bits / 2 ** 32), littleEndian);
	return Array.from({ length: size }, (_, block) =>
		Uint32Array.from({ length: 16 }, (__, word) => view.getUint32(block * 64 + word * 4, littleEndian)),
	);
}

function output(words: readonly number[], littleEndian: boolean): Uint8Array {
	const bytes = new Uint8Array(words.length * 4);
	const view = new DataView(bytes.buffer);
	words.forEach((word, at) => {
		view.setUint32(at * 4, word >>> 0, littleEndian);
	});
	return bytes;
}

const at = (words: ArrayLike<number>, index: number): number => words[index] ?? 0;

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const sines = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0);

export function md5(message: Uint8Array): Uint8Array {
	let [a, b, c, d] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476];
	for (const block of blocks(message, true)) {
		const before = [a, b, c, d];
		for (let i = 0; i < 64; i++) {
			const round = i >> 4;
			const mixed = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
			const word = round === 0 ? i : round === 1 ? (5 * i + 1) % 16 : round === 2 ? (3 * i + 5) % 16 : (7 * i) % 16;
			const sum = (a + mixed + at(sines, i) + at(block, word)) | 0;
			[a, d, c, b] = [d, c, b, (b + rotate(sum, at(shifts, round * 4 + (i % 4)))) | 0];
		}
		[a, b, c, d] = [(a + at(before, 0)) | 0, (b + at(before, 1)) | 0, (c + at(before, 2)) | 0, (d + at(before, 3)) | 0];
	}
	return output([a, b, c, d], true);
}

export function sha1(message: Uint8Array): Uint8Array {
	const state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
	for (const block of blocks(message, false)) {
		const words = [...block];
		for (let i = 16; i < 80; i++)
			words.push(rotate(at(words, i - 3) ^ at(words, i - 8) ^ at(words, i - 14) ^ at(words, i - 16), 1));
		let [a, b, c, d, e] = [at(state, 0), at(state, 1), at(state, 2), at(state, 3), at(state, 4)];
		for (let i = 0; i < 80; i++) {
			const [mixed, constant] =
				i < 20
					? [(b & c) | (~b & d), 0x5a827999]
					: i < 40
						? [b ^ c ^ d, 0x6ed9eba1]
						: i < 60
							? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
							: [b ^ c ^ d, 0xca62c1d6];
			const next = (rotate(a, 5) + mixed + e + constant + at(words, i)) | 0;
			[e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
		}
		[a, b, c, d, e].forEach((value, index) => {
			state[index] = (at(state, index) + value) | 0;
		});
	}
	return output(state, false);
}

const primes = [2];
for (let n = 3; primes.length < 64; n += 2) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
const fraction = (x: number): number => Math.floor((x - Math.floor(x)) * 2 ** 32) | 0;
const roots = primes.map((prime) => fraction(Math.cbrt(prime)));

export function sha256(message: Uint8Array): Uint8Array {
	const state = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
	for (const block of blocks(message, false)) {
		const words = [...block];
		for (let i = 16; i < 64; i++) {
			const [x, y] = [at(words, i - 15), at(words, i - 2)];
			const s0 = rotate(x, 25) ^ rotate(x, 14) ^ (x >>> 3);
			const s1 = rotate(y, 15) ^ rotate(y, 13) ^ (y >>> 10);
			words.push((at(words, i - 16) + s0 + at(words, i - 7) + s1) | 0);
		}
		let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
		for (let i = 0; i < 64; i++) {
			const s1 = rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7);
			const first = (h + s1 + ((e & f) ^ (~e & g)) + at(roots, i) + at(words, i)) | 0;
			const s0 = rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10);
			const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
			[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
		}
		[a, b, c, d, e, f, g, h].forEach((value, index) => {
			state[index] = (at(state, index) + value) | 0;
		});
	}
	return output(state, false);
}
