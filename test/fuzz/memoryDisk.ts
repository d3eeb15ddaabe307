import type { Host } from '../../src/shared/host';

/** The disk as it was when it was first asked, each answer kept; notes the Python files that were read. */
export function memoryDisk(disk: Host, read: Set<string>): Host {
	const kept = <T>(ask: (path: string) => T): ((path: string) => T) => {
		const answers = new Map<string, T>();
		return (path) => {
			const known = answers.get(path);
			if (known !== undefined || answers.has(path)) return known as T;
			const answer = ask(path);
			answers.set(path, answer);
			return answer;
		};
	};
	const readFile = kept((path) => disk.readFile(path));
	return {
		readFile: (path) => {
			if (path.endsWith('.py')) read.add(path);
			return readFile(path);
		},
		stat: kept((path) => disk.stat(path)),
		readDir: kept((path) => disk.readDir(path)),
		listDir: kept((path) => disk.listDir?.(path)),
		realpath: kept((path) => disk.realpath(path)),
		environment: disk.environment,
		cwd: disk.cwd,
		platform: disk.platform,
	};
}
