import { parentPort } from 'node:worker_threads';
import { difference } from '../shared/json';
import type { ProjectModel } from '../shared/model';
import { createEngine } from './djangoEngine';
import type { EngineAnswer, EngineCall } from './engineClient';
import { collectInCalm } from './heapGrowth';

// The other end of `EngineClient`: answers calls in the order they come.
const engine = createEngine();
/** The models that the other side has. */
const sent = new Map<string, unknown>();

function post(answer: EngineAnswer): void {
	parentPort?.postMessage(answer);
}

function answered(call: Extract<EngineCall, { readonly id: number }>, result: unknown): EngineAnswer {
	const { id } = call;
	if (call.method !== 'model' && call.method !== 'settle') return { id, result };
	const root = call.argument;
	const known = sent.has(root);
	const patch = known ? difference(sent.get(root), result) : undefined;
	sent.set(root, result);
	return known ? { id, patch } : { id, result };
}

function resultOf(call: Extract<EngineCall, { readonly id: number }>): Promise<unknown> {
	switch (call.method) {
		case 'projects':
			return engine.projects(call.argument);
		case 'model': {
			// Posted while the evaluation goes on: the other thread is free to take it.
			const provisional = (model: ProjectModel) => post({ id: call.id, provisional: model });
			return engine.model(call.argument, call.provisional ? provisional : undefined);
		}
		case 'settle':
			return engine.settle(call.argument);
		case 'prepare':
			return engine.prepare(...call.argument).then((more) => {
				if (!more) collectInCalm();
				return more;
			});
		case 'dryRun':
			return engine.dryRun(call.argument);
	}
}

parentPort?.on('message', async (call: EngineCall) => {
	if (call.method === 'configure') return engine.configure(call.argument);
	if (call.method === 'changed') return engine.changed(call.argument);
	const answer = await resultOf(call).then(
		(result: unknown) => answered(call, result),
		(error: unknown) => ({ id: call.id, error: error instanceof Error ? error.message : String(error) }),
	);
	post(answer);
});
