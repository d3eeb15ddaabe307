import { text } from '../builtins/arguments';
import { parseFormatString, splitFieldName } from '../builtins/format-string';
import { native, nativeModule } from '../runtime/native';
import { PyIterator, PyTuple } from '../values';

/** `_string`, which is C: `string.Formatter` is read from its source on top of it. */
export const stringFields = nativeModule('_string', [
	native('formatter_parser', 'text, /', (py, [format]) => {
		const fields = parseFormatString(py, text(py, format));
		return new PyIterator(
			fields
				.map(
					({ literal, field, spec, conversion }) =>
						new PyTuple(field === undefined ? [literal, null, null, null] : [literal, field, spec, conversion ?? null]),
				)
				.values(),
			'formatteriterator',
		);
	}),
	native('formatter_field_name_split', 'text, /', (py, [name]) => {
		const { first, rest } = splitFieldName(text(py, name));
		const isIndex = (key: string) => /^\d+$/.test(key);
		const parts = rest.map(({ attribute, key }) => new PyTuple([attribute, !attribute && isIndex(key) ? Number(key) : key]));
		return new PyTuple([isIndex(first) ? Number(first) : first, new PyIterator(parts.values(), 'fieldnameiterator')]);
	}),
]);
