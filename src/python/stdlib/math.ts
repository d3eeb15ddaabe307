import { index, integer, integerOf } from '../builtins/arguments';
import { real } from '../builtins/float';
import { fromFloat } from '../builtins/int';
import { multiply } from '../builtins/integer';
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

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

function rootOf(value: bigint): bigint {
	if (value < 2n) return value;
	let guess = BigInt(Math.floor(Math.sqrt(Number(value))));
	while (guess * guess > value) guess--;
	while ((guess + 1n) * (guess + 1n) <= value) guess++;
	return guess;
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
	native('gcd', '*integers', (py, [all]) => int(all.items.reduce<bigint>((a, b) => gcd(a, BigInt(integer(py, b))), 0n))),
	native('lcm', '*integers', (py, [all]) =>
		int(
			all.items.reduce<bigint>((a, b) => {
				const value = BigInt(integer(py, b));
				return value === 0n ? 0n : (a * value) / gcd(a, value);
			}, 1n),
		),
	),
	native('isqrt', 'n, /', (py, [n]) => int(rootOf(BigInt(integer(py, n))))),
	native('factorial', 'n, /', (py, [n]) => {
		let result: number | bigint = 1;
		for (let at = 2; at <= index(py, n); at++) {
			py.budget.step();
			result = multiply(result, at);
		}
		return result;
	}),
	native('comb', 'n, k, /', (py, [n, k]) => {
		let result = 1n;
		for (let at = 0n; at < BigInt(index(py, k)); at++) result = (result * (BigInt(index(py, n)) - at)) / (at + 1n);
		return int(result);
	}),
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
