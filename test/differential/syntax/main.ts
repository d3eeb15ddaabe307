/**
 * Hashes our trees of many files, the form of dump.py's output: FILES.txt on the command line, results on standard output.
 * `--text PATH` prints one tree; `--outline` before the rest takes scan.ts's outline instead. Run by compare.mjs.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseModule } from '../../../src/python/syntax/parse';
import { type OutlineItem, scanModule } from '../../../src/python/syntax/scan';
import { decodeSource } from '../../../src/python/syntax/source';
import { dump } from './dump';

const args = process.argv.slice(2);
const outlined = args[0] === '--outline';
if (outlined) args.shift();

/** What both sides can tell of an item, in the form of dump.py. */
function row(item: OutlineItem): unknown[] {
	switch (item.kind) {
		case 'Import':
			return [item.kind, item.around, names(item.names)];
		case 'ImportFrom':
			return [item.kind, item.around, item.level, item.module ?? null, names(item.names)];
		case 'FunctionDef':
			return [item.kind, item.around, item.name, item.decorators.length];
		case 'ClassDef':
			return [item.kind, item.around, item.name, item.decorators.length, item.bases.length, item.keywords];
		default:
			return [];
	}
}

const names = (aliases: readonly { name: string; asname?: string }[]): unknown =>
	aliases.map(({ name, asname }) => [name, asname ?? null]);

function outline(text: string): { text: string; errors: number } {
	const { items, broken } = scanModule(text);
	const rows = items.map(row).filter((found) => found.length > 0);
	// Python's json writes what is not ASCII as escapes.
	const json = JSON.stringify(rows).replace(
		/[\x7f-\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return { text: json, errors: broken ? 1 : 0 };
}

function tree(path: string): { text: string; errors: number } {
	const { text } = decodeSource(readFileSync(path));
	if (outlined) return outline(text);
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
