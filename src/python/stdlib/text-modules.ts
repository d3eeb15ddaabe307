import { bytesOf, text } from '../builtins/arguments';
import { isDecimal } from '../builtins/char-classes';
import { decode, encode, encodingName } from '../builtins/codecs';
import { open } from '../builtins/file';
import { type NativeModule, native, nativeModule, newType, staticMethod } from '../runtime/native';
import { objectType, PyBytes, type PyClass, PyTuple, tupleType, type Value } from '../values';
import { keywordMap } from './keywords';

/** `unicodedata` and `codecs`: written in C, or on top of it. */

const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'];
/** By first letter, and of each letter the commonest first: some libraries ask for every code point there is. */
const categories = [
	'Cn Co Cs Cf Cc',
	'Lo Ll Lu Lm Lt',
	'Mn Mc Me',
	'No Nd Nl',
	'So Sm Sc Sk',
	'Po Ps Pe Pd Pc Pi Pf',
	'Zs Zl Zp',
].map((names) => ({
	test: new RegExp(`^\\p{${names[0]}}$`, 'u'),
	kinds: names.split(' ').map((name) => [name, new RegExp(`^\\p{${name}}$`, 'u')] as const),
}));

function categoryOf(char: string): string {
	for (const { test, kinds } of categories) {
		if (!test.test(char)) continue;
		for (const [name, kind] of kinds) if (kind.test(char)) return name;
	}
	return 'Cn';
}

const unicodedata = nativeModule(
	'unicodedata',
	[
		native('normalize', 'form, unistr, /', (py, [form, value]) => {
			const name = text(py, form);
			return forms.includes(name) ? text(py, value).normalize(name) : py.raise('ValueError', 'invalid normalization form');
		}),
		native(
			'is_normalized',
			'form, unistr, /',
			(py, [form, value]) => text(py, value).normalize(text(py, form)) === text(py, value),
		),
		native('category', 'chr, /', (py, [char]) => categoryOf(text(py, char))),
		native('combining', 'chr, /', (py, [char]) => (/^\p{Mn}$/u.test(text(py, char)) ? 230 : 0)),
		native('decimal', 'chr, default?, /', (py, [char, fallback]) => {
			const digit = text(py, char);
			if (isDecimal(digit)) return Number(digit.normalize('NFKC'));
			return fallback === undefined ? py.raise('ValueError', 'not a decimal') : fallback;
		}),
		native('east_asian_width', 'chr, /', () => 'N'),
		['unidata_version', '15.1.0'],
	],
	{ open: true },
);

const codecInfo: PyClass = newType(
	'CodecInfo',
	'codecs',
	[
		staticMethod(
			'__new__',
			'cls, encode?, decode?, streamreader?, streamwriter?, *, name=None, **others',
			(_, [, one, two, three, four, name, others]) => {
				const parts = [one, two, three, four].map((part) => part ?? null);
				const info = new PyTuple(parts, codecInfo);
				info.attrs = new Map<string, Value>(
					['encode', 'decode', 'streamreader', 'streamwriter'].map((key, at) => [key, parts[at] ?? null]),
				);
				info.attrs.set('name', name);
				for (const [key, value] of keywordMap(others)) info.attrs.set(key, value);
				return info;
			},
		),
	],
	[tupleType],
);

const codecs = nativeModule(
	'codecs',
	[
		['open', open],
		native(
			'encode',
			"obj, encoding='utf-8', errors='strict'",
			(py, [value, encoding, errors]) => new PyBytes(encode(py, text(py, value), text(py, encoding), text(py, errors))),
		),
		native('decode', "obj, encoding='utf-8', errors='strict'", (py, [value, encoding, errors]) =>
			decode(py, bytesOf(value) ?? new Uint8Array(), text(py, encoding), text(py, errors)),
		),
		native('lookup', 'encoding, /', (py, [encoding]) => {
			const info = new PyTuple([null, null, null, null], codecInfo);
			info.attrs = new Map<string, Value>([['name', encodingName(py, text(py, encoding))]]);
			return info;
		}),
		native('register', 'search_function, /', () => null),
		native('register_error', 'errors, handler, /', () => null),
		...Object.entries({
			BOM_UTF8: [0xef, 0xbb, 0xbf],
			BOM_UTF16_LE: [0xff, 0xfe],
			BOM_UTF16_BE: [0xfe, 0xff],
			BOM_UTF16: [0xff, 0xfe],
		}).map(([name, bytes]): readonly [string, Value] => [name, new PyBytes(Uint8Array.from(bytes))]),
		...['Codec', 'StreamReader', 'StreamWriter', 'IncrementalEncoder', 'IncrementalDecoder', 'StreamReaderWriter'].map(
			(name): readonly [string, Value] => [name, newType(name, 'codecs', [], [objectType])],
		),
		['CodecInfo', codecInfo],
	],
	{ open: true },
);

export const textModules: readonly NativeModule[] = [unicodedata, codecs];
