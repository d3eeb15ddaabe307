import { readdir, readFile, stat } from 'node:fs/promises';
import { RelativePattern, Uri, workspace } from 'vscode';
import { joinPath } from '../../shared/path';
import type { Projects } from '../projects/projects';

/** Bytes. */
const largest = 1024 * 1024;

/**
 * The project's own stylesheet behind a link of a captured page, for its preview: the file below a `static` folder of the
 * project or of an installed package. Rejects when there is none.
 */
export async function findStylesheet(href: string, projects: Projects): Promise<string> {
	const path = decodeURIComponent(href.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, ''));
	const rest = withoutStaticUrl(path, projects);
	if (!rest.endsWith('.css') || rest.split('/').includes('..')) throw new Error(`${href} is no stylesheet of the project.`);
	// Hashed names of ManifestStaticFilesStorage: style.0a1b2c3d4e5f.css
	const names = [...new Set([rest, rest.replace(/\.[0-9a-f]{12}(?=\.css$)/, '')])];
	for (const name of names) {
		const usual = await inUsualFolder(name, projects);
		if (usual !== undefined) return usual;
		for (const folder of workspace.workspaceFolders ?? []) {
			const found = await workspace.findFiles(new RelativePattern(folder, `**/${escapeGlob(name)}`), undefined, 5);
			for (const uri of found) {
				const text = await read(uri.fsPath);
				if (text !== undefined) return text;
			}
		}
		for (const folder of projects.knownModels.flatMap((model) => model.environment.sitePackages)) {
			const [app] = name.split('/');
			for (const guess of [`django/contrib/${app}/static/${name}`, `${app}/static/${name}`]) {
				const text = await read(joinPath(folder, guess));
				if (text !== undefined) return text;
			}
		}
	}
	throw new Error(`No file of the project stands behind ${href}.`);
}

/** In `static` of a project or of one of the folders in it, its apps mostly: a search of the whole workspace takes seconds. */
async function inUsualFolder(name: string, projects: Projects): Promise<string | undefined> {
	for (const { root } of projects.list) {
		const inside = await readdir(root, { withFileTypes: true }).catch(() => []);
		const folders = inside.filter((entry) => entry.isDirectory()).map((entry) => joinPath(root, entry.name));
		for (const folder of [root, ...folders]) {
			const text = await read(joinPath(folder, `static/${name}`));
			if (text !== undefined) return text;
		}
	}
	return undefined;
}

function withoutStaticUrl(path: string, projects: Projects): string {
	for (const model of projects.knownModels) {
		const value = model.settings.find((setting) => setting.name === 'STATIC_URL')?.value;
		const url = `/${value?.slice(1, -1).replace(/^\//, '') ?? ''}`;
		if (url.length > 1 && path.startsWith(url)) return path.slice(url.length);
	}
	return path.replace(/^\/(?:static\/)?/, '');
}

async function read(path: string): Promise<string | undefined> {
	try {
		const { size } = await stat(Uri.file(path).fsPath);
		return size <= largest ? await readFile(path, 'utf8') : undefined;
	} catch {
		return undefined;
	}
}

const escapeGlob = (text: string) => text.replace(/[*?[\]{}]/g, '[$&]');
