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
});
