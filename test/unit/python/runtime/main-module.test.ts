import assert from 'node:assert/strict';
import { evaluate } from './evaluate';

describe('the module that Python was started with', () => {
	it('is there, with its name and file, and is not the settings', () => {
		const text =
			"import __main__, sys\nr = [__main__.__name__, hasattr(__main__, '__file__'), '__main__' in sys.modules]\ndel __main__, sys";
		assert.deepEqual(evaluate(text), { r: "['__main__', True, True]" });
	});
});
