import { window } from 'vscode';
import { Command } from '../../ids';
import type { Context } from '../context';
import type { CommandFunction } from './table';

async function turnOn({ recording, terminals, captures }: Context): Promise<void> {
	if (recording.state === 'on') return;
	const fresh = recording.state === 'off';
	await recording.set('on');
	await captures.follow();
	if (!fresh) return;
	terminals.mark();
	void terminals.hint();
}

export const recordingCommands = {
	[Command.turnOnRecording]: turnOn,

	[Command.turnOffRecording]: async ({ recording }) => {
		// Servers that run already are told by control.json before the variables go.
		if (recording.state === 'on') await recording.set('paused');
		await recording.set('off');
	},

	[Command.togglePause]: async (context) => {
		const { recording } = context;
		if (recording.state === 'off') return turnOn(context);
		return recording.set(recording.state === 'on' ? 'paused' : 'on');
	},

	[Command.pauseRecording]: ({ recording }) => (recording.state === 'on' ? recording.set('paused') : undefined),

	[Command.resumeRecording]: ({ recording }) => (recording.state === 'paused' ? recording.set('on') : undefined),

	[Command.recordLines]: async ({ recording, projects }) => {
		if (!recording.enabled) throw new Error('Turn recording on first.');
		const next = { label: 'Of the next request', description: 'then no more', mode: 'next' as const };
		const route = { label: 'Of one route’s requests…', description: 'until turned off', mode: 'route' as const };
		const always = { label: 'Of every request', description: 'slow: for small pages', mode: 'always' as const };
		const off = { label: 'Not any more', description: '', mode: 'off' as const };
		const chosen = await window.showQuickPick([next, route, always, off], {
			placeHolder: 'Record the project’s lines, and the values they leave',
		});
		if (!chosen) return;
		if (chosen.mode !== 'route') return recording.recordLines({ mode: chosen.mode });
		const models = await projects.allModels();
		const { routesOf } = await import('../cycle/filter');
		const items = models
			.flatMap((model) => routesOf(model.urls))
			.map((one) => ({
				label: one.fullPath,
				description: one.fullName ?? '',
				// As `ResolverMatch.route` has it, which is what the recorder compares.
				route: one.segments.map((segment) => segment.pattern).join(''),
			}));
		const picked = await window.showQuickPick(items, { placeHolder: 'Route whose lines to record', matchOnDescription: true });
		if (picked) await recording.recordLines({ mode: 'route', route: picked.route });
	},

	[Command.relaunchTerminals]: ({ terminals }) => terminals.relaunch(),

	[Command.runDevelopmentServer]: async (context) => {
		const { projects, server, recording } = context;
		const list = await projects.all();
		const project =
			list.length > 1
				? (
						await window.showQuickPick(
							list.map((one) => ({ label: one.name, description: one.settingsModule ?? '', one })),
							{ placeHolder: 'Project whose server to run' },
						)
					)?.one
				: list[0];
		if (!project) {
			if (list.length === 0) throw new Error(projects.reason ?? 'There is no Django project.');
			return;
		}
		await server.run(project, await projects.model(project.root));
		if (recording.enabled) await context.captures.follow();
	},
} satisfies Partial<Record<string, CommandFunction>>;
