import type { Capture, ValuePreview } from '../../shared/capture';
import { type Story, stateAt } from '../../shared/story';
import { formatDuration } from '../format';
import type { Moment, StackEntry } from './moments';

/** A variable as the debugger shows it; `children` are asked for when it is opened. */
export interface Variable {
	readonly name: string;
	readonly value: string;
	readonly type?: string;
	readonly children?: () => readonly Variable[];
}

export interface Scope {
	readonly name: string;
	readonly variables: () => readonly Variable[];
}

/** What is known at an entry of the stack; what was not recorded says so. */
export function scopesOf(capture: Capture, story: Story, moment: Moment, entry: StackEntry): Scope[] {
	const scopes: Scope[] = [];
	if (entry.frame) scopes.push({ name: 'Locals', variables: () => locals(entry) });
	else if (entry.stage?.kind === 'view') scopes.push({ name: 'Arguments', variables: () => viewArguments(entry) });
	const raised = entry.stage?.detail.exception?.frames.findLast((frame) => frame.project && frame.locals);
	if (raised) scopes.push({ name: 'Locals where it raised', variables: () => named(raised.locals ?? {}) });
	const state = (prefix: string) => () =>
		stateAt(story, moment.step)
			.filter((line) => line.path.startsWith(prefix))
			.map((line) => ({
				...variable(line.path.slice(prefix.length + 1), line.value),
				name: `${line.path}${line.now ? ' (now)' : ''}`,
			}));
	scopes.push({ name: 'Request', variables: state('request') }, { name: 'Response', variables: state('response') });
	if (entry.stage) scopes.push({ name: 'Stage', variables: () => stageVariables(entry, capture) });
	return scopes;
}

function locals({ frame, linesRun = 0 }: StackEntry): Variable[] {
	const values = new Map<string, ValuePreview>();
	for (const line of frame?.lines.slice(0, linesRun) ?? [])
		for (const [name, value] of Object.entries(line.values ?? {})) values.set(name, value);
	const out = [...values].map(([name, value]) => variable(name, value));
	if (frame?.truncated) out.push({ name: '…', value: 'More lines ran than were recorded.' });
	return out.length > 0 ? out : [{ name: '—', value: 'No line has left a value yet.' }];
}

function viewArguments({ stage }: StackEntry): Variable[] {
	const args = (stage?.detail.args ?? []).map((value, at) => variable(`[${at}]`, value));
	const out = [...args, ...named(stage?.detail.kwargs ?? {})];
	return [...out, { name: '—', value: 'Local variables were not recorded: use “Record Lines…” and send the request again.' }];
}

function stageVariables({ stage }: StackEntry, capture: Capture): Variable[] {
	if (!stage) return [];
	const out: Variable[] = [
		{ name: 'outcome', value: stage.outcome },
		{ name: 'duration', value: formatDuration(stage.endNs - stage.startNs) },
		{ name: 'own time', value: formatDuration(stage.selfNs) },
	];
	const { reason, status, exception } = stage.detail;
	if (reason) out.push({ name: 'reason', value: reason });
	if (status !== undefined) out.push({ name: 'status', value: String(status) });
	if (exception) out.push({ name: 'exception', value: `${exception.type}: ${exception.message}` });
	const list = (name: string, count: number, children: () => readonly Variable[]) => {
		if (count > 0) out.push({ name, value: String(count), children });
	};
	list('changes', stage.changes.length, () =>
		stage.changes.map(({ path, before, after }) => ({ name: path, value: `${before?.repr ?? '–'} → ${after?.repr ?? '–'}` })),
	);
	list('events', stage.events.length, () =>
		stage.events.map((event, at) => ({
			name: `${at} ${event.kind}`,
			value: event.detail.sql ?? event.detail.message ?? event.detail.key ?? event.detail.signal ?? event.detail.url ?? '',
		})),
	);
	list('losses', capture.losses.length, () => capture.losses.map(({ what, reason: why }) => ({ name: what, value: why })));
	return out;
}

function named(values: Readonly<Record<string, ValuePreview>>): Variable[] {
	return Object.entries(values).map(([name, value]) => variable(name, value));
}

function variable(name: string, value: ValuePreview): Variable {
	const { children = [] } = value;
	return {
		name,
		value: value.truncated ? `${value.repr} (cut)` : value.repr,
		type: value.type,
		...(children.length > 0 ? { children: () => children.map((child) => variable(child.key, child.value)) } : {}),
	};
}
