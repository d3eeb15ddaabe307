import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveModule } from '../../../../src/django/edit/live';
import { type Reread, reread } from '../../../../src/django/edit/reread';
import { statementsOf } from '../../../../src/django/edit/statements';
import { makeSource } from '../../../../src/python/runtime/source';
import { parseModule } from '../../../../src/python/syntax/parse';
import { PyModule } from '../../../../src/python/values';
import { edited, random } from './random';

const fixtures = join(process.cwd(), 'test/fixtures');
const texts = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.py'))
	.sort()
	.map((path) => readFileSync(join(fixtures, path), 'utf8'))
	.filter((text) => text.length > 200);

/** A module as it is after a whole reading. */
function live(text: string): LiveModule {
	const tree = parseModule(text);
	const module = new PyModule('module');
	const statements = statementsOf(tree, { text, errors: [] }).map((statement) => ({
		statement,
		run: { source: makeSource('module.py', text), start: statement.nodeStart },
		made: undefined,
	}));
	return { module, source: makeSource('module.py', text), tree, errors: [...tree.errors], statements };
}

/** Everything that is read of the statements. */
function told({ statements, errors }: Pick<Reread, 'statements' | 'errors'>): string {
	const each = statements.map(({ kind, name, start, end, nodeStart, text, binds, changes, node }) => [
		[kind, name, start, end, nodeStart, text, [...binds], [...changes]],
		plain(node),
	]);
	return JSON.stringify([each, errors], undefined, 1);
}

/** The syntax below a node, bodies that are read when they are asked for included. */
function plain(node: unknown): unknown {
	if (typeof node === 'bigint') return `${node}`;
	if (typeof node !== 'object' || node === null) return node;
	if (Array.isArray(node)) return node.map(plain);
	const { body, args } = node as { readonly body?: unknown; readonly args?: unknown };
	const own = Object.entries(node).filter(
		([name]) => !['range', 'signature', 'statements', 'used', 'yields', 'text', 'told'].includes(name),
	);
	return { ...Object.fromEntries(own.map(([name, value]) => [name, plain(value)])), body: plain(body), args: plain(args) };
}

function difference(before: string, after: string) {
	let from = 0;
	while (from < Math.min(before.length, after.length) && before[from] === after[from]) from++;
	let end = 0;
	while (end < Math.min(before.length, after.length) - from && before.at(-1 - end) === after.at(-1 - end)) end++;
	return { from, to: before.length - end, length: after.length - end - from };
}

describe('Reading an edited text again', () => {
	it('tells what a whole reading does, for random edits upon each other', () => {
		const chance = random(7);
		let partly = 0;
		for (const original of texts) {
			let text = original;
			for (let round = 0; round < 12; round++) {
				const next = chance() < 0.3 ? original : edited(text, chance);
				const after = reread(live(text), next, difference(text, next));
				if (after.same.first + after.same.last > 0) partly++;
				assert.equal(told(after), told(wholly(next)), `${text}\n---\n${next}`);
				text = next;
			}
		}
		assert.ok(partly > texts.length, `${partly} of ${texts.length * 12} in part`);
	});
});

function wholly(text: string): Pick<Reread, 'statements' | 'errors'> {
	const { statements, errors } = live(text);
	return { statements: statements.map(({ statement }) => statement), errors };
}
