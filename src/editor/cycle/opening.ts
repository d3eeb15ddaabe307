import type { LogOutputChannel } from 'vscode';
import type { ProjectModel } from '../../shared/model';

/** Logs how long the view's first rows, and all of them, took: from the extension's activation and from the view's opening. */
export class Opening {
	private readonly activated = performance.now();
	private opened = this.activated;
	private said: 'nothing' | 'first' | 'all' = 'nothing';

	constructor(private readonly log: LogOutputChannel) {}

	/** The view asks for its rows. */
	asked(): void {
		this.opened = performance.now();
	}

	shown(models: readonly (ProjectModel | undefined)[]): void {
		if (this.said === 'all' || !models.some((model) => model !== undefined)) return;
		const all = models.every((model) => model !== undefined && !model.provisional);
		if (this.said === 'first' && !all) return;
		this.said = all ? 'all' : 'first';
		const now = performance.now();
		const kinds = new Set(models.map((model) => (model ? (model.provisional ?? 'whole') : 'none')));
		const since = (from: number) => `${Math.round(now - from)} ms`;
		this.log.info(
			`${all ? 'All' : 'First'} rows (${[...kinds].join(', ')}) ${since(this.opened)} after the view was opened, ${since(this.activated)} after activation`,
		);
	}
}
