import assert from 'node:assert/strict';
import { sayingOf } from '../../../src/replay/saying';
import { tell } from '../../../src/replay/story';
import type { Capture } from '../../../src/shared/capture';
import { recorded } from './fixtures';

describe('what a refusal says of itself', () => {
	const answers: [title: string, contentType: string, text: string, saying: string | undefined][] = [
		['an error in JSON', 'application/json', '{"error": "could not parse  request body"}', 'could not parse request body'],
		['the REST framework', 'application/json', '{"detail": "Not found."}', 'Not found.'],
		['a field', 'application/problem+json', '{"title": ["Too long.", "Too dull."]}', 'Too long.'],
		['an unknown field', 'application/json', '{"isbn": ["Not an ISBN."], "year": ["No."]}', 'isbn: Not an ISBN.'],
		['a list', 'application/json', '[{"msg": "field required", "loc": ["a"]}]', 'field required'],
		['a number', 'application/json', '42', undefined],
		['broken JSON', 'application/json', '{"error": "', undefined],
		['text that calls itself HTML', 'text/html; charset=utf-8', 'No seats left.', 'No seats left.'],
		['a page', 'text/html', '<h1>Forbidden</h1>', undefined],
		['nothing', 'text/plain', '', undefined],
	];
	let answered: Capture;
	before(async () => {
		answered = await recorded('json-posted');
	});
	const refused = (contentType: string, text: string, status = 400): Capture => ({
		...answered,
		response: { status, reason: '', headers: [['Allow', 'GET, HEAD']], contentType, body: { encoding: 'utf-8', text } },
	});
	for (const [title, contentType, text, saying] of answers)
		it(`reads ${title}`, () => assert.equal(sayingOf(refused(contentType, text)), saying));

	it('is part of the verdict', () => {
		const { text, kind } = tell(refused('application/json', '{"error": "no such book"}')).verdict;
		assert.equal(kind, 'refused');
		assert.match(text, /^api\.views\.\w+ refused it: no such book\.$/);
		assert.match(tell(refused('text/html', '<p>', 404)).verdict.text, /answered 404 in /);
		assert.match(tell(refused('text/html', '', 405)).verdict.text, /refused it: it takes GET, HEAD, not POST\.$/);
	});

	it('is nothing for a request that went well', () => assert.equal(sayingOf(answered), undefined));

	it('ends with what is too deep or too long', () => {
		const deep = `${'{"error":'.repeat(50)}"here"${'}'.repeat(50)}`;
		assert.equal(sayingOf(refused('application/json', deep)), undefined);
		assert.equal(sayingOf(refused('text/plain', 'x'.repeat(5000)))?.length, 301);
	});
});
