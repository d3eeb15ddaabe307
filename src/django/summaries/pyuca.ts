import { intercept, method, type Summary } from '../../python/runtime/native';
import type { Value } from '../../python/values';

const reason =
	'A collator reads its table, 30,000 lines of text, as it is made, and django-countries makes one as it is imported.';

/** The files of the tables that have not been read, by collator. */
const unread = new WeakMap<object, { readonly load: Value; readonly file: Value }>();

/** The table is read when the first string is looked up in it (pyuca 1.2, collator.py). */
export const pyucaSummaries: readonly Summary[] = [
	intercept('pyuca.collator', 'BaseCollator.load', reason, (_py, load) =>
		method('load', 'self, filename', (_inner, [self, file]) => {
			if (typeof self === 'object' && self !== null) unread.set(self, { load, file });
			return null;
		}),
	),
	intercept('pyuca.collator', 'BaseCollator.collation_elements', reason, (_py, original) =>
		method('collation_elements', 'self, normalized_string', (py, [self, text]) => {
			const left = typeof self === 'object' && self !== null ? unread.get(self) : undefined;
			if (left && typeof self === 'object' && self !== null) {
				unread.delete(self);
				py.call(left.load, [self, left.file]);
			}
			return py.call(original, [self, text]);
		}),
	),
];
