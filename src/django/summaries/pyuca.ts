import type { Interpreter } from '../../python/runtime/interpreter';
import { intercept, method, type Summary } from '../../python/runtime/native';
import { PyObject, type Value } from '../../python/values';

const reason =
	'A collator reads its table, 30,000 lines of text, as it is made, and django-countries makes one as it is imported.';

/** The files of the tables that have not been read, by collator. */
const unread = new WeakMap<PyObject, { readonly load: Value; readonly file: Value }>();

/** The table is read when the first string is looked up in it (pyuca 1.2, collator.py). */
export const pyucaSummaries: readonly Summary[] = [
	intercept('pyuca.collator', 'BaseCollator.load', reason, (_py, load) =>
		method('load', 'self, filename', (_inner, [self, file]) => {
			if (self instanceof PyObject) unread.set(self, { load, file });
			return null;
		}),
	),
	intercept('pyuca.collator', 'BaseCollator.collation_elements', reason, (_py, original) =>
		method('collation_elements', 'self, normalized_string', (py, [self, text]) => {
			if (self instanceof PyObject) read(py, self);
			return py.call(original, [self, text]);
		}),
	),
];

function read(py: Interpreter, collator: PyObject): void {
	const table = unread.get(collator);
	if (!table) return;
	unread.delete(collator);
	py.call(table.load, [collator, table.file]);
}
