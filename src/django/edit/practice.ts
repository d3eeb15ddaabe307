import type { Interpreter } from '../../python/runtime/interpreter';
import type { PyModule } from '../../python/values';
import { importersOf } from './importers';
import { liveModule } from './live';

/**
 * Readies a module of the project for edits: its statements, and who imports it, are known from now on. Tells where a line may be put
 * in and taken out again to no effect but that the code which follows edits has run: at the start of a list of URL patterns, else
 * between statements.
 */
export function practicePlace(py: Interpreter, module: PyModule, isProject: (path: string) => boolean): number | undefined {
	const live = liveModule(py, module);
	if (!live || live.errors.length > 0) return undefined;
	for (const { live: importer } of importersOf(py, module, isProject))
		for (const { statement } of importer.statements) statement.mentions('');
	const { text } = live.source;
	let between: number | undefined;
	for (const { statement } of live.statements) {
		if (text[statement.start - 1] === '\n') between = statement.start;
		if (statement.kind !== 'Assign' || !statement.binds.has('urlpatterns')) continue;
		const { node } = statement;
		if (node.kind === 'Assign' && node.value.kind === 'List' && text[node.value.start + 1] === '\n') return node.value.start + 1;
	}
	return between;
}
