import type { Interpreter } from '../runtime/interpreter';
import { type NativeModule, native, nativeModule, newType } from '../runtime/native';
import { exceptionType, PyDict, PyList, type Value } from '../values';

/** The categories in the order of glibc's numbers; the last is all of them. */
const categories = ['LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES', 'LC_ALL'];
const all = categories.indexOf('LC_ALL');

/** What `localeconv()` says in the C locale: nothing of money is known there. */
const texts = ['int_curr_symbol', 'currency_symbol', 'mon_decimal_point', 'mon_thousands_sep', 'positive_sign', 'negative_sign'];
const counts = ['int_frac_digits', 'frac_digits', 'p_cs_precedes', 'p_sep_by_space', 'n_cs_precedes', 'n_sep_by_space'];
const positions = ['p_sign_posn', 'n_sign_posn'];
const notGiven = 127;

/** The locale of each category. Python sets that of characters as it starts, the others are C. */
const stateKey = Symbol('locale');
const current = (py: Interpreter): string[] =>
	py.state(stateKey, () => categories.slice(0, all).map((category, at) => (at === 0 ? ofEnvironment(py, category) : 'C')));

/** What `''` asks for: the variables in the order of setlocale(3). */
function ofEnvironment(py: Interpreter, category: string): string {
	for (const name of ['LC_ALL', category, 'LANG']) {
		const value = py.environment.get(name);
		if (value) return value;
	}
	return 'C';
}

/**
 * `setlocale(3)`. Which locales the machine has compiled can't be told from the project: one that is asked for is taken as there,
 * which is what a project that asks for it needs anyhow.
 */
function setLocale(py: Interpreter, category: number, name: string | null): string {
	const set = current(py);
	const affected = category === all ? set.map((_, at) => at) : [category];
	if (affected.some((at) => set[at] === undefined)) return py.raise('ValueError', 'invalid locale category');
	if (name !== null) for (const at of affected) set[at] = named(name === '' ? ofEnvironment(py, categories[at] ?? '') : name);
	const names = affected.map((at) => set[at] ?? 'C');
	if (names.every((one) => one === names[0])) return names[0] ?? 'C';
	return names.map((one, at) => `${categories[at]}=${one}`).join(';');
}

/** POSIX is another name of C, which `setlocale(3)` answers with. */
const named = (name: string): string => (name === 'POSIX' ? 'C' : name);

/** The C locale under its names, with whichever encoding. */
const isC = (name: string | undefined): boolean => /^(C|POSIX)(\..*)?$/.test(name ?? 'C');

function conventions(py: Interpreter): Value {
	const set = current(py);
	if (!isC(set[categories.indexOf('LC_MONETARY')]) || !isC(set[categories.indexOf('LC_NUMERIC')]))
		return py.unknown('what a locale of the machine says of numbers');
	const dict = new PyDict();
	dict.setStr('decimal_point', '.');
	dict.setStr('thousands_sep', '');
	dict.setStr('grouping', new PyList([]));
	dict.setStr('mon_grouping', new PyList([]));
	for (const name of texts) dict.setStr(name, '');
	for (const name of [...counts, ...positions]) dict.setStr(name, notGiven);
	return dict;
}

/** C's half of `locale`; the rest is read from the interpreter's own `locale.py`. */
export const localeModule: NativeModule = nativeModule(
	'_locale',
	[
		native('setlocale', 'category, locale=None', (py, [category, name]) =>
			setLocale(py, Number(category), typeof name === 'string' ? name : null),
		),
		native('localeconv', '', conventions),
		native('nl_langinfo', 'key', () => 'UTF-8'),
		native('getencoding', '', () => 'UTF-8'),
		...categories.map((name, at): readonly [string, Value] => [name, at]),
		['CHAR_MAX', notGiven],
		['CODESET', 14],
		['Error', newType('Error', 'locale', [], [exceptionType('Exception')])],
	],
	{ open: true },
);
