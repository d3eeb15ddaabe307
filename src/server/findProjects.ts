import type { Host } from '../shared/host';
import { joinPath } from '../shared/path';

/** A workspace may be anything: so deep, and so many folders, are looked through. */
const deepest = 4;
const mostFolders = 4000;

const skipped =
	/^(?:\..*|node_modules|__pycache__|site-packages|venv|env|virtualenv|build|dist|static|media|locale|templates|migrations)$/;

/** Folders that hold a `manage.py`, nearest to the top first. Virtual environments are not entered. */
export function manageFolders(host: Host, folder: string): string[] {
	const found: string[] = [];
	let level = [folder];
	let seen = 0;
	for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
		const next: string[] = [];
		for (const path of level) {
			if (++seen > mostFolders) return found;
			const entries = host.readDir(path) ?? [];
			if (entries.some((entry) => entry.name === 'pyvenv.cfg')) continue;
			if (
				entries.some((entry) => entry.type === 'file' && entry.name === 'manage.py') &&
				isManage(host, joinPath(path, 'manage.py'))
			) {
				found.push(path);
			}
			for (const entry of entries)
				if (entry.type === 'directory' && !skipped.test(entry.name)) next.push(joinPath(path, entry.name));
		}
		level = next;
	}
	return found;
}

/** Django's, not another framework's. */
function isManage(host: Host, path: string): boolean {
	const bytes = host.readFile(path);
	return bytes !== undefined && /django|DJANGO_SETTINGS_MODULE/.test(new TextDecoder().decode(bytes));
}
