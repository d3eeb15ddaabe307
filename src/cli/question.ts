import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CommandLine } from './arguments';

/** The project's folder that a command line means. */
export const folderOf = (folder: string | undefined): string => resolve(folder ?? '.');

/** What a command line asks, so that two that ask the same read the same; undefined where the answer is not kept. */
export function questionOf({ command, positional, flags, values }: CommandLine): string | undefined {
	if ((command !== 'model' && command !== 'routes') || flags.has('--no-cache') || flags.has('--help') || flags.has('-h'))
		return undefined;
	const form = command === 'model' || flags.has('--json') ? 'json' : 'table';
	return JSON.stringify([
		form,
		folderOf(positional[0]),
		values.get('--settings') ?? null,
		values.get('--python') ?? null,
		flags.has('--verbose'),
	]);
}

/** Where answers are kept: as asked for, else the user's cache folder by each system's custom. */
export function cacheFolder({ values }: CommandLine): string {
	const { env, platform } = process;
	const asked = values.get('--cache');
	if (asked !== undefined) return asked;
	if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'django-request-cycle');
	if (platform === 'darwin') return join(homedir(), 'Library/Caches/django-request-cycle');
	return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'django-request-cycle');
}
