import assert from 'node:assert/strict';
import { nearestPatterns } from '../../../src/replay/nearest';
import { matches, simplified, tokens } from '../../../src/replay/routeText';
import { whyNot } from '../../../src/replay/whyNot';
import type { TriedPattern } from '../../../src/shared/capture';

const route = (pattern: string, depth = 0): TriedPattern => ({ pattern, kind: 'route', depth, outcome: 'no match' });
const regex = (pattern: string): TriedPattern => ({ pattern, kind: 'regex', depth: 0, outcome: 'no match' });
const include = (pattern: string, rest: string): TriedPattern => ({
	pattern,
	kind: 'route',
	depth: 0,
	outcome: 'prefix',
	include: true,
	rest,
});

describe('patterns near a path', () => {
	const tried = [
		route('admin/'),
		include('shop/', 'books/12'),
		route('books/', 1),
		route('books/<int:pk>/', 1),
		route('books/<slug:slug>/edit/', 1),
		regex('^articles/(?P<year>[0-9]{4})/$'),
		route('About/'),
		route('<odd:code>/'),
	];
	const cases: [path: string, nearest: string, why: RegExp][] = [
		['/shop/books', 'shop/books/', /slash at the end is missing/],
		['/admin', 'admin/', /slash at the end is missing/],
		['/shop/books/12', 'shop/books/<int:pk>/', /slash at the end is missing/],
		['/shop/books/twelve/', 'shop/books/<int:pk>/', /`<int:pk>` does not take `twelve`/],
		['/about/', 'About/', /upper and lower case/],
		['/adnim/', '<odd:code>/', /`<odd:code>` did not take `adnim`/],
		['/shop/boks/12/', 'shop/books/<int:pk>/', /`boks` where it has `books`/],
		['/articles/2020', 'articles/<year>/', /slash/],
	];
	for (const [path, nearest, why] of cases) {
		it(`finds ${nearest} for ${path}`, () => {
			const [first] = nearestPatterns(path, tried);
			assert.equal(first?.full, nearest);
			assert.match(first?.why ?? '', why);
		});
	}

	it('finds includes that the path did not enter, and says that there is more below', () => {
		const closed = (pattern: string): TriedPattern => ({ ...route(pattern), include: true });
		const includes = [closed('admin/'), closed('checks/<uuid:code>/'), route('checks/preview/'), closed('<odd:code>/x/y/')];
		const nearest = (path: string) => nearestPatterns(path, includes).map(({ full, why, close }) => ({ full, why, close }))[0];
		const refused = { full: 'checks/<uuid:code>/…', why: '`<uuid:code>` does not take `abc`', close: true };
		assert.deepEqual(nearest('/checks/abc/details/'), refused);
		assert.deepEqual(nearest('/amdin/login/'), { full: 'admin/…', why: '`amdin` where it has `admin`', close: true });
		assert.deepEqual(nearest('/Admin/login/'), { full: 'admin/…', why: 'differs in upper and lower case', close: true });
		assert.deepEqual(nearest('/admin'), { full: 'admin/…', why: 'only the slash at the end is missing', close: true });
		assert.equal(nearest('/checks/x')?.close, false);
		assert.equal(nearest('/elsewhere/'), undefined);
	});

	it('finds nothing where nothing is near', () => {
		assert.deepEqual(nearestPatterns('/x/y/z/', [route('admin/'), route('shop/<int:pk>/')]), []);
	});

	it('takes no time over a pattern made to take for ever', () => {
		const before = process.cpuUsage();
		nearestPatterns(
			`/${'a'.repeat(400)}`,
			Array.from({ length: 500 }, () => regex('^(a+)+(a|aa)+(a*)*b$')),
		);
		whyNot(
			`/${'a'.repeat(400)}`,
			Array.from({ length: 500 }, () => route('<path:a>'.repeat(40))),
		);
		const { user, system } = process.cpuUsage(before);
		assert.ok(user + system < 1_500_000, `${user + system} µs`);
	});
});

describe('why a pattern did not match', () => {
	it('says where it and the path part, include by include', () => {
		assert.deepEqual(
			whyNot('/shop/books/12/x', [
				route('admin/'),
				include('shop/', 'books/12/x'),
				route('books/', 1),
				route('books/<int:pk>/', 1),
				route('books/<int:pk>/x/y/', 1),
				regex('^(?P<a>\\d+)$'),
			]),
			['`admin/` is not `shop/books/12/x`', '', '`12/x` is left over', '`x` is left over', '`/x/y/` is not `/x`', ''],
		);
	});

	it('prefers the reason that was recorded', () => {
		assert.deepEqual(whyNot('/a/', [{ ...route('<x:a>/'), reason: 'to_python raised ValueError' }]), [
			'to_python raised ValueError',
		]);
	});
});

describe('patterns as texts', () => {
	it('reads a regex as admindocs would show it', () => {
		assert.equal(simplified('^articles/(?P<year>[0-9]{4})/(?:page-(?P<n>\\d+)/)?$'), 'articles/<year>/');
		assert.equal(simplified('^a\\.b/(\\w+)/\\Z'), 'a.b/<var>/');
	});

	it('matches whole texts alone', () => {
		const pattern = tokens('a/<int:x>/<path:rest>', false);
		assert.equal(matches(pattern, 'a/1/b/c'), true);
		assert.equal(matches(pattern, 'a/1/'), false);
		assert.equal(matches(pattern, 'a/x/b'), false);
		assert.equal(matches(pattern, 'a/x/b', true), true);
	});
});
