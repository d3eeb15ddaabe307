import { text } from '../builtins/arguments';
import { decode } from '../builtins/codecs';
import { bufferedReaderType, ioBaseType, open, PyStream, streamMembers, textWrapperType } from '../builtins/file';
import { method, native, nativeModule, newType, staticMethod } from '../runtime/native';
import { exceptionType, PyBytes, PyClass } from '../values';
import { abcMeta } from './native-abc';

/** Native: `_io` is written in C. */

const stringIO: PyClass = newType(
	'StringIO',
	'io',
	[
		...streamMembers,
		staticMethod(
			'__new__',
			"cls, initial_value='', newline=None",
			(py, [cls, initial]) =>
				new PyStream(cls instanceof PyClass ? cls : stringIO, initial === null ? '' : text(py, initial), false, null, 'w+'),
		),
	],
	[ioBaseType],
);

const bytesIO: PyClass = newType(
	'BytesIO',
	'io',
	[
		...streamMembers,
		staticMethod('__new__', 'cls, initial_bytes=None', (py, [cls, initial]) => {
			const data = initial instanceof PyBytes ? decode(py, initial.value, 'latin-1') : '';
			return new PyStream(cls instanceof PyClass ? cls : bytesIO, data, true, null, 'w+b');
		}),
		// A view of bytes is taken for the bytes themselves.
		method('getbuffer', 'self, /', (_, [self]) => (self instanceof PyStream ? self.value(self.data) : self)),
	],
	[ioBaseType],
);

const textWrapper: PyClass = newType(
	'TextIOWrapper',
	'io',
	[
		staticMethod(
			'__new__',
			'cls, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False',
			(py, [, buffer]) => {
				if (!(buffer instanceof PyStream)) return py.unknown('a text stream');
				const bytes = Uint8Array.from(buffer.data, (char) => char.charCodeAt(0));
				return new PyStream(textWrapperType, decode(py, bytes), false, buffer.name, 'r');
			},
		),
	],
	[textWrapperType],
);

/** Abstract: other classes register with them. */
function base(name: string): readonly [string, PyClass] {
	const cls = newType(name, 'io', [], [ioBaseType]);
	cls.cls = abcMeta;
	return [name, cls];
}

export const io = nativeModule('io', [
	['StringIO', stringIO],
	['BytesIO', bytesIO],
	['TextIOWrapper', textWrapper],
	['BufferedReader', bufferedReaderType],
	['IOBase', ioBaseType],
	base('RawIOBase'),
	base('BufferedIOBase'),
	base('TextIOBase'),
	base('FileIO'),
	base('BufferedWriter'),
	base('BufferedRandom'),
	// Python 3.10 and later: which encoding `open()` shall take.
	native('text_encoding', 'encoding, stacklevel=2, /', (_, [encoding]) => encoding ?? 'locale'),
	['open', open],
	['open_code', open],
	['SEEK_SET', 0],
	['SEEK_CUR', 1],
	['SEEK_END', 2],
	['DEFAULT_BUFFER_SIZE', 8192],
	['UnsupportedOperation', newType('UnsupportedOperation', 'io', [], [exceptionType('OSError'), exceptionType('ValueError')])],
	['BlockingIOError', exceptionType('BlockingIOError')],
]);
