import { Command, type CommandId } from '../../ids';
import type { Problem } from '../../shared/model';
import { escapeMarkdown } from '../format';
import type { CycleNode } from './node';

interface Way {
	readonly act: CommandId;
	readonly label: string;
	readonly icon: string;
}

const interpreter: Way = { act: Command.selectInterpreter, label: 'Select Interpreter…', icon: 'vm' };
const create: Way = { act: Command.createEnvironment, label: 'Create Virtual Environment…', icon: 'add' };
const settings: Way = { act: Command.selectSettingsModule, label: 'Select Settings Module…', icon: 'settings-gear' };
const variables: Way = { act: Command.setVariables, label: 'Set Environment Variables…', icon: 'symbol-variable' };

/** Why the project, or a whole part of it, could not be read: the first thing to see, with the ways out as rows below. */
export function failureNode(id: string, problem: Problem, root: string): CycleNode {
	const { label, description } = words(problem);
	const place = problem.place ?? problem.trail?.at(-1);
	return {
		id,
		label,
		description,
		tooltip: escapeMarkdown(problem.message),
		icon: 'error',
		color: 'errorForeground',
		...(place ? { place } : {}),
		root,
		expanded: true,
		children: waysOut(problem).map(({ act, label: way, icon }) => ({
			id: `${id}/${act}`,
			label: way,
			icon,
			act,
			root,
			children: [],
		})),
	};
}

function words({ code, message }: Problem): { readonly label: string; readonly description: string } {
	if (code === 'no-django') return { label: 'Django was not found', description: message.replace(/^Django was not found /, '') };
	if (code === 'no-environment') return { label: 'No Python', description: message };
	if (code === 'no-settings') return { label: 'No settings module', description: message };
	const at = message.indexOf(': ');
	return at < 0
		? { label: 'Error', description: message }
		: { label: `${message.slice(0, at)} failed`, description: message.slice(at + 2) };
}

function waysOut({ code, message }: Problem): readonly Way[] {
	switch (code) {
		case 'no-django':
			return [interpreter, create];
		case 'no-environment':
			return [interpreter];
		case 'no-settings':
			return [settings];
		default:
			if (/^Line \d+: (?:KeyError|ImproperlyConfigured)/.test(message)) return [variables];
			if (!message.startsWith('Settings: ')) return /ModuleNotFoundError/.test(message) ? [interpreter] : [];
			return /ModuleNotFoundError/.test(message) ? [settings, interpreter] : [variables, settings];
	}
}
