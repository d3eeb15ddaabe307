import type { FactCache, Host } from '../../shared/host';
import type { ProjectModel } from '../../shared/model';
import { isSources, recordingHost, type Sources, unchanged } from './sources';
import { ENGINE_VERSION } from './version';

interface Entry {
	readonly version: string;
	readonly sources: Sources;
	readonly answer: unknown;
}

/**
 * An answer from the cache while every source it was made from is unchanged, else a fresh one, which is kept.
 * A corrupt, stale or foreign entry is no entry: it is made anew and written over.
 *
 * `question` names what was asked (folder, settings module, interpreter, options): its text is the key.
 * `compute` must reach the machine through the host it is given alone. `restore` tells whether a kept answer has the
 * right form; it guards against an entry that parses and is something else. `outdated` is given a kept answer whose sources
 * have changed, before the fresh one is computed.
 */
export function cachedAnswer<T>(options: {
	readonly host: Host;
	readonly cache: FactCache | undefined;
	readonly question: string;
	readonly compute: (host: Host) => T;
	readonly restore: (answer: unknown) => answer is T;
	readonly outdated?: (answer: T) => void;
}): T {
	const { host, cache, question, compute, restore, outdated } = options;
	if (!cache) return compute(host);
	const kept = read(cache.get(question));
	if (kept?.version === ENGINE_VERSION && restore(kept.answer)) {
		if (unchanged(kept.sources, host)) return kept.answer;
		outdated?.(kept.answer);
	}
	const recording = recordingHost(host);
	const answer = compute(recording.host);
	cache.set(question, JSON.stringify({ version: ENGINE_VERSION, sources: recording.sources(), answer } satisfies Entry));
	return answer;
}

function read(text: string | undefined): Entry | undefined {
	if (text === undefined) return undefined;
	try {
		const entry: unknown = JSON.parse(text);
		return isEntry(entry) ? entry : undefined;
	} catch {
		return undefined;
	}
}

function isEntry(value: unknown): value is Entry {
	if (typeof value !== 'object' || value === null) return false;
	const { version, sources } = value as Partial<Entry>;
	return typeof version === 'string' && isSources(sources);
}

/** Guards against an entry that parses and is something else. */
export function isProjectModel(answer: unknown): answer is ProjectModel {
	return (
		typeof answer === 'object' && answer !== null && 'urls' in answer && 'middleware' in answer && 'settingsModule' in answer
	);
}
