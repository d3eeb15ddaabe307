import { window } from 'vscode';
import { Command } from '../../ids';
import type { Context } from '../context';
import { type CaptureRef, captureOf, isFileRef, pickCapture } from '../replay/captureSource';
import { inputWithLiveResults } from './liveInput';
import type { CommandFunction } from './table';

/** The capture a command is about: what it was given, the panel in front, the selected row, the pinned one, or one that the user picks. */
export async function refFor(context: Context, given: unknown, placeHolder: string): Promise<CaptureRef | undefined> {
	if (typeof given === 'string' && given !== '') return given;
	const selected = context.requests.view.selection.find((id) => context.captures.entry(id));
	return context.panels.activeRef ?? selected ?? context.pinned.captureId ?? pickCapture(context.captures, placeHolder);
}

export const captureCommands = {
	[Command.filterRequests]: async ({ requests }, text) => {
		if (typeof text === 'string') requests.filter = text;
		else {
			await inputWithLiveResults({
				title: 'Filter Requests',
				placeholder: 'Words of method, path, status (404, 5xx), view, name or exception',
				value: requests.filter,
				change: (value) => {
					requests.filter = value;
				},
			});
		}
	},

	[Command.clearRequestFilter]: ({ requests }) => {
		requests.filter = '';
	},

	[Command.showMoreRequests]: ({ requests }) => requests.showMore(),

	[Command.openCapture]: async (context, given, step, passing) => {
		const ref = await refFor(context, given, 'Request to replay');
		if (ref) await context.panels.open(ref, { ...(typeof step === 'number' ? { step } : {}), passing: passing === true });
	},

	[Command.replayLatest]: async (context, id) => {
		if (typeof id === 'string') await context.panels.open(id);
	},

	[Command.pinCapture]: async (context, given, step) => {
		const ref = await refFor(context, given, 'Request to show in the source');
		if (ref) context.pinned.pin(await captureOf(context.captures, ref), typeof step === 'number' ? step : 0);
	},

	[Command.unpinCapture]: ({ pinned }) => pinned.unpin(),

	[Command.deleteCapture]: async (context, given, selected) => {
		const several = Array.isArray(selected) ? selected.filter((id): id is string => typeof id === 'string') : [];
		const ids =
			several.length > 0 ? several : [await refFor(context, given, 'Capture to delete')].filter((id) => id !== undefined);
		if (ids.some(isFileRef)) throw new Error('This capture is a file of its own: delete it in the Explorer.');
		if (context.pinned.captureId && ids.includes(context.pinned.captureId)) context.pinned.unpin();
		await context.captures.delete(ids.filter((id) => context.captures.entry(id)));
	},

	[Command.deleteAllCaptures]: async ({ captures, pinned }, sure) => {
		const count = captures.entries.length;
		if (count === 0) return;
		const yes = 'Delete All';
		const message = `Delete all ${count.toLocaleString('en-US')} captures of this workspace?`;
		if (sure !== true && (await window.showWarningMessage(message, { modal: true }, yes)) !== yes) return;
		pinned.unpin();
		await captures.deleteAll();
	},
} satisfies Partial<Record<string, CommandFunction>>;
