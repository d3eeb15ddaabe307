import assert from 'node:assert/strict';
import { launchEnvironment, pathPrefix, readEnvFile } from '../../../src/editor/recording/environment';

describe('the recorder on PYTHONPATH', () => {
	it('stands alone where nothing was inherited: an empty element would be the working folder', () => {
		assert.equal(pathPrefix('/r', undefined, ':'), '/r');
		assert.equal(pathPrefix('/r', '', ':'), '/r');
		assert.equal(pathPrefix('/r', '/a', ':'), '/r:');
	});

	it('comes first in a debug session, before env, envFile or what is inherited, in that order', () => {
		const path = (launch: Parameters<typeof launchEnvironment>[0]) => launchEnvironment(launch, '/r', '/c', ':')['PYTHONPATH'];
		assert.equal(path({}), '/r');
		assert.equal(path({ inherited: '/i' }), '/r:/i');
		assert.equal(path({ inherited: '/i', envFile: 'PYTHONPATH=/f' }), '/r:/f');
		assert.equal(path({ inherited: '/i', envFile: 'PYTHONPATH=/f:${PYTHONPATH}' }), '/r:/f:/i');
		assert.equal(path({ inherited: '/i', envFile: 'PYTHONPATH=/f', env: { PYTHONPATH: '/e' } }), '/r:/e');
		assert.equal(path({ inherited: '/i', env: { PYTHONPATH: null } }), '/r');
		assert.equal(path({ inherited: '/r::/i' }), '/r:/i');
	});

	it('leaves the other variables of the launch as they are', () => {
		assert.deepEqual(launchEnvironment({ env: { A: '1', B: null } }, '/r', '/c', ':'), {
			A: '1',
			B: null,
			PYTHONPATH: '/r',
			DJANGO_REQUEST_CYCLE: '/c',
		});
	});

	it('reads env files', () => {
		const text = '# c\nA=1\nexport B="two words" # c\nC=\'$x\'\nD=${A}3\nbroken line\n E = 5 \n';
		assert.deepEqual(readEnvFile(text), { A: '1', B: 'two words', C: '$x', D: '13', E: '5' });
	});
});
