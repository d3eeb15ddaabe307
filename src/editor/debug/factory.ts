import {
	type DebugAdapterDescriptor,
	type DebugAdapterDescriptorFactory,
	DebugAdapterInlineImplementation,
	type DebugSession,
} from 'vscode';
import { tell } from '../../replay/story';
import type { Captures } from '../captures/captures';
import type { Projects } from '../projects/projects';
import { captureOf } from '../replay/captureSource';
import type { Pinned } from '../replay/pinned';
import { Sources } from '../replay/sources';
import { ReplayDebugAdapter } from './adapter';

/** Debug sessions on recordings; the pinned walk goes along with them. */
export class ReplayDebugSessions implements DebugAdapterDescriptorFactory {
	constructor(
		private readonly captures: Captures,
		private readonly pinned: Pinned,
		private readonly projects: Projects,
	) {}

	async createDebugAdapterDescriptor(session: DebugSession): Promise<DebugAdapterDescriptor> {
		const ref: unknown = session.configuration['capture'];
		if (typeof ref !== 'string') throw new Error('The launch configuration names no capture.');
		const step: unknown = session.configuration['step'];
		await this.captures.follow();
		const capture = await captureOf(this.captures, ref);
		this.pinned.pin(capture);
		const recorded = {
			capture,
			story: tell(capture),
			sources: new Sources(capture, this.projects),
			...(typeof step === 'number' ? { step } : {}),
			moved: (step: number) => {
				if (this.pinned.captureId === capture.id) this.pinned.go(step);
			},
		};
		return new DebugAdapterInlineImplementation(new ReplayDebugAdapter(recorded));
	}
}
