import type { FileStat } from '../../shared/host';
import type { Interpreter } from '../runtime/interpreter';
import { getter, method, newType, PyNative } from '../runtime/native';
import { PyFloat, type Value } from '../values';

const statOf = (py: Interpreter, self: Value): FileStat =>
	self instanceof PyNative ? (self.data as FileStat) : py.raise('TypeError', 'expected os.stat_result');

export const statResultType = newType('stat_result', 'os', [
	getter('st_size', (py, self) => statOf(py, self).size),
	getter('st_mtime', (py, self) => new PyFloat(statOf(py, self).mtimeMs / 1000)),
	getter('st_ctime', (py, self) => new PyFloat(statOf(py, self).mtimeMs / 1000)),
	getter('st_mode', (py, self) => (statOf(py, self).type === 'directory' ? 0o40755 : 0o100644)),
	method('__getattr__', 'self, name, /', (py, [, name]) => py.unknown(`a file's ${py.str(name)}`)),
]);

/** `os.stat_result`, as far as the host knows. */
export function statResult(py: Interpreter, stat: FileStat | undefined): Value {
	return stat ? new PyNative(statResultType, stat) : py.raise('FileNotFoundError', 2, 'No such file or directory');
}
