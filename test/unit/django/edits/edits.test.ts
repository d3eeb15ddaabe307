import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Analysis, analyzeProject } from '../../../../src/django/analyze';
import { nodeHost } from '../../../../src/server/nodeHost';
import { OverlayHost } from '../../../../src/server/overlayHost';
import { edited, random } from './random';

const environment = resolve('examples/bookshop/.venv');
/** Edits of each project: more by hand with `EDITS=1000`. */
const count = Number(process.env['EDITS'] ?? 24);
const seed = Number(process.env['SEED'] ?? 7);

/**
 * The model as text. A name that a library doesn't have is met by an import that runs at once; whether one waits until the name is
 * asked for depends on what is loaded by then, which an edit finds otherwise.
 */
function told({ model }: Analysis): string {
	const problems = model.problems.filter(({ message }) => !message.startsWith('ImportError: cannot import name'));
	return JSON.stringify({ ...model, problems }, undefined, 1);
}

/** A project under edits: the analysis that follows them, and the one from scratch. */
class Edited {
	private readonly disk = nodeHost();
	private readonly host = new OverlayHost(this.disk, this.disk.environment);
	private analysis: Analysis | undefined;
	/** Edits that were followed without a whole evaluation. */
	followed = 0;

	constructor(
		private readonly folder: string,
		private readonly settingsModule: string,
	) {}

	fresh(): Analysis {
		const { folder, settingsModule } = this;
		return analyzeProject(this.host, { folder, settingsModule, python: environment });
	}

	/** What the model says after the edit; undefined where only a whole evaluation tells. */
	follow(path: string, text: string): string | undefined {
		this.analysis ??= this.fresh();
		this.host.change({ path, text });
		this.analysis = this.analysis.refresh?.([path]);
		if (this.analysis) this.followed++;
		return this.analysis && told(this.analysis);
	}

	whole(): string {
		return told(this.fresh());
	}
}

/** The lines in which two texts differ. */
function difference(a: string, b: string): string {
	const [left, right] = [a.split('\n'), b.split('\n')];
	let head = 0;
	while (head < left.length && left[head] === right[head]) head++;
	let tail = 0;
	while (tail < Math.min(left.length, right.length) - head && left.at(-1 - tail) === right.at(-1 - tail)) tail++;
	const part = (lines: readonly string[], mark: string) =>
		lines
			.slice(Math.max(0, head - 2), lines.length - tail)
			.slice(0, 30)
			.map((line) => `${mark} ${line}`);
	return [...part(left, '-'), ...part(right, '+')].join('\n');
}

function holds(name: string, folder: string, settings: string, files: readonly string[], least: number): void {
	it(`${name}: what follows ${count} random edits is what a whole evaluation says`, function () {
		this.timeout(count * 20_000);
		const project = new Edited(folder, settings);
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
				const followed = project.follow(file, now);
				if (followed === undefined) continue;
				const whole = project.whole();
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
});
