/** The drawn onion: each middleware's two halves joined, and what lies in the middle. */
import type { Stage } from '../shared/capture';
import type { Onion, OnionLayer } from '../shared/story';
import type { Visit } from './order';

/** Layers outermost first. An out half is joined by `enteredBy`, else by name to the innermost layer that still lacks one. */
export function onionOf(order: readonly Visit[]): Onion {
	const layers: { name: string; in?: number; out?: number; neverRan: boolean }[] = [];
	const core: { stage: number; depth: number }[] = [];
	for (const { stage, depth, phase } of order) {
		if (phase === 'leave') continue;
		if (stage.kind === 'middleware.request') {
			layers.push({ name: stage.name, in: stage.id, neverRan: stage.outcome === 'skipped' });
		} else if (stage.kind === 'middleware.response') {
			const layer = layerOf(layers, stage);
			if (layer) layer.out = stage.id;
			else layers.push({ name: stage.name, out: stage.id, neverRan: stage.outcome === 'skipped' });
		} else core.push({ stage: stage.id, depth });
	}
	return { layers, core };
}

function layerOf<L extends OnionLayer>(layers: readonly L[], stage: Stage): L | undefined {
	const { enteredBy } = stage.detail;
	const byId = enteredBy === undefined ? undefined : layers.find((layer) => layer.in === enteredBy);
	return byId ?? layers.findLast((layer) => layer.name === stage.name && layer.out === undefined);
}
