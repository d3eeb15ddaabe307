import { commands, type Disposable, window } from 'vscode';
import { Command, type CommandId } from '../../ids';
import type { Context } from '../context';
import { captureCommands } from './captureCommands';
import { cycleCommands } from './cycleCommands';
import { environmentCommands } from './environmentCommands';
import { recordingCommands } from './recordingCommands';
import { replayCommands } from './replayCommands';

/** A command: its arguments come from menus, lenses and links, so that each one looks at what it was given. */
export type CommandFunction = (context: Context, ...args: readonly unknown[]) => unknown;

/** Every command by its id; one that is forgotten doesn't compile. */
const table: Readonly<Record<CommandId, CommandFunction>> = {
	...cycleCommands,
	...environmentCommands,
	...recordingCommands,
	...captureCommands,
	...replayCommands,
	[Command.openWalkthrough]: ({ extension }) =>
		commands.executeCommand('workbench.action.openWalkthrough', `${extension.extension.id}#start`, false),
	[Command.showLog]: ({ log }) => log.show(),
};

/** Registers them all, wrapped once: an error is logged and shown, never thrown at the workbench. */
export function registerCommands(context: Context): Disposable[] {
	return (Object.entries(table) as [CommandId, CommandFunction][]).map(([id, run]) =>
		commands.registerCommand(id, async (...args: unknown[]) => {
			try {
				return await run(context, ...args);
			} catch (error) {
				const message = error instanceof Error ? error.message : String(error);
				context.log.error(`${id}: ${error instanceof Error ? (error.stack ?? message) : message}`);
				void window.showErrorMessage(message);
				return undefined;
			}
		}),
	);
}
