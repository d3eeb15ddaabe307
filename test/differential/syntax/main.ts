/**
 * Hashes our trees of many files, the form of dump.py's output: FILES.txt on the command line, results on standard output.
 * `--text PATH` prints one tree. Run by compare.mjs.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseModule } from '../../../src/python/syntax/parse';
import { decodeSource } from '../../../src/python/syntax/source';
import { dump } from './dump';

const args = process.argv.slice(2);

function tree(path: string): { text: string; errors: number } {
	const { text } = decodeSource(readFileSync(path));
	const module = parseModule(text);
	const dumped = dump(module, text);
	// Bodies read on demand and bodies read at once must be the same.
	if (dump(parseModule(text, { whole: true }), text) !== dumped) throw new Error('whole and lazy readings differ');
	return { text: dumped, errors: module.errors.length };
}

const [first = '', second = ''] = args;
if (first === '--text') console.log(tree(second).text);
else {
	const lines: string[] = [];
	for (const path of readFileSync(first, 'utf8').split('\n').filter(Boolean)) {
		let result: string;
		try {
			const { text, errors } = tree(path);
			result = createHash('sha1').update(text).digest('hex') + (errors > 0 ? ` ${errors} problems` : '');
		} catch (error) {
			result = `threw ${String(error)}`;
		}
		lines.push(`${path}\t${result}`);
	}
	process.stdout.write(`${lines.join('\n')}\n`);
}
