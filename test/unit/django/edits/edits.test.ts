import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { difference, Edited, told } from './edited';
import { edited, random } from './random';

const environment = resolve('examples/bookshop/.venv');
/** Edits of each project: more by hand with `EDITS=1000`. */
const count = Number(process.env['EDITS'] ?? 24);
const seed = Number(process.env['SEED'] ?? 7);

function holds(name: string, folder: string, settings: string, files: readonly string[], least: number): void {
	it(`${name}: what follows ${count} random edits is what a whole evaluation says`, function () {
		this.timeout(count * 20_000);
		const project = new Edited({ folder, settingsModule: settings, python: environment });
		const chance = random(seed);
		const originals = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));
		for (let i = 0; i < count / 2; i++) {
			const { file, text } = originals[Math.floor(chance() * originals.length)] ?? { file: '', text: '' };
			// Each edit stands on the one before, and is taken back.
			const typed = edited(text, chance);
			for (const [what, now] of [
				['typed', typed],
				['taken back', text],
			] as const) {
				if (!project.follow(file, now)) continue;
				if (project.now.unsettled) continue;
				const [followed, whole] = [told(project.now), told(project.fresh())];
				if (followed !== whole)
					assert.fail(`edit ${i} of ${file}, ${what}:\n${difference(text, typed)}\n${difference(whole, followed)}`);
			}
		}
		assert.ok(project.followed >= least * count, `${project.followed} of ${count} edits were followed`);
	});
}

describe('edits that are followed without a whole evaluation', () => {
	before(async function () {
		this.timeout(300_000);
		const { prepareExample }: { prepareExample(): Promise<unknown> } = await import(
			pathToFileURL(resolve('scripts/example.mjs')).href
		);
		await prepareExample();
	});

	const fixture = resolve('test/fixtures/edited-project');
	holds(
		'registries, loops, star imports',
		fixture,
		'settings',
		['urls.py', 'shop/urls.py', 'shop/views.py', 'shop/tools.py', 'shop/other.py'].map((file) => join(fixture, file)),
		0.3,
	);
	const example = resolve('examples/bookshop');
	holds(
		'the example',
		example,
		'bookshop.settings',
		['bookshop/urls.py', 'catalog/urls.py', 'catalog/views.py', 'orders/views.py'].map((file) => join(example, file)),
		0.3,
	);

	it('an edit that is practised in calm leaves the model as it is', () => {
		const project = new Edited({ folder: fixture, settingsModule: 'settings', python: environment });
		const before = told(project.now);
		for (const file of ['urls.py', 'shop/urls.py', 'shop/views.py', 'settings.py', 'missing.py']) {
			assert.ok(project.practise(join(fixture, file)), file);
			assert.equal(told(project.now), before, file);
		}
		const urls = join(fixture, 'urls.py');
		assert.ok(project.follow(urls, readFileSync(urls, 'utf8').replace('path("', 'path("new/')));
		assert.equal(told(project.now), told(project.fresh()));
	});

	it('what stands behind a syntax error on its line is none of what it was', () => {
		const urls = join(fixture, 'urls.py');
		const text = readFileSync(urls, 'utf8');
		const project = new Edited({ folder: fixture, settingsModule: 'settings', python: environment });
		for (const now of [text.replace('from shop.tools', '1from shop.tools'), text]) {
			assert.ok(project.follow(urls, now));
			assert.equal(told(project.now), told(project.fresh()));
		}
	});

	it('a query in the body of a class has changed nothing, though the ORM works out its fields for it', function () {
		this.timeout(120_000);
		const views = join(example, 'catalog/views.py');
		const text = readFileSync(views, 'utf8');
		const query = 'Book.objects.filter(reviews__rating=1).prefetch_related(*sorted(["author"]))';
		const now = text.replace('queryset = Book.objects.for_shelf()', `queryset = ${query}`);
		assert.notEqual(now, text);
		const project = new Edited({ folder: example, settingsModule: 'bookshop.settings', python: environment });
		for (const one of [now, now.replace('rating=1', 'rating=2'), text]) {
			assert.ok(project.follow(views, one));
			assert.equal(told(project.now), told(project.fresh()));
		}
	});

	it('what a module makes is made again where no text names the module', () => {
		const folder = resolve('test/fixtures/loaded-by-name');
		const project = new Edited({ folder, settingsModule: 'settings', python: environment });
		const follow = (file: string, from: string, to: string) => {
			const path = join(folder, file);
			const text = readFileSync(path, 'utf8');
			assert.ok(text.includes(from));
			return [text.replace(from, to), text].map((now) => {
				assert.ok(project.follow(path, now));
				assert.equal(told(project.now), told(project.fresh()));
				return told(project.now);
			});
		};
		const [damaged, whole] = follow('news/extension.py', 'path("news/",', 'path("news/", [');
		assert.match(damaged ?? '', /syntax error/);
		assert.doesNotMatch(whole ?? '', /syntax error/);
		assert.match(follow('news/extension.py', '"one"', '"single"')[0] ?? '', /"single"/);
		assert.doesNotMatch(follow('news/extension.py', 'class Extension', 'class Extensio')[0] ?? '', /"latest"/);
		// A name that was asked for and not there.
		const added = 'class Extension:\n    def urls(self):\n        return urls()\n\n\ndef urls():';
		assert.match(follow('shop/extension.py', 'def urls():', added)[0] ?? '', /"shelf"/);
	});

	describe('what a class has made in its body', () => {
		const folder = resolve('test/fixtures/made-in-a-body');
		const views = join(folder, 'views.py');
		const text = readFileSync(views, 'utf8');
		const follow = (from: string, to: string) => {
			const project = new Edited({ folder, settingsModule: 'settings', python: environment });
			assert.ok(text.includes(from));
			return [text.replace(from, to), text].map((now) => {
				assert.ok(project.follow(views, now));
				assert.equal(told(project.now), told(project.fresh()));
				return told(project.now);
			});
		};

		it('is as it would be made anew', () => {
			assert.match(follow('class Shelf(View)', 'class Shelves(View)')[0] ?? '', /views\.Shelves/);
			assert.match(follow('section = "left"', 'section = "right"')[0] ?? '', /"right-shelf\/"/);
			assert.match(follow('Panel(side, "shelf")', 'Panel(side, "shelves")')[0] ?? '', /"left-shelves\/"/);
			assert.match(follow('return f"{self.side}-{self.name}/"', 'return f"{self.name}/"')[0] ?? '', /"shelf\/"/);
			assert.match(follow('side = section', 'side = section + "most"')[0] ?? '', /"leftmost-shelf\/"/);
			assert.match(follow('counted = Panel("all", "counted")', 'counted = Panel("all", "many")')[0] ?? '', /"all-many\/"/);
		});
	});

	describe('a class that a registry holds', () => {
		const views = join(fixture, 'shop/views.py');
		const text = readFileSync(views, 'utf8');
		const renamed = (from: string, to: string): { readonly followed: boolean; readonly project: Edited } => {
			const project = new Edited({ folder: fixture, settingsModule: 'settings', python: environment });
			return { followed: project.follow(views, text.replace(`class ${from}`, `class ${to}`)), project };
		};

		it('takes another name where it stands', () => {
			const { followed, project } = renamed('Offers', 'OffersNow');
			assert.ok(followed);
			assert.equal(told(project.now), told(project.fresh()));
			assert.match(told(project.now), /shop\.views\.OffersNow/);
			assert.ok(project.follow(views, text));
			assert.equal(told(project.now), told(project.fresh()));
		});

		it('is made anew, with all that is, where somebody has read its name', () => {
			const { followed, project } = renamed('News', 'NewsNow');
			assert.equal(followed, false);
			assert.match(told(project.now), /"newsnow\/"/);
		});
	});

	describe('URLs that an app has asked for by name when it was set up', () => {
		const folder = resolve('test/fixtures/asked-by-name');
		const urls = join(folder, 'urls.py');
		const text = readFileSync(urls, 'utf8');
		const edit = (from: string, to: string, file = urls) => {
			const project = new Edited({ folder, settingsModule: 'settings', python: environment });
			const before = readFileSync(file, 'utf8');
			assert.ok(before.includes(from));
			const followed = [before.replace(from, to), before].map((now) => {
				const one = project.follow(file, now);
				const { problems, ...rest } = project.fresh().model;
				assert.deepEqual({ ...project.now.model, problems }, { problems, ...rest });
				return one;
			});
			return followed;
		};

		it('are followed where the answers are as good', () => {
			assert.deepEqual(edit('"about/"', '"abouts/"'), [true, true]);
			assert.deepEqual(edit('name="about"', 'name="abouts"'), [true, true]);
			assert.deepEqual(edit('"links/"', '"link/"'), [true, true]);
			assert.deepEqual(edit('views.about', 'views.missing'), [true, true]);
			assert.deepEqual(edit('    path("about/"', '    path("new/", views.home, name="new"),\n    path("about/"'), [true, true]);
			assert.deepEqual(edit('def about', 'def added():\n    pass\n\n\ndef about', join(folder, 'links/views.py')), [true, true]);
		});

		it('are followed where the app counts on no answer', () => {
			assert.deepEqual(edit('include("links.urls")', 'includ("links.urls")'), [true, true]);
			assert.deepEqual(edit('name="newest"', 'name="oldest"', join(folder, 'links/urls.py')), [true, true]);
		});

		const missing = text.replace('name="home"', 'name="hom"');

		it('are told before setup runs again, where there is no answer any more', () => {
			const project = new Edited({ folder, settingsModule: 'settings', python: environment });
			assert.equal(project.now.model.problems.length, 0);
			assert.ok(project.follow(urls, missing));
			assert.deepEqual(
				project.now.model.problems.map(({ code }) => code),
				['unsettled'],
			);
			const whole = project.fresh().model;
			assert.match(JSON.stringify(whole.problems), /NoReverseMatch/);
			assert.deepEqual(project.now.model, { ...whole, problems: project.now.model.problems });
			assert.ok(project.follow(urls, text));
			assert.equal(told(project.now), told(project.fresh()));
			const views = join(folder, 'links/views.py');
			assert.ok(project.follow(views, `${readFileSync(views, 'utf8')}\nmissing()\n`));
			assert.equal(project.now.unsettled, true);
			assert.ok(project.follow(views, readFileSync(views, 'utf8')));
			assert.equal(told(project.now), told(project.fresh()));
		});

		it('are evaluated as a whole where setup has come to no end', () => {
			const project = new Edited({ folder, settingsModule: 'settings', python: environment });
			project.open(urls, missing);
			assert.match(told(project.now), /NoReverseMatch/);
			assert.equal(project.follow(urls, text), false);
			assert.equal(project.now.model.problems.length, 0);
		});
	});
});
