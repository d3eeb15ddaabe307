import { text } from '../builtins/arguments';
import type { Interpreter } from '../runtime/interpreter';
import { getter, native, nativeModule, newType } from '../runtime/native';
import {
	exceptionType,
	iteratorType,
	objectType,
	type PyClass,
	type PyDict,
	PyIterator,
	PyList,
	textOf,
	type Value,
} from '../values';

/** Native: `_csv` is written in C. `DictReader` and `DictWriter` come from the source of `csv`. */

interface Dialect {
	readonly delimiter: string;
	readonly quote: string;
	readonly escape: string;
	readonly skipSpace: boolean;
}

function dialectOf(py: Interpreter, dialect: Value, options: PyDict): Dialect {
	const option = (name: string): Value => {
		const own = options.getStr(name);
		if (own !== undefined) return own;
		return textOf(dialect) === undefined && dialect !== null ? (py.findAttr(dialect, name) ?? null) : null;
	};
	const tab = textOf(dialect) === 'excel-tab';
	return {
		delimiter: textOf(option('delimiter')) ?? (tab ? '\t' : ','),
		quote: textOf(option('quotechar')) ?? '"',
		escape: textOf(option('escapechar')) ?? '',
		skipSpace: py.truth(option('skipinitialspace')),
	};
}

/** Fields of records; a quoted field may go on in the next line. */
function* records(py: Interpreter, lines: Value, dialect: Dialect): Generator<Value> {
	let fields: string[] = [];
	let field = '';
	let quoted = false;
	for (const line of py.iterate(lines)) {
		const source = text(py, line, 'a line of csv');
		let fresh = !quoted;
		for (let at = 0; at < source.length; at++) {
			const char = source[at] ?? '';
			if (quoted) {
				if (char !== dialect.quote) field += char;
				else if (source[at + 1] === dialect.quote) {
					field += char;
					at++;
				} else quoted = false;
				continue;
			}
			if (char === '\r' || char === '\n') break;
			if (char === dialect.delimiter) {
				fields.push(field);
				field = '';
				fresh = true;
				continue;
			}
			if (fresh && char === ' ' && dialect.skipSpace) continue;
			if (fresh && char === dialect.quote) quoted = true;
			else if (char === dialect.escape && dialect.escape !== '') field += source[++at] ?? '';
			else field += char;
			fresh = false;
		}
		if (quoted) continue;
		const empty = fields.length === 0 && field === '' && /^[\r\n]*$/.test(source);
		yield new PyList(empty ? [] : [...fields, field]);
		fields = [];
		field = '';
	}
	if (quoted) yield new PyList([...fields, field]);
}

/** Iterates over the records and tells how many lines were read. */
function reader(py: Interpreter, lines: Value, dialect: Dialect): Value {
	let count = 0;
	function* counted(): Generator<Value> {
		for (const line of py.iterate(lines)) {
			count++;
			yield line;
		}
	}
	return new PyReader(records(py, py.iterator(counted()), dialect), () => count);
}

class PyReader extends PyIterator {
	constructor(
		rows: Iterator<Value>,
		readonly lines: () => number,
	) {
		super(rows, '_csv.reader', readerType);
	}
}

const readerType: PyClass = newType(
	'reader',
	'_csv',
	[getter('line_num', (_, self) => (self instanceof PyReader ? self.lines() : 0)), getter('dialect', () => null)],
	[iteratorType],
);

const dialects = ['excel', 'excel-tab', 'unix'];

export const csv = nativeModule(
	'_csv',
	[
		native('reader', "iterable, dialect='excel', /, **options", (py, [lines, dialect, options]) =>
			reader(py, lines, dialectOf(py, dialect, options)),
		),
		native('writer', '*args, **options', (py) => py.unknown('a csv writer')),
		native('register_dialect', '*args, **options', () => null),
		native('unregister_dialect', 'name', () => null),
		native('get_dialect', 'name', (_, [name]) => name),
		native('list_dialects', '', () => new PyList([...dialects])),
		native('field_size_limit', '*args', () => 131072),
		['QUOTE_MINIMAL', 0],
		['QUOTE_ALL', 1],
		['QUOTE_NONNUMERIC', 2],
		['QUOTE_NONE', 3],
		['QUOTE_STRINGS', 4],
		['QUOTE_NOTNULL', 5],
		['__version__', '1.0'],
		['Dialect', newType('Dialect', '_csv', [], [objectType])],
		['Error', newType('Error', '_csv', [], [exceptionType('Exception')])],
	],
	{ open: true },
);
