/** The digits of floats as CPython prints them: shortest for `repr`, exactly rounded (half to even) for a fixed number. */

/** `repr(float)`: exponents below -4 and from 16 on. */
export function floatRepr(value: number): string {
	if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
	if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
	const [mantissa = '0', power = '0'] = Math.abs(value).toExponential().split('e');
	const exponent = Number(power);
	const digits = mantissa.replace('.', '');
	const sign = value < 0 ? '-' : '';
	if (exponent < -4 || exponent >= 16) {
		const rest = digits.slice(1);
		return `${sign}${digits[0]}${rest ? `.${rest}` : ''}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
	}
	if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
	const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
	return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/** A finite float as `numerator / 2 ** shift`, exactly. */
export function exactFraction(value: number): { readonly numerator: bigint; readonly shift: number } {
	let shift = 0;
	let scaled = value;
	while (!Number.isInteger(scaled) && shift < 1100) {
		scaled *= 2;
		shift++;
	}
	return { numerator: BigInt(scaled), shift };
}

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
	const quotient = numerator / denominator;
	const twice = 2n * (numerator % denominator);
	if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) return quotient + 1n;
	return quotient;
}

/** |value| * 10 ** places, rounded half to even. */
function scaledInteger(value: number, places: number): bigint {
	const { numerator, shift } = exactFraction(Math.abs(value));
	const denominator = 1n << BigInt(shift);
	return places >= 0
		? divideHalfEven(numerator * 10n ** BigInt(places), denominator)
		: divideHalfEven(numerator, denominator * 10n ** BigInt(-places));
}

/** `'%.{places}f'` of a finite float, without its sign. */
export function fixedDigits(value: number, places: number): string {
	const digits = scaledInteger(value, places)
		.toString()
		.padStart(places + 1, '0');
	return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Exactly `count` significant digits and the decimal exponent of the first; no sign. */
export function significantDigits(value: number, count: number): { readonly digits: string; readonly exponent: number } {
	const size = Math.abs(value);
	if (size === 0) return { digits: '0'.repeat(count), exponent: 0 };
	let exponent = Number(size.toExponential().split('e')[1]);
	let digits = scaledInteger(size, count - 1 - exponent).toString();
	if (digits.length > count) {
		exponent++;
		digits = digits.slice(0, count);
	}
	return { digits, exponent };
}

/** `round(value, places)` for a finite float. */
export function roundFloat(value: number, places: number): number {
	if (places > 400 || value === 0) return value;
	if (places < -400) return 0 * value;
	const digits = scaledInteger(value, places).toString();
	const rounded = Number(`${digits}e${-places}`);
	return value < 0 || Object.is(value, -0) ? -rounded : rounded;
}
