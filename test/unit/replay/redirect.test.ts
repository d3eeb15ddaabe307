import assert from 'node:assert/strict';
import { circle, toItself } from '../../../src/replay/redirect';
import type { Capture } from '../../../src/shared/capture';
import { recorded } from './fixtures';

/** A real redirect, from one place to another. */
async function redirect(path: string, location: string, more: Partial<Capture['request']> = {}): Promise<Capture> {
	const capture = await recorded('login-required');
	assert.ok(capture.response);
	return {
		...capture,
		request: { ...capture.request, host: 'shop.example', scheme: 'http', query: '', path, ...more },
		response: { ...capture.response, headers: [['Location', location]] },
	};
}

describe('a redirect', () => {
	it('to its own address says so, however that is written', async () => {
		assert.match(toItself(await redirect('/a/', '/a/')), /again and again/);
		assert.match(toItself(await redirect('/a/', 'http://shop.example/a/#top')), /again and again/);
		assert.match(toItself(await redirect('/a/', '?next=1', { query: 'next=1' })), /again and again/);
		assert.match(toItself(await redirect('/bücher/', '/b%C3%BCcher/')), /again and again/);
		assert.match(toItself(await redirect('/a/', 'https://shop.example/a/')), /SECURE_PROXY_SSL_HEADER/);
		assert.equal(toItself(await redirect('/a/', '/a')), '');
		assert.equal(toItself(await redirect('/a/', 'http://other.example/a/')), '');
		assert.equal(toItself(await redirect('/a/', '/a/?page=2')), '');
		assert.equal(toItself(await redirect('/a/', 'http://[broken')), '');
	});

	it('is followed through the captures that came after it, round to its beginning', async () => {
		const [a, b, c] = [await redirect('/a/', '/b/'), await redirect('/b/', '/c/'), await redirect('/c/', '/a/')];
		const next = (captures: readonly Capture[]) => async (_after: Capture, path: string) =>
			captures.find(({ request }) => request.path === path);
		assert.deepEqual(await circle(a, next([b, c])), ['/a/', '/b/', '/c/', '/a/']);
		assert.equal(await circle(a, next([b])), undefined, 'no capture of the next');
		assert.equal(await circle(a, next([b, await recorded('json')])), undefined);
		assert.equal(await circle(b, next([c, await redirect('/a/', '/c/')])), undefined, 'a circle that it is not part of');
	});
});
