import { intercept, native, type Summary } from '../../python/runtime/native';
import { PyUnknown } from '../../python/values';
import { keywordsOf } from '../sites';

/**
 * Parsers over a text that isn't known: what they would make of it is unknown for the same reason. Followed into the parser, it
 * would fail somewhere within.
 */
export const unknownTextSummaries: readonly Summary[] = (
	[
		['json', 'loads'],
		['tomllib', 'loads'],
		['tomli._parser', 'loads'],
		['toml.decoder', 'loads'],
		['yaml', 'load_all'],
		...['urlparse', 'urlsplit', 'urljoin', 'urldefrag', 'parse_qs', 'parse_qsl'].map((name) => ['urllib.parse', name] as const),
	] as const
).map(([module, name]) =>
	intercept(module, name, 'A text that is unknown is not parsed.', (_, original) =>
		native(
			name,
			'*args, **kwargs',
			(py, [args, kwargs]) => {
				const unknown = args.items.find((one) => one instanceof PyUnknown);
				return unknown ?? py.call(original, args.items, keywordsOf(kwargs));
			},
			{ acceptsUnknown: true },
		),
	),
);
