import { intercept, native, type Summary } from '../../python/runtime/native';
import { PyList, PyTuple, textOf } from '../../python/values';

/** A literal, a named group without groups in it, and the end, of an expression that offers no choice. */
const piece = /\(\?P<(\w+)>(?:[^()\\]|\\.)*\)|\\([^A-Za-z0-9])|([^\\.|^$()[\]*?+{}])|(?:\$|\\Z)$/sy;

/**
 * What `reverse()` would make of a simple expression: its text with the groups' names in it, and those names; undefined for any other
 * (Django 5.2, utils/regex_helper.py, normalize).
 */
export function simpleForm(expression: string): { readonly text: string; readonly names: readonly string[] } | undefined {
	const names: string[] = [];
	let text = '';
	for (let at = expression.startsWith('^') ? 1 : 0; at < expression.length; at = piece.lastIndex) {
		piece.lastIndex = at;
		const found = piece.exec(expression);
		if (!found) return undefined;
		const [, name, escaped = '', literal = ''] = found;
		if (name === undefined) text += escaped + literal;
		else {
			text += `%(${name})s`;
			names.push(name);
		}
	}
	return { text, names };
}

export const regexHelperSummaries: readonly Summary[] = [
	intercept(
		'django.utils.regex_helper',
		'normalize',
		'The first `reverse()` asks it of every pattern, letter by letter: most have one form only.',
		(_py, original) =>
			native('normalize', 'pattern', (py, [pattern]) => {
				const form = simpleForm(textOf(pattern) ?? '|');
				return form ? new PyList([new PyTuple([form.text, new PyList([...form.names])])]) : py.call(original, [pattern]);
			}),
	),
];
