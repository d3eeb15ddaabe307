import * as assert from 'node:assert/strict';
import { commands, type DebugSession, debug, Location, Position, SourceBreakpoint, type Terminal, Uri } from 'vscode';
import type { Api } from '../../../src/extension';
import { Command, DebugType } from '../../../src/ids';
import { activated, eventually } from '../extension';
import { freePort, serverInTerminal } from '../server';

interface Frame {
	readonly id: number;
	readonly name: string;
	readonly line: number;
	readonly source?: { readonly path: string };
}

describe('the debugger on a recording', () => {
	let api: Api;
	let terminal: Terminal | undefined;
	let session: DebugSession;
	const top = async (): Promise<Frame> => {
		const { stackFrames } = await session.customRequest('stackTrace', { threadId: 1 });
		return stackFrames[0];
	};

	before(async function () {
		this.timeout(120_000);
		api = await activated();
		await commands.executeCommand(Command.turnOnRecording);
		const port = await freePort();
		terminal = await serverInTerminal(port);
		await fetch(`http://127.0.0.1:${port}/`);
		const found = await eventually('a page is recorded', () =>
			api.captures.summaries.find((one) => one.status === 200 && !one.static && one.view),
		);
		await commands.executeCommand(Command.debugCapture, found.id);
		session = await eventually('the session runs', () => debug.activeDebugSession);
	});

	after(async () => {
		terminal?.dispose();
		debug.removeBreakpoints(debug.breakpoints);
		await debug.stopDebugging();
		await commands.executeCommand(Command.unpinCapture);
		await commands.executeCommand(Command.deleteAllCaptures, true);
		await commands.executeCommand(Command.turnOffRecording);
		await commands.executeCommand('workbench.action.closeAllEditors');
	});

	it('starts at the request', async () => {
		assert.equal(session.type, DebugType);
		await eventually('it has stopped', async () => (await top())?.name.startsWith('GET '));
		assert.equal(api.pinned.current?.step, 0);
	});

	it('steps forward and back', async () => {
		const names = [(await top()).name];
		for (let step = 0; step < 3; step++) {
			await session.customRequest('stepIn', { threadId: 1 });
			names.push((await top()).name);
		}
		assert.equal(api.pinned.current?.step, 3);
		for (let step = 2; step >= 0; step--) {
			await session.customRequest('stepBack', { threadId: 1 });
			assert.ok((api.pinned.current?.step ?? 99) <= step);
		}
		assert.equal((await top()).name, names[0]);
	});

	it('steps over what a stage holds, from one stage of the cycle to the next', async () => {
		const pin = api.pinned.current;
		assert.ok(pin);
		const stageAt = () => pin.stages.get(pin.story.steps[api.pinned.current?.step ?? -1]?.stage ?? -1);
		const kinds = new Set<string>();
		const last = pin.story.steps.length - 1;
		for (let moves = 0; api.pinned.current?.step !== last; moves++) {
			assert.ok(moves <= last, 'every move goes on');
			await session.customRequest('next', { threadId: 1 });
			await eventually('it has stopped', async () => (await top())?.name !== undefined);
			kinds.add(stageAt()?.kind ?? 'response');
		}
		assert.deepEqual(
			['middleware.request', 'resolve', 'view', 'middleware.response', 'response'].filter((kind) => !kinds.has(kind)),
			[],
			[...kinds].join(),
		);
		assert.ok(!kinds.has('template'), 'the view’s templates are stepped into, not over');
		await session.customRequest('reverseContinue', { threadId: 1 });
		assert.equal(api.pinned.current?.step, 0);
	});

	it('stops at a breakpoint, in both directions, and says where nothing was recorded', async () => {
		const pin = api.pinned.current;
		const view = [...(pin?.stages.values() ?? [])].find((stage) => stage.kind === 'view');
		const place = view?.detail.actionLocation ?? view?.location;
		assert.ok(place);
		const at = (line: number) => new SourceBreakpoint(new Location(Uri.file(place.file), new Position(line - 1, 0)));
		const [reached, never] = [at(place.line), at(1)];
		debug.addBreakpoints([reached, never]);
		const verified = async (one: SourceBreakpoint) => {
			const found = await session.getDebugProtocolBreakpoint(one);
			return found && 'verified' in found ? { verified: found.verified } : undefined;
		};
		assert.deepEqual(await eventually('it is set', () => verified(reached)), { verified: true });
		assert.deepEqual(await eventually('it is set', () => verified(never)), { verified: false });
		await session.customRequest('continue', { threadId: 1 });
		assert.equal((await top()).line, place.line);
		assert.ok((await top()).source?.path.endsWith(place.file));
		await session.customRequest('continue', { threadId: 1 });
		await session.customRequest('reverseContinue', { threadId: 1 });
		assert.equal((await top()).line, place.line);
	});

	it('begins where the walk in the panel stands', async () => {
		await debug.stopDebugging(session);
		await eventually('it has ended', () => debug.activeDebugSession === undefined);
		const pin = api.pinned.current;
		const view = pin?.story.steps.find(({ stage }) => stage !== undefined && pin.stages.get(stage)?.kind === 'view');
		assert.ok(pin && view);
		await commands.executeCommand(Command.debugCapture, pin.capture.id, view.index);
		session = await eventually('the session runs', () => debug.activeDebugSession);
		await eventually('it stands at the view', async () => (await top().catch(() => undefined))?.name === view.label);
		assert.equal(api.pinned.current?.step, view.index);
	});

	it('shows request, response and the stage, and values by name', async () => {
		const frame = await top();
		const { scopes } = await session.customRequest('scopes', { frameId: frame.id });
		const names = scopes.map((scope: { name: string }) => scope.name);
		assert.ok(
			['Request', 'Response', 'Stage'].every((name) => names.includes(name)),
			names.join(),
		);
		const request = scopes.find((scope: { name: string }) => scope.name === 'Request');
		const { variables } = await session.customRequest('variables', { variablesReference: request.variablesReference });
		assert.ok(variables.some((one: { name: string }) => one.name.startsWith('request.method')));
		const { result } = await session.customRequest('evaluate', { expression: 'request.method', frameId: frame.id });
		assert.equal(result, "'GET'");
	});
});
