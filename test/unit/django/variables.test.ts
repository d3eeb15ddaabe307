import assert from 'node:assert/strict';
import { projectFileTest } from '../../../src/django/sites';
import { variableInfos, watchVariables } from '../../../src/django/variables';
import { createInterpreter } from '../../../src/python/create';
import { memoryHost } from '../memoryHost';

/** `NAME set? file:line` of what the settings ask for. */
function asked(settings: string, library = '', environment: Record<string, string> = {}): string[] {
	const host = memoryHost({ '/p/s.py': settings, '/lib/library.py': library }, { environment });
	const py = createInterpreter({ host, sysPath: ['/p', '/lib'], projectRoots: ['/p'] });
	watchVariables(py, projectFileTest('/p', ['/lib']));
	py.importModule('s');
	return variableInfos(py).map(
		({ name, isSet, place }) => `${name} ${isSet ? 'set' : 'not set'} ${place?.file.slice(1)}:${place?.line}`,
	);
}

describe('environment variables that a project asks for', () => {
	it('are those of os.environ and getenv, at the line that asks first', () => {
		const text = [
			'import os',
			"a = os.environ.get('A')",
			"b = os.getenv('B', 'x')",
			"c = os.environ['C']",
			"d = 'D' in os.environ",
			"again = os.environ.get('A')",
		].join('\n');
		assert.deepEqual(asked(text, '', { C: 'value' }), [
			'A not set p/s.py:2',
			'B not set p/s.py:3',
			'C set p/s.py:4',
			'D not set p/s.py:5',
		]);
	});

	it('are those that a library asks for when the project calls it, not when it is imported', () => {
		const library = [
			'import os',
			"own = os.environ.get('OWN')",
			'def config(name):',
			'    return read(name)',
			'def read(name):',
			'    return os.environ.get(name)',
		].join('\n');
		assert.deepEqual(asked("import library\nx = library.own\n\nurl = library.config('URL')\n", library), [
			'URL not set p/s.py:4',
		]);
	});

	it('say whether there was a value when it was asked for', () => {
		const text = "import os\nos.environ.setdefault('A', 'x')\na = os.environ['A']\nb = os.environ.pop('B', None)\n";
		assert.deepEqual(asked(text, '', { B: '' }), ['A not set p/s.py:2', 'B set p/s.py:4']);
	});
});
