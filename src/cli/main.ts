import { createRequire } from 'node:module';
import { parseArguments } from './arguments';
import { kept } from './keptOutput';
import type { run } from './run';

// An answer from the disk needs none of the engine, which stands in a bundle of its own.
const argv = process.argv.slice(2);
const answer = keptAnswer();
if (answer) {
	process.stdout.write(answer.text);
	process.stderr.write(answer.errors);
	process.exitCode = answer.status;
} else {
	const engine: { readonly run: typeof run } = createRequire(__filename)('./cli-engine.js');
	process.exitCode = engine.run(argv);
}

function keptAnswer(): ReturnType<typeof kept> {
	try {
		return kept(parseArguments(argv));
	} catch {
		// A mistake in the command line is told by the command.
		return undefined;
	}
}
