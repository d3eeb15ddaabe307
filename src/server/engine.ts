import type { DryRun, ProjectModel } from '../shared/model';
import type { DryRunParams, ProjectsResult, ServerOptions } from '../shared/protocol/server';

/** What the server needs of the static engine. Every answer is total: bad input gives problems, never a rejection. */
export interface ProjectEngine {
	/** What the editor chose; applies from the next question on. */
	configure(options: ServerOptions): void;
	/** Every Django project below these folders. */
	projects(folders: readonly string[]): Promise<ProjectsResult>;
	/**
	 * The model of one project, evaluated afresh as far as files changed. What can be shown until it stands is given to
	 * `provisional`, at once and again when more is known.
	 */
	model(root: string, provisional?: (model: ProjectModel) => void): Promise<ProjectModel>;
	/** The model of a whole evaluation: what `model` answers after an edit may be refreshed from the one before. */
	settle(root: string): Promise<ProjectModel>;
	/**
	 * Readies the project for edits of this open document, a step at a time, each short but for a whole evaluation where there was none:
	 * its model came from the cache. Whether another step is worth it.
	 */
	prepare(root: string, path: string): Promise<boolean>;
	dryRun(params: DryRunParams): Promise<DryRun>;
	/** These files are to be read again; `text` where an open document stands in place of the disk. */
	changed(files: readonly FileChange[]): void;
}

export interface FileChange {
	readonly path: string;
	/** The open document's text; undefined: as on the disk. */
	readonly text?: string;
}
