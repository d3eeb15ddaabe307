import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { captureProblem } from '../../../src/capture/captureShape';
import { recorded, situations } from '../replay/fixtures';

const schema = JSON.parse(readFileSync('src/capture/capture.schema.json', 'utf8'));

/** Every place in a document, as a path of keys; one for each path with list indices left out. */
function places(
	value: unknown,
	path: readonly (string | number)[] = [],
	found = new Map<string, readonly (string | number)[]>(),
) {
	if (typeof value !== 'object' || value === null) return found;
	for (const [key, inner] of Object.entries(value)) {
		const at = Array.isArray(value) ? Number(key) : key;
		const next = [...path, at];
		const name = next.map((part) => (typeof part === 'number' ? '[]' : part)).join('.');
		if (found.has(name)) continue;
		found.set(name, next);
		places(inner, next, found);
	}
	return found;
}

/** A copy with another value in one place; undefined takes the place away. */
function replaced(document: unknown, path: readonly (string | number)[], value: unknown): unknown {
	const copy = structuredClone(document);
	let holder = copy as Record<string | number, unknown>;
	for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
	const last = path.at(-1) ?? '';
	if (value === undefined) delete holder[last];
	else holder[last] = value;
	return copy;
}

describe('the check before reading and the schema', () => {
	const validate = new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);

	for (const situation of situations) {
		it(`both take ${situation}`, async () => {
			const capture = await recorded(situation);
			assert.ok(validate(capture), JSON.stringify(validate.errors?.slice(0, 3)));
			assert.equal(captureProblem(capture), undefined);
		});
	}

	it('what the schema refuses, the check refuses: each field with a wrong type', async () => {
		const capture = await recorded('rule-refusal');
		const missed: string[] = [];
		for (const [name, path] of places(capture)) {
			if (name === 'format') continue; // read before anything else, with a message of its own
			for (const wrong of [3, [[1]], null]) {
				const document = replaced(capture, path, wrong);
				if (!validate(document) && captureProblem(document) === undefined) missed.push(`${name} = ${JSON.stringify(wrong)}`);
			}
		}
		assert.deepEqual(missed, []);
	});

	it('what the check refuses for want of a field, the schema refuses', async () => {
		const capture = await recorded('rule-refusal');
		const missed: string[] = [];
		for (const [name, path] of places(capture)) {
			if (typeof path.at(-1) === 'number') continue;
			const document = replaced(capture, path, undefined);
			if (captureProblem(document) !== undefined && validate(document)) missed.push(name);
		}
		assert.deepEqual(missed, []);
	});
});
