import { deepEqual, equal } from 'node:assert/strict';
import { localPaths, type Surroundings } from '../../../src/replay/localPaths';

const nothing: Surroundings = { folders: [], mappings: [], recordedRoots: [], projectRoots: [], sitePackages: [] };

describe('where a recorded file is on this machine', () => {
	const paths = (recorded: string, around: Partial<Surroundings>) => localPaths(recorded, { ...nothing, ...around });

	it('is its own path first', () => {
		deepEqual(paths('/home/me/shop/views.py', {}), ['/home/me/shop/views.py']);
	});

	it('is found by a mapping', () => {
		const around = { folders: ['/home/me/shop'] };
		for (const [remote, local] of [
			['/app', '${workspaceFolder}'],
			['/app/', '${workspaceFolder}/'],
			['/app', '.'],
			['/app', '/home/me/shop'],
		] as const)
			equal(paths('/app/orders/views.py', { ...around, mappings: [{ remote, local }] })[1], '/home/me/shop/orders/views.py');
		equal(paths('/app/a.py', { ...around, mappings: [{ remote: '/app', local: 'backend' }] })[1], '/home/me/shop/backend/a.py');
	});

	it('takes a folder whole: /app is not /application', () => {
		const mappings = [{ remote: '/app', local: '${workspaceFolder}' }];
		deepEqual(paths('/application/views.py', { folders: ['/here'], mappings }), ['/application/views.py']);
	});

	it('tries mappings in their order and in each folder of the workspace', () => {
		const mappings = [
			{ remote: '/srv', local: '${workspaceFolder}/one' },
			{ remote: '/srv/deep', local: '${workspaceFolder}/two' },
		];
		deepEqual(paths('/srv/deep/a.py', { folders: ['/x', '/y'], mappings }).slice(1), [
			'/x/one/deep/a.py',
			'/y/one/deep/a.py',
			'/x/two/a.py',
			'/y/two/a.py',
		]);
	});

	it('maps the root of a file system', () => {
		equal(paths('/a.py', { folders: ['/here'], mappings: [{ remote: '/', local: '${workspaceFolder}' }] })[1], '/here/a.py');
	});

	it('maps between Windows and others', () => {
		const windows = { folders: ['C:\\work\\shop'], mappings: [{ remote: '/app', local: '${workspaceFolder}' }] };
		equal(paths('/app/orders/views.py', windows)[1], 'C:\\work\\shop\\orders\\views.py');
		const other = { folders: ['/home/me/shop'], mappings: [{ remote: 'C:\\app', local: '${workspaceFolder}' }] };
		equal(paths('C:\\app\\orders\\views.py', other)[1], '/home/me/shop/orders/views.py');
	});

	it('is found from the project’s folder on, and in the packages here', () => {
		deepEqual(
			paths('/app/orders/views.py', { recordedRoots: ['/app'], projectRoots: ['/home/me/shop'], folders: ['/home/me'] }),
			['/app/orders/views.py', '/home/me/shop/orders/views.py', '/home/me/orders/views.py'],
		);
		equal(
			paths('/usr/lib/python3.12/site-packages/django/views/generic/base.py', { sitePackages: ['/venv/lib/site-packages'] })[1],
			'/venv/lib/site-packages/django/views/generic/base.py',
		);
	});
});
