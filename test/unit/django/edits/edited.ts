import { type Analysis, analyzeProject } from '../../../../src/django/analyze';
import type { ProjectOptions } from '../../../../src/django/project';
import { nodeHost } from '../../../../src/server/nodeHost';
import { OverlayHost } from '../../../../src/server/overlayHost';

/** A project under edits: the analysis that follows them, and the one from scratch. */
export class Edited {
	private readonly disk = nodeHost();
	private readonly host = new OverlayHost(this.disk, this.disk.environment);
	private analysis: Analysis | undefined;
	/** Edits that were followed without a whole evaluation. */
	followed = 0;

	constructor(private readonly options: ProjectOptions) {}

	fresh(): Analysis {
		return analyzeProject(this.host, this.options);
	}

	/** The analysis that edits have been followed in; one from scratch where there is none. */
	get now(): Analysis {
		this.analysis ??= this.fresh();
		return this.analysis;
	}

	/** What the file holds before anything is evaluated. */
	open(path: string, text: string): void {
		this.host.change({ path, text });
		this.analysis = undefined;
	}

	/** Whether an edit of the file could be practised. */
	practise(path: string): boolean {
		this.analysis = this.now.practise?.(path);
		return this.analysis !== undefined;
	}

	/** Whether the edit could be followed; where not, `now` is a whole evaluation again. */
	follow(path: string, text: string): boolean {
		const { now } = this;
		this.host.change({ path, text });
		this.analysis = now.refresh?.([path]);
		if (this.analysis) this.followed++;
		return this.analysis !== undefined;
	}
}

/** The model as text, whole: what follows an edit has to say nothing else than what a whole evaluation does. */
export const told = ({ model }: Analysis): string => JSON.stringify(model, undefined, 1);

/** The lines in which two texts differ. */
export function difference(a: string, b: string): string {
	const [left, right] = [a.split('\n'), b.split('\n')];
	let head = 0;
	while (head < left.length && left[head] === right[head]) head++;
	let tail = 0;
	while (tail < Math.min(left.length, right.length) - head && left.at(-1 - tail) === right.at(-1 - tail)) tail++;
	const part = (lines: readonly string[], mark: string) =>
		lines
			.slice(Math.max(0, head - 2), lines.length - tail)
			.slice(0, 30)
			.map((line) => `${mark} ${line}`);
	return [...part(left, '-'), ...part(right, '+')].join('\n');
}
