import { basename, dirname, isWithin, joinPath } from '../../../shared/path';
import type { Machine } from '../machine';

/**
 * Files of installed packages: those in a `site-packages` folder, and those beside Django where the project carries its libraries with
 * it, in a folder of its own that stands on `sys.path`.
 */
export class InstalledFiles {
	/** With a slash at its end. */
	private carried: string | undefined;

	constructor(private readonly py: Machine) {}

	has(path: string): boolean {
		return /[\\/](?:site|dist)-packages[\\/]/.test(path) || this.isCarried(path);
	}

	/** It stands beside Django, in the project. */
	isCarried(path: string): boolean {
		return this.carried !== undefined && path.startsWith(this.carried);
	}

	/** Django has been found: what else stands there is a library, unless that is where the project itself stands. */
	djangoFound(path: string): void {
		const { py } = this;
		if (basename(path) !== '__init__.py') return;
		const folder = dirname(dirname(path));
		const around = py.projectRoots.find((root) => root !== folder && isWithin(folder, root));
		const [own = ''] = (py.environment.get('DJANGO_SETTINGS_MODULE') ?? '').split('.', 1);
		if (around === undefined || this.has(path) || own === '') return;
		const ofProject = ['manage.py', 'setup.py', 'pyproject.toml', own, `${own}.py`];
		if (ofProject.every((name) => py.host.stat(joinPath(folder, name)) === undefined)) this.carried = `${folder}/`;
	}
}
