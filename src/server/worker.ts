import { parentPort } from 'node:worker_threads';
import { difference } from '../shared/json';
import { createEngine } from './djangoEngine';
import type { EngineAnswer, EngineCall } from './engineClient';

/** The other end of `EngineClient`: answers calls in the order they come. */
export function hostEngine(): void {
	const engine = createEngine();
	const port = parentPort;
	/** The models that the other side has. */
	const sent = new Map<string, unknown>();
	const answered = (call: EngineCall & { readonly id: number }, result: unknown): EngineAnswer => {
		const { id } = call;
		if (call.method !== 'model' && call.method !== 'settle') return { id, result };
		const root = call.argument;
		const known = sent.has(root);
		const patch = known ? difference(sent.get(root), result) : undefined;
		sent.set(root, result);
		return known ? { id, patch } : { id, result };
	};
	port?.on('message', async (call: EngineCall) => {
		if (call.method === 'configure') return engine.configure(call.argument);
		if (call.method === 'changed') return engine.changed(call.argument);
		const { id } = call;
		const answer: EngineAnswer = await (async () => {
			switch (call.method) {
				case 'projects':
					return engine.projects(call.argument);
				case 'model':
					return engine.model(call.argument);
				case 'settle':
					return engine.settle(call.argument);
				case 'dryRun':
					return engine.dryRun(call.argument);
			}
		})().then(
			(result: unknown) => answered(call, result),
			(error: unknown) => ({ id, error: error instanceof Error ? error.message : String(error) }),
		);
		port.postMessage(answer);
	});
}
