// The dry run against django.urls.resolve: paths made from a project's own routes, and damaged ones, resolved by Django in the
// project's environment and by the engine. Used by bench/conformance.mjs --match and test/conformance/run.mjs.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../../scripts/setup.mjs';

const here = join(root, 'test/conformance/matching');
const compiled = join(root, 'out/matching');

/** Once, before any comparison. */
export async function buildMatching() {
	await build({
		entryPoints: [join(here, 'main.ts'), join(here, 'requests.ts')],
		bundle: true,
		format: 'esm',
		platform: 'node',
		target: 'node20',
		outdir: compiled,
		outExtension: { '.js': '.mjs' },
		logLevel: 'warning',
	});
}

/** `{ paths, matched, equal, skipped, methods, differences }` of a project as the oracle's install.py describes it. */
export async function compareMatching(
	{
		root: folder,
		cwd,
		sys_path: sysPath = [folder],
		settings_module: settings,
		env = {},
		python,
		score_as_set: unordered = false,
	},
	count = 240,
	seed = 4,
) {
	const options = [
		'--seed',
		String(seed),
		'--root',
		folder,
		'--settings',
		settings,
		'--count',
		String(count),
		'--chdir',
		cwd ?? folder,
	];
	for (const path of sysPath) options.push('--path', path);
	for (const [name, value] of Object.entries(env)) options.push('--env', `${name}=${value}`);
	const base = { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', PYTHONHASHSEED: '0' };
	const django = await output(python, [join(here, 'django_paths.py'), ...options], { cwd: cwd ?? folder, env: base });
	const { paths, methods } = JSON.parse(django);
	const question = JSON.stringify({ folder, settings, python, unordered, paths, methods });
	const environment = { ...base, ...env, PYTHONPATH: sysPath.join(delimiter) };
	return JSON.parse(
		await output(process.execPath, [join(compiled, 'main.mjs')], { cwd: cwd ?? folder, env: environment }, question),
	);
}

const languagePaths = [
	...[
		'/',
		'/plain/',
		'/plain',
		'/bare',
		'/bare/',
		'/kept',
		'/kept/',
		'/none',
		'/in/2024/',
		'/in/0000/',
		'/in/2024',
		'//plain',
		'/plain?a=1&b=%20',
	],
	...[
		'/old/1/',
		'/old/1/a/',
		'/old/1/a',
		'/old/x/',
		'/more/a-b/basket/',
		'/more/a/panier/',
		'/more/a/cart/',
		'/more/a/cesta/',
		'/more/a/n/7',
	],
	...[
		'/help/',
		'/help',
		'/aide/',
		'/ajuda/',
		'/same/',
		'/same',
		'/a/details',
		'/a/d%C3%A9tails',
		'/a/detalhes',
		'/a/details/',
		'/%zz',
		'/a%FFb/details',
	],
	...[
		'/en/help/',
		'/fr/aide/',
		'/fr/help/',
		'/fr/aide',
		'/fr/secours/',
		'/pt-br/ajuda/',
		'/pt-br/socorro/',
		'/pt-br/a/detalhes',
		'/pt/ajuda/',
		'/de/help/',
	],
	...[
		'/fr',
		'/fr/',
		'/fr-ca/aide/',
		'/FR/aide/',
		'/xx/help/',
		'/en/same',
		'/fr/same/?q=%C3%A9',
		'/fr/a/d%C3%A9tails',
		'/en/en/same/',
		'/help/?next=/a/',
	],
];
const variants = [
	{},
	{ SITE_PREFIX: '0' },
	{ SITE_ORDER: 'common first' },
	{ SITE_LOCALE: 'none' },
	{ SITE_SLASH: '0' },
	{ SITE_DEBUG: '1' },
	{ SITE_LANGUAGE: 'fr' },
	{ SITE_LANGUAGE: 'pt-br', SITE_PREFIX: '0' },
	{ SITE_LANGUAGE: 'en-gb' },
];

/** The fixture `languages` under each variant: Django's test client against the engine. `{ requests, equal, differences }`. */
export async function compareRequests(python) {
	const folder = join(root, 'test/fixtures/languages');
	const requests = languagePaths.flatMap((path) =>
		[null, 'fr', 'pt-br', 'fr-ca', 'xx'].map((language) => ['GET', path, language]),
	);
	for (const method of ['POST', 'DELETE']) for (const path of ['/plain', '/plain/', '/same']) requests.push([method, path, null]);
	const result = { requests: 0, equal: 0, differences: [] };
	for (const variant of variants) {
		const env = { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1', ...variant };
		const input = JSON.stringify(requests);
		const django = JSON.parse(
			await output(python, [join(here, 'django_requests.py'), folder, 'mysite.settings'], { cwd: folder, env }, input),
		);
		const ours = JSON.parse(
			await output(
				process.execPath,
				[join(compiled, 'requests.mjs'), folder, 'mysite.settings', python],
				{ cwd: folder, env },
				input,
			),
		);
		for (const [index, request] of requests.entries()) {
			// Without LocaleMiddleware, nothing of the request chooses the language.
			if (variant.SITE_LOCALE && request[2]) continue;
			result.requests++;
			if (django[index] === pythonJson(ours[index])) result.equal++;
			else
				result.differences.push(
					`${JSON.stringify(variant)} ${request.join(' ')}\n    Django ${django[index]}\n    engine ${ours[index]}`,
				);
		}
	}
	return result;
}

/** As Python's json.dumps writes it. */
const pythonJson = (text) =>
	text
		.replaceAll('":', '": ')
		.replaceAll(/([}\]"]),(?=")/g, '$1, ')
		.replaceAll(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

function output(command, args, options, input = '') {
	return new Promise((done, failed) => {
		const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
		let [out, err] = ['', ''];
		child.stdout.setEncoding('utf8').on('data', (text) => (out += text));
		child.stderr.setEncoding('utf8').on('data', (text) => (err += text));
		child.on('error', failed);
		child.on('close', (code) =>
			code === 0 ? done(out) : failed(new Error(`${command} ended with ${code}\n${err.slice(-3000)}`)),
		);
		child.stdin.on('error', () => {}).end(input);
	});
}
