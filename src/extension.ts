import { debug, type ExtensionContext, languages as languageFeatures, Uri, window } from 'vscode';
import { Captures } from './editor/captures/captures';
import { PythonEnvironment } from './editor/client/pythonEnvironment';
import { registerCommands } from './editor/commands/table';
import type { Context } from './editor/context';
import { CycleView } from './editor/cycle/view';
import { ReplayDebugSessions } from './editor/debug/factory';
import { DisposableStore } from './editor/disposables';
import { DryRunDocuments } from './editor/dryRun/dryRun';
import { Lenses } from './editor/lenses/lenses';
import { Projects } from './editor/projects/projects';
import { SettingsStatus } from './editor/projects/settingsStatus';
import { RecordedDebugSessions } from './editor/recording/debugConfiguration';
import { DevelopmentServer } from './editor/recording/developmentServer';
import { Recording } from './editor/recording/recording';
import { RecordingStatus } from './editor/recording/statusBar';
import { StaleTerminals } from './editor/recording/terminals';
import { Again } from './editor/replay/again';
import { InlineReplay } from './editor/replay/decorations';
import { Panels } from './editor/replay/panels';
import { Pinned } from './editor/replay/pinned';
import { RequestsView } from './editor/requests/view';
import { DebugType } from './ids';

/** What the extension exports: the parts themselves, as tests drive them inside a real VS Code. No other use is promised. */
export type Api = Context;

/** Registers everything and returns before any work is done. */
export function activate(extension: ExtensionContext): Api {
	const store = new DisposableStore();
	extension.subscriptions.push(store);
	const log = store.add(window.createOutputChannel('Django Request Cycle', { log: true }));
	const folder = Uri.joinPath(extension.storageUri ?? extension.globalStorageUri, 'captures').fsPath;

	const projects = store.add(new Projects(extension, store.add(new PythonEnvironment()), log));
	const captures = store.add(new Captures(folder, log));
	const recording = store.add(new Recording(extension, folder, log));
	const pinned = store.add(new Pinned(projects));
	const again = new Again(projects, recording);
	const context: Context = {
		extension,
		log,
		projects,
		captures,
		recording,
		pinned,
		cycle: store.add(new CycleView(projects, captures, log)),
		requests: store.add(new RequestsView(captures, pinned, () => recording.state)),
		terminals: new StaleTerminals(),
		server: store.add(new DevelopmentServer()),
		inline: store.add(new InlineReplay(pinned)),
		again,
		panels: store.add(new Panels(extension, captures, pinned, projects, again)),
		dryRuns: store.add(new DryRunDocuments()),
	};

	for (const command of registerCommands(context)) store.add(command);
	store.add(
		languageFeatures.registerCodeLensProvider({ scheme: 'file', language: 'python' }, store.add(new Lenses(projects, captures))),
	);
	const debugSessions = new RecordedDebugSessions(recording);
	for (const type of ['python', 'debugpy']) store.add(debug.registerDebugConfigurationProvider(type, debugSessions));
	store.add(debug.registerDebugAdapterDescriptorFactory(DebugType, new ReplayDebugSessions(captures, pinned, projects)));
	store.add(new RecordingStatus(recording));
	store.add(new SettingsStatus(projects));
	void recording.apply();
	projects.start();
	return context;
}
