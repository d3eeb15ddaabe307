import { index, integer, integerOf } from '../builtins/arguments';
import { real } from '../builtins/float';
import { fromFloat } from '../builtins/int';
import { floorDivide, type Int, multiply } from '../builtins/integer';
import type { Interpreter } from '../runtime/interpreter';
import { native, nativeModule } from '../runtime/native';
import { int, PyFloat, PyTuple, type Value } from '../values';

/** Native: written in C. */

const unary: Readonly<Record<string, (x: number) => number>> = {
	sin: Math.sin,
	cos: Math.cos,
	tan: Math.tan,
	asin: Math.asin,
	acos: Math.acos,
	atan: Math.atan,
	sinh: Math.sinh,
	cosh: Math.cosh,
	tanh: Math.tanh,
	exp: Math.exp,
	expm1: Math.expm1,
	log2: Math.log2,
	log10: Math.log10,
	log1p: Math.log1p,
	fabs: Math.abs,
	cbrt: Math.cbrt,
	degrees: (x) => (x * 180) / Math.PI,
	radians: (x) => (x * Math.PI) / 180,
};

const digits = (value: bigint): number => value.toString(16).length;

function gcd(py: Interpreter, a: bigint, b: bigint): bigint {
	let [greater, less] = [a, b];
	while (less !== 0n) {
		py.budget.work(1 + digits(less) / 100);
		[greater, less] = [less, greater % less];
	}
	return greater < 0n ? -greater : greater;
}

/** By Newton's method, from above. */
function rootOf(py: Interpreter, value: bigint): bigint {
	if (value < 2n) return value;
	let guess = 1n << BigInt(2 * digits(value) + 1);
	for (;;) {
		py.budget.work(1 + digits(guess));
		const next = (guess + value / guess) >> 1n;
		if (next >= guess) return guess;
		guess = next;
	}
}

/** `from * (from + 1) * … * to`. */
function productOf(py: Interpreter, from: number, to: number): Int {
	let result: Int = 1;
	for (let at = from; at <= to; at++) {
		result = multiply(result, at);
		if (typeof result === 'bigint') py.budget.bits(4 * digits(result));
	}
	return result;
}

/** `n! / (n - k)!`; nothing for what can't be chosen. */
function permutations(py: Interpreter, n: number, k: number): Int {
	if (n < 0 || k < 0) return py.raise('ValueError', `${n < 0 ? 'n' : 'k'} must be a non-negative integer`);
	return k > n ? 0 : productOf(py, n - k + 1, n);
}

function rounding(name: string, special: string, round: (x: number) => number) {
	return native(name, 'x, /', (py, [x]) => {
		const own = py.special(x, special);
		return own !== undefined && !(x instanceof PyFloat) ? py.call(own) : fromFloat(py, round(real(py, x)));
	});
}

export const math = nativeModule('math', [
	...Object.entries(unary).map(([name, compute]) => native(name, 'x, /', (py, [x]) => new PyFloat(compute(real(py, x))))),
	native('sqrt', 'x, /', (py, [x]) => {
		const value = real(py, x);
		return value < 0 ? py.raise('ValueError', 'math domain error') : new PyFloat(Math.sqrt(value));
	}),
	native('log', 'x, base=None, /', (py, [x, base]) => {
		const value = real(py, x);
		if (value <= 0) py.raise('ValueError', 'math domain error');
		return new PyFloat(base === null ? Math.log(value) : Math.log(value) / Math.log(real(py, base)));
	}),
	native('pow', 'x, y, /', (py, [x, y]) => new PyFloat(real(py, x) ** real(py, y))),
	native('atan2', 'y, x, /', (py, [y, x]) => new PyFloat(Math.atan2(real(py, y), real(py, x)))),
	native('hypot', '*coordinates', (py, [all]) => new PyFloat(Math.hypot(...all.items.map((one) => real(py, one))))),
	native('fmod', 'x, y, /', (py, [x, y]) => new PyFloat(real(py, x) % real(py, y))),
	native('copysign', 'x, y, /', (py, [x, y]) => {
		const [size, sign] = [Math.abs(real(py, x)), real(py, y)];
		return new PyFloat(sign < 0 || Object.is(sign, -0) ? -size : size);
	}),
	native('modf', 'x, /', (py, [x]) => {
		const value = real(py, x);
		return new PyTuple([new PyFloat(value % 1), new PyFloat(Math.trunc(value))]);
	}),
	rounding('floor', '__floor__', Math.floor),
	rounding('ceil', '__ceil__', Math.ceil),
	rounding('trunc', '__trunc__', Math.trunc),
	native('isnan', 'x, /', (py, [x]) => Number.isNaN(real(py, x))),
	native('isinf', 'x, /', (py, [x]) => Math.abs(real(py, x)) === Number.POSITIVE_INFINITY),
	native('isfinite', 'x, /', (py, [x]) => Number.isFinite(real(py, x))),
	native('isclose', 'a, b, *, rel_tol=0.000000001, abs_tol=0', (py, [a, b, relative, absolute]) => {
		const [x, y] = [real(py, a), real(py, b)];
		return x === y || Math.abs(x - y) <= Math.max(real(py, relative) * Math.max(Math.abs(x), Math.abs(y)), real(py, absolute));
	}),
	native('gcd', '*integers', (py, [all]) => int(all.items.reduce<bigint>((a, b) => gcd(py, a, BigInt(integer(py, b))), 0n))),
	native('lcm', '*integers', (py, [all]) =>
		int(
			all.items.reduce<bigint>((a, b) => {
				const value = BigInt(integer(py, b));
				return value === 0n ? 0n : (a * value) / gcd(py, a, value);
			}, 1n),
		),
	),
	native('isqrt', 'n, /', (py, [n]) => int(rootOf(py, BigInt(integer(py, n))))),
	native('factorial', 'n, /', (py, [n]) => {
		const most = index(py, n);
		return most < 0 ? py.raise('ValueError', 'factorial() not defined for negative values') : productOf(py, 2, most);
	}),
	native('comb', 'n, k, /', (py, [n, k]) => {
		const [all, some] = [index(py, n), index(py, k)];
		const fewer = Math.min(some, all - some);
		if (some > all) return 0;
		return floorDivide(py, permutations(py, all, some < 0 ? some : fewer), productOf(py, 2, fewer));
	}),
	native('perm', 'n, k=None, /', (py, [n, k]) => permutations(py, index(py, n), k === null ? index(py, n) : index(py, k))),
	native('prod', 'iterable, /, *, start=1', (py, [iterable, start]) => {
		let total: Value = start;
		for (const value of py.iterate(iterable)) total = py.binary('*', total, value);
		return total;
	}),
	native('fsum', 'seq, /', (py, [seq]) => new PyFloat(py.list(seq).reduce<number>((a, b) => a + real(py, b), 0))),
	native('ldexp', 'x, i, /', (py, [x, i]) => new PyFloat(real(py, x) * 2 ** Number(integerOf(i) ?? 0))),
	native('frexp', 'x, /', (py, [x]) => {
		const value = real(py, x);
		if (value === 0 || !Number.isFinite(value)) return new PyTuple([new PyFloat(value), 0]);
		const exponent = Math.floor(Math.log2(Math.abs(value))) + 1;
		return new PyTuple([new PyFloat(value / 2 ** exponent), exponent]);
	}),
	['pi', new PyFloat(Math.PI)],
	['e', new PyFloat(Math.E)],
	['tau', new PyFloat(2 * Math.PI)],
	['inf', new PyFloat(Number.POSITIVE_INFINITY)],
	['nan', new PyFloat(Number.NaN)],
]);
