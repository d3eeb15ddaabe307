/** `sys.int_info.default_max_str_digits`: texts of more digits become no int, and such ints no text. */
export const mostDigits = 4300;

/** Whether this version of Python has that limit (CVE-2020-10735): 3.11, and the last releases of those before. */
export function limitsDigits([, minor, micro]: readonly [number, number, number]): boolean {
	const since: Readonly<Record<number, number>> = { 7: 14, 8: 14, 9: 14, 10: 7 };
	return minor > 10 || micro === 0 || micro >= (since[minor] ?? 99);
}

let least: bigint | undefined;

export function hasTooManyDigits(value: bigint): boolean {
	least ??= 10n ** BigInt(mostDigits);
	return value >= least || value <= -least;
}
