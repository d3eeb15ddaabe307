import { isAbsolute, isWithin, separatorOf } from '../../shared/path';
import type { Interpreter } from '../runtime/interpreter';
import { getter, type Member, method, native, newType } from '../runtime/native';
import { PyBytes, type PyClass, PyList, PyObject, PyUnknown, textOf, type Value } from '../values';
import { index, integerOf, text } from './arguments';
import { decode, encode } from './codecs';
import { fileStat, madeFile, makeFile } from './made-files';

/** A stream over text, or over bytes as latin-1 text: an open file, `io.StringIO`, `io.BytesIO`. Writes reach memory only. */
export class PyStream extends PyObject {
	position = 0;
	closed = false;
	/** An unknown that was written: what the file holds isn't known. */
	lost: PyUnknown | undefined;
	constructor(
		cls: PyClass,
		public data: string,
		readonly binary: boolean,
		readonly name: Value = null,
		readonly mode = 'r',
		readonly encoding = 'UTF-8',
	) {
		super(cls);
	}
	/** A piece as Python sees it. */
	value(piece: string): Value {
		return this.binary ? new PyBytes(Uint8Array.from(piece, (char) => char.charCodeAt(0))) : piece;
	}
	/** Undefined at the end. */
	line(): string | undefined {
		if (this.position >= this.data.length) return undefined;
		const end = this.data.indexOf('\n', this.position);
		const stop = end < 0 ? this.data.length : end + 1;
		const line = this.data.slice(this.position, stop);
		this.position = stop;
		return line;
	}
}

function own(py: Interpreter, self: Value): PyStream {
	if (!(self instanceof PyStream)) return py.raise('TypeError', 'expected a file object');
	return self.closed ? py.raise('ValueError', 'I/O operation on closed file.') : self;
}

function read(stream: PyStream, size: number): Value {
	const end = size < 0 ? stream.data.length : stream.position + size;
	const piece = stream.data.slice(stream.position, end);
	stream.position = Math.min(Math.max(end, stream.position), stream.data.length);
	return stream.value(piece);
}

function* lines(stream: PyStream): Generator<Value> {
	for (let line = stream.line(); line !== undefined; line = stream.line()) yield stream.value(line);
}

/** What was handed to `write` as text in the stream's own terms. */
function writable(py: Interpreter, stream: PyStream, value: Value): string {
	if (!stream.binary) return text(py, value);
	if (value instanceof PyBytes) return Array.from(value.value, (byte) => String.fromCharCode(byte)).join('');
	return py.raise('TypeError', "a bytes-like object is required, not 'str'");
}

function write(py: Interpreter, stream: PyStream, piece: string): number {
	const before = stream.data.slice(0, stream.position).padEnd(stream.position, '\0');
	stream.data = before + piece + stream.data.slice(stream.position + piece.length);
	py.budget.text(stream.data.length);
	stream.position += piece.length;
	return piece.length;
}

const sizeOf = (py: Interpreter, size: Value): number => (size === null ? -1 : index(py, size));

export const streamMembers: readonly Member[] = [
	method('read', 'self, size=-1, /', (py, [self, size]) => read(own(py, self), sizeOf(py, size))),
	method('readline', 'self, size=-1, /', (py, [self]) => own(py, self).value(own(py, self).line() ?? '')),
	method('readlines', 'self, hint=-1, /', (py, [self]) => new PyList([...lines(own(py, self))])),
	method('__iter__', 'self, /', (_, [self]) => self),
	method('__next__', 'self, /', (py, [self]) => {
		const line = own(py, self).line();
		return line === undefined ? py.raise('StopIteration') : own(py, self).value(line);
	}),
	method(
		'write',
		'self, data, /',
		(py, [self, data]) => {
			const stream = own(py, self);
			if (!(data instanceof PyUnknown)) return write(py, stream, writable(py, stream, data));
			stream.lost = data;
			return data;
		},
		{ acceptsUnknown: true },
	),
	method('writelines', 'self, lines, /', (py, [self, all]) => {
		for (const line of py.iterate(all)) write(py, own(py, self), writable(py, own(py, self), line));
		return null;
	}),
	method('seek', 'self, offset, whence=0, /', (py, [self, offset, whence]) => {
		const stream = own(py, self);
		const base = integerOf(whence) === 2 ? stream.data.length : integerOf(whence) === 1 ? stream.position : 0;
		stream.position = Math.max(0, base + index(py, offset));
		return stream.position;
	}),
	method('tell', 'self, /', (py, [self]) => own(py, self).position),
	method('truncate', 'self, size=None, /', (py, [self, size]) => {
		const stream = own(py, self);
		stream.data = stream.data.slice(0, size === null ? stream.position : index(py, size));
		return stream.data.length;
	}),
	method('getvalue', 'self, /', (py, [self]) => own(py, self).value(own(py, self).data)),
	method('flush', 'self, /', () => null),
	method('close', 'self, /', (_, [self]) => {
		if (self instanceof PyStream) self.closed = true;
		return null;
	}),
	method('__enter__', 'self, /', (_, [self]) => self),
	method('__exit__', 'self, /, *args', (_, [self]) => {
		if (self instanceof PyStream) self.closed = true;
		return null;
	}),
	method('isatty', 'self, /', () => false),
	method('readable', 'self, /', () => true),
	method('seekable', 'self, /', () => true),
	method('writable', 'self, /', (_, [self]) => self instanceof PyStream && !self.mode.startsWith('r')),
	method('fileno', 'self, /', (py) => py.unknown('a file descriptor')),
	getter('closed', (_, self) => self instanceof PyStream && self.closed),
	getter('name', (_, self) => (self instanceof PyStream ? self.name : null)),
	getter('mode', (_, self) => (self instanceof PyStream ? self.mode : null)),
	getter('encoding', (_, self) => (self instanceof PyStream && !self.binary ? self.encoding : null)),
	getter('buffer', (py, self) => {
		const stream = own(py, self);
		const bytes = encode(py, stream.data);
		return new PyStream(bufferedReaderType, Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''), true, stream.name);
	}),
];

export const ioBaseType = newType('IOBase', 'io', []);
export const textWrapperType = newType('TextIOWrapper', 'io', streamMembers, [ioBaseType]);
export const bufferedReaderType = newType('BufferedReader', 'io', streamMembers, [ioBaseType]);

/** The path behind a str, bytes or `os.PathLike`. */
export function fsPath(py: Interpreter, value: Value): string {
	const direct = textOf(value);
	if (direct !== undefined) return direct;
	if (value instanceof PyBytes) return decode(py, value.value);
	const special = py.special(value, '__fspath__');
	if (special === undefined)
		return py.raise('TypeError', `expected str, bytes or os.PathLike object, not ${py.typeOf(value).name}`);
	return text(py, py.call(special));
}

/** A path from the current folder. */
export function absolute(py: Interpreter, path: string): string {
	return isAbsolute(path) ? path : `${py.host.cwd.replace(/[\\/]$/, '')}${separatorOf(py.host.cwd)}${path}`;
}

/** What is not looked at, said where it is asked for. */
export function outside(py: Interpreter, what: 'content' | 'files', path: string): PyUnknown {
	const reason = `the ${what} of ${path}, which lies outside of the project and its environment`;
	// The project's line tells more than the library's that opens the file.
	const own = py.stack().find(({ module: { source } }) => source && py.projectRoots.some((root) => isWithin(source.path, root)));
	py.problem(`Not read: ${reason}`, own?.node && own.module.place(own.node));
	return py.unknown(reason);
}

/** `open()`: files that the engine may see are read; what is written is kept in memory and lost. */
export function openFile(py: Interpreter, file: Value, mode: string, encoding: string): Value {
	if (integerOf(file) !== undefined) return py.unknown('a file descriptor');
	const path = fsPath(py, file);
	const binary = mode.includes('b');
	const cls = binary ? bufferedReaderType : textWrapperType;
	const full = absolute(py, path);
	if (/[wxa]/.test(mode)) {
		const stream = new PyStream(cls, '', binary, file, mode);
		makeFile(py, full, stream);
		return stream;
	}
	const made = madeFile(py, full);
	if (made?.stat.type === 'file')
		return made.stream?.lost ?? new PyStream(cls, made.stream?.data ?? '', binary, file, mode, encoding);
	const stat = fileStat(py, full);
	if (!stat) {
		return py.raise('FileNotFoundError', 2, 'No such file or directory', path);
	}
	if (stat.type === 'directory') return py.raise('IsADirectoryError', 21, 'Is a directory', path);
	if (/^\/dev\/null$|^nul$/i.test(path)) return new PyStream(cls, '', binary, file, mode);
	if (py.host.outside(full)) return outside(py, 'content', path);
	const { file: most } = py.budget.limits;
	if (stat.size > most) return py.unknown(`the content of ${path}, which is larger than ${Math.floor(most / 1e6)} MB`);
	const bytes = py.host.readFile(full);
	py.opened.add(full);
	if (!bytes) return py.unknown(`the content of ${path}, which can't be read`);
	if (!binary && /^utf-?8$/i.test(encoding))
		return new PyStream(cls, newlines(new TextDecoder().decode(bytes)), false, file, mode, encoding);
	if (binary) return new PyStream(cls, decode(py, bytes, 'latin-1'), true, file, mode);
	return new PyStream(cls, newlines(decode(py, bytes, encoding)), false, file, mode, encoding);
}

const newlines = (content: string): string => content.replace(/\r\n?/g, '\n');

/** The locale's is UTF-8, as everywhere but on old Windows. */
const encodingName = (name: string | undefined) => (name === undefined || name === 'locale' ? 'utf-8' : name);

export const open = native(
	'open',
	"file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None",
	(py, [file, mode, , encoding]) => openFile(py, file, text(py, mode), encodingName(textOf(encoding))),
);
