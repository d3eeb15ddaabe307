import type { Interpreter } from '../runtime/interpreter';
import { getter, type Member, method, native, nativeModule, newType } from '../runtime/native';
import { type PyClass, PyDict, PyInstance, PyList, type Value } from '../values';

/** Logging writes nothing here. Loggers are there by name, with their levels and handlers, since code hands them on and asks them. */

const anything = { acceptsUnknown: true };
const silent = (name: string, signature = 'self, *args, **kwargs'): Member =>
	method(name, signature, (): Value => null, anything);
const silentFunction = (name: string): Member => native(name, '*args, **kwargs', (): Value => null, anything);

const levels: Readonly<Record<string, number>> = {
	CRITICAL: 50,
	FATAL: 50,
	ERROR: 40,
	WARNING: 30,
	WARN: 30,
	INFO: 20,
	DEBUG: 10,
	NOTSET: 0,
};
const writes = ['debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'fatal', 'log'];

/** Appends to, or removes from, a list attribute that is made when first needed. */
function listAttribute(py: Interpreter, self: Value, name: string): PyList {
	const own = py.findAttr(self, name);
	if (own instanceof PyList) return own;
	const made = new PyList([]);
	py.setAttr(self, name, made);
	return made;
}

function listMethods(suffix: string, attribute: string): Member[] {
	return [
		method(
			`add${suffix}`,
			'self, item',
			(py, [self, item]) => {
				listAttribute(py, self, attribute).items.push(item);
				return null;
			},
			anything,
		),
		method(
			`remove${suffix}`,
			'self, item',
			(py, [self, item]) => {
				const list = listAttribute(py, self, attribute);
				list.items = list.items.filter((one) => one !== item);
				return null;
			},
			anything,
		),
	];
}

const setLevel = method(
	'setLevel',
	'self, level',
	(py, [self, level]) => {
		py.setAttr(self, 'level', typeof level === 'string' ? (levels[level] ?? 0) : level);
		return null;
	},
	anything,
);

const filterer = newType('Filterer', 'logging', [
	...listMethods('Filter', 'filters'),
	method('filter', 'self, record', () => true, anything),
]);
/** What is native of `logging.Logger`. */
const nativeLogger = newType(
	'Logger',
	'logging',
	[
		method(
			'__init__',
			'self, name, level=0',
			(py, [self, name, level]) => {
				for (const [key, value] of [
					['name', name],
					['level', level],
					['parent', null],
					['propagate', true],
					['disabled', false],
					['handlers', new PyList([])],
					['filters', new PyList([])],
				] as const)
					py.setAttr(self, key, value);
				return null;
			},
			anything,
		),
		...writes.map((name) => silent(name)),
		silent('_log'),
		silent('handle'),
		setLevel,
		...listMethods('Handler', 'handlers'),
		method('isEnabledFor', 'self, level', () => false, anything),
		method('getEffectiveLevel', 'self', (py, [self]) => py.findAttr(self, 'level') ?? 0),
		method('hasHandlers', 'self', () => true),
		method('getChild', 'self, suffix', (py, [self, suffix]) =>
			getLogger(py, `${py.str(py.getAttr(self, 'name'))}.${py.str(suffix)}`),
		),
	],
	[filterer],
);
const handlerMembers: readonly Member[] = [
	method(
		'__init__',
		'self, *args, **kwargs',
		(py, [self]) => {
			py.setAttr(self, 'level', 0);
			py.setAttr(self, 'formatter', null);
			return null;
		},
		anything,
	),
	setLevel,
	...[
		'setFormatter',
		'emit',
		'handle',
		'flush',
		'close',
		'acquire',
		'release',
		'createLock',
		'format',
		'handleError',
		'setStream',
		'set_name',
	].map((name) => silent(name)),
];
const handler = newType('Handler', 'logging', handlerMembers, [filterer]);
const streamHandler = newType('StreamHandler', 'logging', [], [handler]);
const fileHandler = newType('FileHandler', 'logging', [], [streamHandler]);
const formatter = newType('Formatter', 'logging', [
	silent('__init__'),
	silent('format'),
	silent('formatTime'),
	silent('formatException'),
	silent('formatMessage'),
]);
const adapter = newType('LoggerAdapter', 'logging', [
	method(
		'__init__',
		'self, logger, extra=None, **kwargs',
		(py, [self, inner, extra]) => {
			py.setAttr(self, 'logger', inner);
			py.setAttr(self, 'extra', extra);
			return null;
		},
		anything,
	),
	...writes.map((name) => silent(name)),
	setLevel,
	method('isEnabledFor', 'self, level', () => false, anything),
]);
const plain = (name: string) => newType(name, 'logging', [silent('__init__')]);
const filter = newType('Filter', 'logging', [silent('__init__'), method('filter', 'self, record', () => true, anything)]);

const loggersKey = Symbol('loggers');
const classKey = Symbol('logger class');
const ownKey = Symbol('logging.Logger');

/** `logging.Logger`, a class of its own in each interpreter: projects add levels to it (`Logger.trace = …`). */
const ownLogger = (py: Interpreter): PyClass =>
	py.state(ownKey, () => py.makeClass('Logger', [nativeLogger], new Map(), 'logging'));

/** What `setLoggerClass()` sets. */
const loggerClass = (py: Interpreter): { cls: Value } => py.state(classKey, () => ({ cls: ownLogger(py) }));

function getLogger(py: Interpreter, name: string): Value {
	const all = py.state(loggersKey, () => new Map<string, Value>());
	const known = all.get(name);
	if (known !== undefined) return known;
	const { cls } = loggerClass(py);
	const made = py.call(cls, [name]);
	all.set(name, made);
	return made;
}

/** `Logger.manager`: the table of loggers. Those that were made are in it. */
const manager = newType('Manager', 'logging', [
	method('__init__', 'self, rootnode=None', () => null),
	method('getLogger', 'self, name', (py, [, name]) => getLogger(py, py.str(name))),
	method('setLoggerClass', 'self, klass', () => null),
	method('setLogRecordFactory', 'self, factory', () => null),
	getter('loggerDict', (py) => {
		const dict = new PyDict();
		for (const [name, made] of py.state(loggersKey, () => new Map<string, Value>())) if (name !== 'root') dict.setStr(name, made);
		return dict;
	}),
	getter('root', (py) => getLogger(py, 'root')),
	getter('loggerClass', () => null),
	getter('logRecordFactory', () => null),
	['disable', 0],
	['emittedNoHandlerWarning', false],
]);
const theManager = new PyInstance(manager);
nativeLogger.dict.set('manager', theManager);
const root = getter('root', (py) => getLogger(py, 'root'));
nativeLogger.dict.set(...root);

const levelNames: readonly (readonly [string, number])[] = Object.entries(levels);

export const logging = nativeModule(
	'logging',
	[
		...levelNames,
		['LoggerAdapter', adapter],
		['Handler', handler],
		['StreamHandler', streamHandler],
		['FileHandler', fileHandler],
		['NullHandler', newType('NullHandler', 'logging', [], [handler])],
		['Formatter', formatter],
		['BufferingFormatter', formatter],
		['Filter', filter],
		['Filterer', filterer],
		['LogRecord', plain('LogRecord')],
		['Manager', manager],
		['PlaceHolder', plain('PlaceHolder')],
		['PercentStyle', plain('PercentStyle')],
		['BASIC_FORMAT', '%(levelname)s:%(name)s:%(message)s'],
		['raiseExceptions', true],
		native('getLogger', 'name=None', (py, [name]) => getLogger(py, name === null ? 'root' : py.str(name))),
		native('getLoggerClass', '', (py) => loggerClass(py).cls),
		native('setLoggerClass', 'klass', (py, [cls]) => {
			loggerClass(py).cls = cls;
			return null;
		}),
		native('getLevelName', 'level', (_, [level]) => {
			if (typeof level === 'string') return levels[level] ?? `Level ${level}`;
			return levelNames.find(([, value]) => value === level)?.[0] ?? `Level ${String(level)}`;
		}),
		native('getLevelNamesMapping', '', () => {
			const dict = new PyDict();
			for (const [name, level] of levelNames) dict.setStr(name, level);
			return dict;
		}),
		native('addLevelName', 'level, levelName', () => null),
		...[...writes, 'basicConfig', 'disable', 'captureWarnings', 'shutdown', 'setLogRecordFactory', 'makeLogRecord'].map(
			silentFunction,
		),
	],
	{
		package: true,
		lazy: {
			Logger: ownLogger,
			RootLogger: ownLogger,
			root: (py) => getLogger(py, 'root'),
			lastResort: (py) => py.call(handler),
			_handlers: () => new PyDict(),
			_nameToLevel: () => {
				const dict = new PyDict();
				for (const [name, level] of levelNames) dict.setStr(name, level);
				return dict;
			},
			_levelToName: (py) => {
				const dict = new PyDict();
				for (const [name, level] of levelNames) if (name !== 'FATAL' && name !== 'WARN') dict.set(py, level, name);
				return dict;
			},
			_handlerList: () => new PyList([]),
		},
	},
);

const facilities = 'KERN USER MAIL DAEMON AUTH SYSLOG LPR NEWS UUCP CRON AUTHPRIV FTP'.split(' ');
const sysLogHandler = newType(
	'SysLogHandler',
	'logging.handlers',
	[
		...facilities.map((name, index): Member => [`LOG_${name}`, index]),
		...[0, 1, 2, 3, 4, 5, 6, 7].map((index): Member => [`LOG_LOCAL${index}`, 16 + index]),
		...'EMERG ALERT CRIT ERR WARNING NOTICE INFO DEBUG'.split(' ').map((name, index): Member => [`LOG_${name}`, index]),
	],
	[handler],
);

export const loggingHandlers = nativeModule('logging.handlers', [
	...['RotatingFileHandler', 'TimedRotatingFileHandler', 'WatchedFileHandler', 'BaseRotatingHandler'].map(
		(name): Member => [name, newType(name, 'logging.handlers', [], [fileHandler])],
	),
	...[
		'SMTPHandler',
		'MemoryHandler',
		'BufferingHandler',
		'HTTPHandler',
		'QueueHandler',
		'SocketHandler',
		'DatagramHandler',
		'NTEventLogHandler',
	].map((name): Member => [name, newType(name, 'logging.handlers', [], [handler])]),
	['SysLogHandler', sysLogHandler],
	['QueueListener', plain('QueueListener')],
]);

export const loggingConfig = nativeModule('logging.config', [
	silentFunction('dictConfig'),
	silentFunction('fileConfig'),
	silentFunction('listen'),
]);
