/**
 * The language server's custom requests, beside standard LSP: one namespace, `requestCycle/*`.
 * Both ends import the names and shapes from here.
 */
import type { JsonPatch } from '../json';
import type { DryRun, Place, Problem, ProjectModel, SettingsCandidate } from '../model';

export interface ProjectRef {
	/** Absolute path of the project's root folder: what tells projects of a workspace apart. */
	readonly root: string;
}

/** What the editor knows and the server needs; sent as `initializationOptions` and again when it changes. */
export interface ServerOptions {
	readonly projects?: Readonly<Record<string, ProjectChoice>>;
	/** The interpreter that was chosen, by workspace folder path. */
	readonly interpreters?: Readonly<Record<string, InterpreterChoice>>;
	/** The terminal's environment as the workspace's settings make it, over the server's own. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Folder for the engine's cache; absent: no cache. */
	readonly cacheFolder?: string;
}

export interface InterpreterChoice {
	/** Path of the interpreter or its environment. */
	readonly path: string;
	/** The setting or extension that names it, for people. */
	readonly namedBy: string;
}

export interface ProjectChoice {
	readonly settingsModule?: string;
	/** Variables set for the analysis. */
	readonly environment?: Readonly<Record<string, string>>;
}

/** editor → server, request: every Django project found in the workspace's folders. */
export const PROJECTS = 'requestCycle/projects';
export interface ProjectsResult {
	readonly projects: readonly ProjectSummary[];
	/** Why there are none, when there are none. */
	readonly reason?: string;
}
export interface ProjectSummary extends ProjectRef {
	readonly name: string;
	readonly settingsModule?: string;
	readonly candidates: readonly SettingsCandidate[];
	readonly problem?: Problem;
}

/** editor → server, request: the model of one project. */
export const MODEL = 'requestCycle/model';
export interface ModelParams extends ProjectRef {
	/** A version the editor holds already: the answer is `unchanged` when it is the newest. */
	readonly version?: number;
	/** A provisional model will do: it is answered at once, and `MODEL_CHANGED` follows. Else the answer waits for the whole one. */
	readonly provisional?: boolean;
}
export interface ModelResult {
	readonly version: number;
	readonly unchanged?: boolean;
	readonly model?: ProjectModel;
	/** In the model's place: what makes it of the version that the editor holds. */
	readonly patch?: JsonPatch;
}

/** server → editor, notification: a newer model stands ready, or a provisional one (paced: at most four a second). */
export const MODEL_CHANGED = 'requestCycle/modelChanged';
export interface ModelChangedParams extends ProjectRef {
	readonly version: number;
}

/** server → editor, notification: work goes on or ended, for the tree's message line. */
export const STATUS = 'requestCycle/status';
export interface StatusParams {
	readonly busy: boolean;
	readonly message?: string;
}

/** editor → server, request. */
export const DRY_RUN = 'requestCycle/dryRun';
export interface DryRunParams extends ProjectRef {
	readonly method: string;
	readonly path: string;
	readonly host?: string;
	readonly language?: string;
}
export type DryRunResult = DryRun;

/** editor → server, request: the routes whose view is defined in this file, for the lenses. */
export const ROUTES_IN_FILE = 'requestCycle/routesInFile';
export interface RoutesInFileParams {
	readonly uri: string;
}
export interface RoutesInFileResult {
	readonly entries: readonly FileEntry[];
}
/** A view, a `path()` or a middleware that stands in the file. */
export interface FileEntry {
	readonly kind: 'view' | 'route' | 'middleware';
	/** `module.qualname`; for a route the view it leads to. */
	readonly symbol: string;
	readonly line: number;
	readonly routes: readonly {
		readonly id: string;
		readonly fullPath: string;
		readonly fullName?: string;
		readonly site?: Place;
	}[];
}

/** editor → server, notification: `ServerOptions` changed. */
export const OPTIONS_CHANGED = 'requestCycle/optionsChanged';

/** server → editor, notification: ask for the projects again. */
export const PROJECTS_CHANGED = 'requestCycle/projectsChanged';
