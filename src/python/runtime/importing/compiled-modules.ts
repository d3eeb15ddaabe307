/** Modules of CPython 3.8 to 3.15 that are compiled and have no source file. */
export const compiledModules: ReadonlySet<string> = new Set(
	`_abc _ast _asyncio _bisect _blake2 _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections
	_contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal _elementtree _functools _gdbm _hashlib _heapq _hmac
	_imp _interpchannels _interpqueues _interpreters _io _json _locale _lsprof _lzma _math_integer _md5 _multibytecodec _multiprocessing _opcode _operator _pickle _posixshmem
	_posixsubprocess _queue _random _remote_debugging _sha1 _sha2 _sha256 _sha3 _sha512 _signal _socket _sqlite3 _sre _ssl _stat _statistics _string
	_struct _suggestions _symtable _sysconfig _thread _tkinter _tokenize _tracemalloc _types _typing _uuid _warnings _weakref _winapi _zoneinfo
	_zstd array atexit audioop binascii cmath errno faulthandler fcntl gc grp itertools marshal math mmap msvcrt nis nt ossaudiodev
	parser posix pwd pyexpat readline resource select spwd syslog termios time unicodedata winreg winsound xxlimited zlib`.split(
		/\s+/,
	),
);

const windows: ReadonlySet<string> = new Set(['_winapi', 'msvcrt', 'nt', 'winreg', 'winsound']);
const unix: ReadonlySet<string> = new Set([
	'_posixshmem',
	'_posixsubprocess',
	'fcntl',
	'grp',
	'nis',
	'ossaudiodev',
	'posix',
	'pwd',
	'readline',
	'resource',
	'spwd',
	'syslog',
	'termios',
]);

/** Compiled modules that a Python on this platform doesn't have. */
export function foreignModules(platform: 'linux' | 'darwin' | 'win32'): ReadonlySet<string> {
	return platform === 'win32' ? unix : windows;
}
