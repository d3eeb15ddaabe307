/** Every id that `package.json` contributes; `test/unit/editor/ids.test.ts` holds the two against each other. */

/** Commands, by what they do. */
export const Command = {
	refresh: 'requestCycle.refresh',
	goToRoute: 'requestCycle.goToRoute',
	filterRoutes: 'requestCycle.filterRoutes',
	clearRouteFilter: 'requestCycle.clearRouteFilter',
	selectSettingsModule: 'requestCycle.selectSettingsModule',
	selectInterpreter: 'requestCycle.selectInterpreter',
	createEnvironment: 'requestCycle.createEnvironment',
	setVariables: 'requestCycle.setVariables',
	openPlace: 'requestCycle.openPlace',
	openView: 'requestCycle.openView',
	openPattern: 'requestCycle.openPattern',
	openRegistration: 'requestCycle.openRegistration',
	copyPath: 'requestCycle.copyPath',
	copyName: 'requestCycle.copyName',
	openInBrowser: 'requestCycle.openInBrowser',
	findLatestCapture: 'requestCycle.findLatestCapture',
	dryRun: 'requestCycle.dryRun',
	turnOnRecording: 'requestCycle.turnOnRecording',
	turnOffRecording: 'requestCycle.turnOffRecording',
	togglePause: 'requestCycle.togglePause',
	pauseRecording: 'requestCycle.pauseRecording',
	resumeRecording: 'requestCycle.resumeRecording',
	recordLines: 'requestCycle.recordLines',
	relaunchTerminals: 'requestCycle.relaunchTerminals',
	runDevelopmentServer: 'requestCycle.runDevelopmentServer',
	filterRequests: 'requestCycle.filterRequests',
	clearRequestFilter: 'requestCycle.clearRequestFilter',
	showMoreRequests: 'requestCycle.showMoreRequests',
	openCapture: 'requestCycle.openCapture',
	pinCapture: 'requestCycle.pinCapture',
	unpinCapture: 'requestCycle.unpinCapture',
	deleteCapture: 'requestCycle.deleteCapture',
	deleteAllCaptures: 'requestCycle.deleteAllCaptures',
	replayLatest: 'requestCycle.replayLatest',
	nextStage: 'requestCycle.nextStage',
	previousStage: 'requestCycle.previousStage',
	goToStage: 'requestCycle.goToStage',
	copyAsCurl: 'requestCycle.copyAsCurl',
	exportHar: 'requestCycle.exportHar',
	exportCapture: 'requestCycle.exportCapture',
	importCapture: 'requestCycle.importCapture',
	saveAsTest: 'requestCycle.saveAsTest',
	compareCaptures: 'requestCycle.compareCaptures',
	rerun: 'requestCycle.rerun',
	debugCapture: 'requestCycle.debugCapture',
	openWalkthrough: 'requestCycle.openWalkthrough',
	showLog: 'requestCycle.showLog',
} as const;
export type CommandId = (typeof Command)[keyof typeof Command];

/** Commands that only a row, a lens or a link calls, so that the palette doesn't list them. */
export const rowCommands: readonly CommandId[] = [Command.openPlace, Command.showMoreRequests, Command.replayLatest];

export const View = { container: 'requestCycle', cycle: 'requestCycle.cycle', requests: 'requestCycle.requests' } as const;

export const CustomEditor = 'requestCycle.captureEditor';
export const PanelType = 'requestCycle.replay';
export const DebugType = 'request-cycle';
export const Walkthrough = 'start';

/** Settings below `requestCycle.`. */
export const Setting = {
	settingsModule: 'settingsModule',
	interpreter: 'interpreter',
	environment: 'environment',
	pathMappings: 'pathMappings',
	codeLens: 'codeLens.enabled',
	inlineReplay: 'inlineReplay.enabled',
	ignore: 'recording.ignore',
	secretNames: 'recording.secretNames',
	captures: 'recording.captures',
	megabytes: 'recording.megabytes',
	serverArguments: 'developmentServer.arguments',
} as const;
export type SettingName = (typeof Setting)[keyof typeof Setting];
export const section = 'requestCycle';

/** Context keys of `when` clauses. */
export const ContextKey = {
	/** `loading`, `none` or `some` */
	projects: 'requestCycle.projects',
	severalSettings: 'requestCycle.severalSettings',
	routeFilter: 'requestCycle.routeFilter',
	requestFilter: 'requestCycle.requestFilter',
	/** `off`, `on` or `paused` */
	recording: 'requestCycle.recording',
	pinned: 'requestCycle.pinned',
	hasCaptures: 'requestCycle.hasCaptures',
} as const;
export type ContextKeyName = (typeof ContextKey)[keyof typeof ContextKey];

/** Words of a row's `contextValue`, which menus ask for with `viewItem =~ /\bword\b/`. */
export const RowWord = {
	route: 'route',
	view: 'hasView',
	site: 'hasSite',
	registered: 'isRegistered',
	name: 'hasName',
	settings: 'settings',
	variables: 'variables',
	capture: 'capture',
	pinned: 'pinned',
} as const;
