import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { requestLine, requestTarget } from '../../../src/shared/requestLine';

describe('a request as it is written or pasted', () => {
	for (const [text, asked] of [
		['/shop/', { method: 'GET', path: '/shop/' }],
		['shop/42/', { method: 'GET', path: '/shop/42/' }],
		['  post /shop/?q=1#top ', { method: 'POST', path: '/shop/?q=1#top' }],
		['http://localhost:8000/shop/?q=1', { method: 'GET', path: '/shop/?q=1', host: 'localhost:8000' }],
		['HEAD https://me:pass@shop.test', { method: 'HEAD', path: '/', host: 'shop.test' }],
		['http://shop.test?q=1', { method: 'GET', path: '/?q=1', host: 'shop.test' }],
		['//books/', { method: 'GET', path: '//books/' }],
		['/go/http://elsewhere/', { method: 'GET', path: '/go/http://elsewhere/' }],
	] as const)
		it(text, () => assert.deepEqual(requestLine(text), asked));

	it('is none without a path, or with more than a method and a path', () => {
		for (const text of ['', '  ', 'GET POST /shop/', '/a b/']) assert.equal(requestLine(text), undefined, text);
	});

	it('keeps spaces where the path stands alone', () => {
		assert.deepEqual(requestTarget('/a b/\n'), { path: '/a b/\n' });
	});
});
