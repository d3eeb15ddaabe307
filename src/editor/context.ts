import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { Captures } from './captures/captures';
import type { CycleView } from './cycle/view';
import type { DryRunDocuments } from './dryRun/dryRun';
import type { Projects } from './projects/projects';
import type { DevelopmentServer } from './recording/developmentServer';
import type { Recording } from './recording/recording';
import type { StaleTerminals } from './recording/terminals';
import type { Again } from './replay/again';
import type { InlineReplay } from './replay/decorations';
import type { Panels } from './replay/panels';
import type { Pinned } from './replay/pinned';
import type { RequestsView } from './requests/view';

/** What commands work on. */
export interface Context {
	readonly extension: ExtensionContext;
	readonly log: LogOutputChannel;
	readonly projects: Projects;
	readonly captures: Captures;
	readonly cycle: CycleView;
	readonly requests: RequestsView;
	readonly recording: Recording;
	readonly terminals: StaleTerminals;
	readonly server: DevelopmentServer;
	readonly pinned: Pinned;
	readonly inline: InlineReplay;
	readonly again: Again;
	readonly panels: Panels;
	readonly dryRuns: DryRunDocuments;
}
