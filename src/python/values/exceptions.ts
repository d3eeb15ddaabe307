import type { Node } from '../syntax/ast';
import { PyClass } from './class';
import { PyTuple } from './collections';
import { objectType, typeType } from './core-types';
import type { Place, PyModule } from './module';
import { PyInstance, type Value } from './value';

/** An instance of BaseException or of a class below it. */
export class PyException extends PyInstance {
	args: PyTuple = new PyTuple([]);
	cause: Value = null;
	context: Value = null;
	/** Where it was raised, outermost frame first. */
	traceback: readonly { readonly place: Place | undefined; readonly name: string }[] = [];
}

/** A line of a traceback; the place is worked out when it is read. */
export class CodePlace {
	constructor(
		private readonly module: PyModule,
		private readonly node: Node | undefined,
		readonly name: string,
	) {}

	get place(): Place | undefined {
		return this.node && this.module.place(this.node);
	}
}

/** Each built-in exception with those below it; `builtins/exceptions.ts` fills in their members. */
const tree = `BaseException
 BaseExceptionGroup
 GeneratorExit
 KeyboardInterrupt
 SystemExit
 Exception
  ArithmeticError
   FloatingPointError
   OverflowError
   ZeroDivisionError
  AssertionError
  AttributeError
  BufferError
  EOFError
  ExceptionGroup
  ImportError
   ModuleNotFoundError
  LookupError
   IndexError
   KeyError
  MemoryError
  NameError
   UnboundLocalError
  OSError
   BlockingIOError
   ChildProcessError
   ConnectionError
    BrokenPipeError
    ConnectionAbortedError
    ConnectionRefusedError
    ConnectionResetError
   FileExistsError
   FileNotFoundError
   InterruptedError
   IsADirectoryError
   NotADirectoryError
   PermissionError
   ProcessLookupError
   TimeoutError
  ReferenceError
  RuntimeError
   NotImplementedError
   RecursionError
  StopAsyncIteration
  StopIteration
  SyntaxError
   IndentationError
    TabError
  SystemError
  TypeError
  ValueError
   UnicodeError
    UnicodeDecodeError
    UnicodeEncodeError
    UnicodeTranslateError
  Warning
   BytesWarning
   DeprecationWarning
   EncodingWarning
   FutureWarning
   ImportWarning
   PendingDeprecationWarning
   ResourceWarning
   RuntimeWarning
   SyntaxWarning
   UnicodeWarning
   UserWarning`;

/** Built-in exception classes by name. `IOError` and `EnvironmentError` are OSError. */
export const exceptionTypes: ReadonlyMap<string, PyClass> = readTree();

function readTree(): Map<string, PyClass> {
	const types = new Map<string, PyClass>();
	const path: PyClass[] = [];
	for (const line of tree.split('\n')) {
		const name = line.trim();
		const depth = line.length - name.length;
		const base = path[depth - 1] ?? objectType;
		const cls = new PyClass(name, 'builtins', [base], new Map(), typeType);
		cls.mro = [cls, ...base.mro];
		cls.immutable = true;
		path[depth] = cls;
		types.set(name, cls);
	}
	// Diamonds of CPython: an ExceptionGroup is an Exception, too.
	const group = types.get('ExceptionGroup');
	const baseGroup = types.get('BaseExceptionGroup');
	const exception = types.get('Exception');
	const base = types.get('BaseException');
	if (group && baseGroup && exception && base) {
		group.bases = [baseGroup, exception];
		group.mro = [group, baseGroup, exception, base, objectType];
	}
	return types;
}

/** The class of a name, where it is that of a built-in exception. */
export const builtinException = (name: string): PyClass | undefined => exceptionTypes.get(name);

/** The built-in exception class of that name. */
export function exceptionType(name: string): PyClass {
	const cls = exceptionTypes.get(name);
	if (!cls) throw new Error(`no built-in exception ${name}`);
	return cls;
}

export const baseExceptionType = exceptionType('BaseException');
