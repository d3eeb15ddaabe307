import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { UrlEntry } from '../../../../src/shared/model';
import { Edited, told } from './edited';

describe('an include that an edit takes away', () => {
	const folder = resolve('examples/bookshop');
	const root = join(folder, 'bookshop/urls.py');
	const rootText = readFileSync(root, 'utf8');
	const broken = rootText.replace('include("orders.urls")', 'inclu("orders.urls")');
	let project: Edited;

	before(async function () {
		this.timeout(300_000);
		const { prepareExample }: { prepareExample(): Promise<unknown> } = await import(
			pathToFileURL(resolve('scripts/example.mjs')).href
		);
		await prepareExample();
	});

	beforeEach(function () {
		this.timeout(300_000);
		project = new Edited({ folder, settingsModule: 'bookshop.settings', python: join(folder, '.venv') });
	});

	const children = (): readonly UrlEntry[] | undefined =>
		project.now.model.urls.flatMap((one) =>
			one.type === 'include' && one.urlconf.name === 'orders.urls' ? [one.children] : [],
		)[0];
	const follow = (file: string, text: string) => {
		assert.ok(project.follow(file, text));
		assert.equal(told(project.now), told(project.fresh()));
	};

	it('is what it was when the next one brings it back', function () {
		this.timeout(300_000);
		const before = children();
		assert.ok(before && before.length > 0);
		for (let i = 0; i < 2; i++) {
			follow(root, broken);
			assert.equal(children(), undefined);
			follow(root, rootText);
			assert.equal(children(), before);
		}
	});

	it('is what it was after others that do not touch it', function () {
		this.timeout(300_000);
		const before = children();
		follow(root, broken);
		follow(root, broken.replace('path("reports/"', 'path("report/"'));
		follow(root, broken);
		follow(root, `\n${broken}`);
		follow(root, `\n${rootText}`);
		assert.equal(children(), before);
	});

	const inside: readonly (readonly [string, string, string, string])[] = [
		['a row', 'orders/urls.py', 'name="', 'name="x'],
		['the lines of its rows', 'orders/urls.py', 'urlpatterns', '\n\nurlpatterns'],
		['the lines of its views', 'orders/views.py', '\n\n\n', '\n\n\n\n'],
		['a view', 'orders/views.py', 'def add(', 'def xadd('],
		['a decorator', 'orders/views.py', '@require_POST\ndef add', '@login_required\ndef add'],
	];
	for (const [what, file, from, to] of inside)
		it(`is another when ${what} changed meanwhile`, function () {
			this.timeout(300_000);
			const path = join(folder, file);
			const text = readFileSync(path, 'utf8');
			assert.ok(text.includes(from));
			const before = children();
			follow(root, broken);
			// What a whole evaluation would not load is loaded here: problems in it may be told.
			assert.ok(project.follow(path, text.replace(from, to)));
			follow(root, rootText);
			assert.notEqual(children(), before);
			follow(path, text);
			follow(root, broken);
			for (const now of [text.replace(from, to), text]) assert.ok(project.follow(path, now));
			follow(root, rootText);
		});
});
