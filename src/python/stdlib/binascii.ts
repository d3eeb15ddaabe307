import { bytesOf, text } from '../builtins/arguments';
import type { Interpreter } from '../runtime/interpreter';
import { native, nativeModule, newType } from '../runtime/native';
import { exceptionType, PyBytes, PyException, PyTuple, textOf, type Value } from '../values';

/** Native: written in C; `base64` is read from its source on top of it. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const error = newType('Error', 'binascii', [], [exceptionType('ValueError')]);

function data(py: Interpreter, value: Value): Uint8Array {
	const bytes = bytesOf(value);
	if (bytes) return bytes;
	return Uint8Array.from(textOf(value) ?? text(py, value, 'argument should be bytes or'), (char) => char.charCodeAt(0));
}

function fail(py: Interpreter, message: string): never {
	const raised = new PyException(error);
	raised.args = new PyTuple([message]);
	return py.raiseValue(raised);
}

function toBase64(bytes: Uint8Array): string {
	let encoded = '';
	for (let at = 0; at < bytes.length; at += 3) {
		const [a = 0, b, c] = bytes.subarray(at, at + 3);
		const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
		encoded += alphabet[word >> 18] ?? '';
		encoded += alphabet[(word >> 12) & 63] ?? '';
		encoded += b === undefined ? '=' : (alphabet[(word >> 6) & 63] ?? '');
		encoded += c === undefined ? '=' : (alphabet[word & 63] ?? '');
	}
	return encoded;
}

function fromBase64(py: Interpreter, bytes: Uint8Array): Uint8Array {
	const chars = String.fromCharCode(...bytes).replace(/[^A-Za-z0-9+/=]/g, '');
	const digits = chars.replace(/=.*$/, '');
	if (digits.length % 4 === 1)
		fail(py, 'Invalid base64-encoded string: number of data characters cannot be 1 more than a multiple of 4');
	if (chars.length % 4 !== 0) fail(py, 'Incorrect padding');
	const decoded: number[] = [];
	let [word, bits] = [0, 0];
	for (const char of digits) {
		word = ((word << 6) | alphabet.indexOf(char)) & 0xffffff;
		bits += 6;
		if (bits < 8) continue;
		bits -= 8;
		decoded.push((word >> bits) & 255);
	}
	return Uint8Array.from(decoded);
}

const ascii = (value: string): PyBytes => new PyBytes(Uint8Array.from(value, (char) => char.charCodeAt(0)));
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function unhex(py: Interpreter, value: Value): PyBytes {
	const digits = String.fromCharCode(...data(py, value));
	if (digits.length % 2 !== 0) fail(py, 'Odd-length string');
	if (!/^[0-9a-fA-F]*$/.test(digits)) fail(py, 'Non-hexadecimal digit found');
	return new PyBytes(Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
}

function crc32(bytes: Uint8Array, start: number): number {
	let crc = ~start;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	return ~crc >>> 0;
}

export const binascii = nativeModule('binascii', [
	native('hexlify', 'data, sep?, bytes_per_sep=1', (py, [value]) => ascii(hex(data(py, value)))),
	native('b2a_hex', 'data, sep?, bytes_per_sep=1', (py, [value]) => ascii(hex(data(py, value)))),
	native('unhexlify', 'hexstr, /', (py, [value]) => unhex(py, value)),
	native('a2b_hex', 'hexstr, /', (py, [value]) => unhex(py, value)),
	native('b2a_base64', 'data, /, *, newline=True', (py, [value, newline]) =>
		ascii(toBase64(data(py, value)) + (py.truth(newline) ? '\n' : '')),
	),
	native('a2b_base64', 'data, /, *, strict_mode=False', (py, [value]) => new PyBytes(fromBase64(py, data(py, value)))),
	native('crc32', 'data, crc=0, /', (py, [value, crc]) => crc32(data(py, value), Number(crc))),
	['Error', error],
	['Incomplete', newType('Incomplete', 'binascii', [], [exceptionType('Exception')])],
]);
