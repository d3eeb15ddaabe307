// Bundled by bench/keystroke.mjs --phases: an edit followed in this process, with what each phase of it took.
import { type Analysis, analyzeProject } from '../../src/django/analyze';
import type { EditPhase, EditTrace } from '../../src/django/edit/trace';
import type { ProjectOptions } from '../../src/django/project';
import { nodeHost } from '../../src/server/nodeHost';
import { OverlayHost } from '../../src/server/overlayHost';
import { difference } from '../../src/shared/json';

/** Milliseconds of processor time of a phase; what stands between the phases counts to the one before. */
export type Phases = Partial<Record<EditPhase | 'difference' | 'whole evaluation', number>>;

export class Followed {
	private readonly disk = nodeHost();
	private readonly host = new OverlayHost(this.disk, this.disk.environment);
	private analysis: Analysis;

	constructor(private readonly options: ProjectOptions) {
		this.analysis = analyzeProject(this.host, options);
	}

	get model() {
		return this.analysis.model;
	}

	/** As the editor does when a document was opened and nothing happens. */
	open(path: string): void {
		for (let i = 0; i < 6; i++) this.analysis = this.analysis.practise?.(path) ?? analyzeProject(this.host, this.options);
	}

	follow(path: string, text: string): { readonly phases: Phases; readonly refused: string | undefined } {
		const phases: Phases = {};
		let refused: string | undefined;
		let now: keyof Phases = 'parse';
		let since = process.cpuUsage();
		const next = (phase: keyof Phases) => {
			const { user, system } = process.cpuUsage(since);
			phases[now] = (phases[now] ?? 0) + (user + system) / 1000;
			since = process.cpuUsage();
			now = phase;
		};
		const trace: EditTrace = {
			phase: next,
			refused(reason) {
				refused ??= reason;
			},
		};
		this.host.change({ path, text });
		const before = this.analysis.model;
		const after = this.analysis.refresh?.([path], trace);
		if (!after) next('whole evaluation');
		this.analysis = after ?? analyzeProject(this.host, this.options);
		next('difference');
		difference(before, this.analysis.model);
		next('difference');
		return { phases, refused: after ? undefined : (refused ?? 'it raised') };
	}
}
