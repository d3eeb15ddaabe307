const { DebugAdapterExecutable, EventEmitter, debug } = require('vscode');

exports.activate = (context) => {
	const changed = new EventEmitter();
	let active = 'python';
	const factory = {
		// DEBUGPY_PYTHON: an interpreter that has debugpy installed.
		createDebugAdapterDescriptor: () => new DebugAdapterExecutable(process.env.DEBUGPY_PYTHON, ['-m', 'debugpy.adapter']),
	};
	context.subscriptions.push(debug.registerDebugAdapterDescriptorFactory('debugpy', factory));
	return {
		environments: {
			getActiveEnvironmentPath: () => ({ path: active }),
			onDidChangeActiveEnvironmentPath: changed.event,
		},
		/** For tests: the user chooses another environment. */
		choose(path) {
			active = path;
			changed.fire({ path });
		},
	};
};
