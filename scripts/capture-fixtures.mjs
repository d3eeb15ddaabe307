// Takes recorded captures into test/fixtures/captures under the name of their situation, with the recording machine's
// paths made neutral: node scripts/capture-fixtures.mjs FOLDER PROJECT SITE_PACKAGES STDLIB
// FOLDER holds captures of the example project or of test/fixtures/troubles; the others are the paths that stand in them.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const [folder, project, sitePackages, stdlib] = process.argv.slice(2);
const home = '/home/ada/bookshop';
const neutral = [
	[sitePackages, `${home}/.venv/lib/python3.12/site-packages`],
	[project, home],
	[stdlib, '/usr/lib/python3.12'],
];

const is = (method, path, status) => (capture) =>
	capture.request.method === method && capture.request.path === path && capture.response?.status === status;
const query = (capture, text) => `${capture.request.query}`.includes(text);

/** By situation: which capture shows it; the first that fits is taken. */
const situations = {
	'page-of-templates': is('GET', '/', 200),
	'n-plus-one': is('GET', '/reports/royalties/', 200),
	'csrf-refusal': (c) => is('POST', '/accounts/login/', 403)(c),
	'rule-refusal': (c) => is('GET', '/', 403)(c),
	'refusal-after-resolving': is('POST', '/books/the-pepper-road/review/', 403),
	'not-found': is('GET', '/books/published/99/', 404),
	'slash-appended': is('GET', '/books', 301),
	'view-raises': is('GET', '/reports/margins/', 500),
	'permission-denied': is('GET', '/reports/takings/', 403),
	'disallowed-host': is('GET', '/', 400),
	upload: is('POST', '/books/the-pepper-road/review/', 302),
	json: (c) => is('GET', '/api/v1/books/', 200)(c) && query(c, 'q='),
	'json-posted': is('POST', '/api/v1/quote/', 200),
	csv: is('GET', '/reports/books.csv', 200),
	pdf: is('GET', '/reports/price-list.pdf', 200),
	svg: is('GET', '/media/covers/the-pepper-road.svg', 200),
	streaming: is('GET', '/reports/stock.txt', 200),
	'static-file': is('GET', '/static/bookshop/site.css', 200),
	'admin-form': is('GET', '/admin/catalog/book/1/change/', 200),
	login: is('POST', '/accounts/login/', 302),
	// Of test/fixtures/troubles.
	'middleware-unavailable': is('GET', '/closed/', 503),
	'middleware-answers': is('GET', '/cached/', 200),
	'middleware-raises-on-the-way-out': is('GET', '/stamped/', 500),
	'exception-handled': is('GET', '/handled/', 410),
	'template-syntax': is('GET', '/bad-tag/', 500),
	'template-raises': is('GET', '/bad-value/', 500),
	'template-missing': is('GET', '/no-template/', 500),
	'redirect-to-itself': is('GET', '/itself/', 302),
	'login-required': is('GET', '/private/', 302),
	'object-not-found': is('GET', '/books/7/', 404),
	'returns-nothing': is('GET', '/nothing/', 500),
	'exception-with-cause': is('GET', '/caused/', 500),
	'stream-breaks-off': is('GET', '/breaks-off/', 200),
	'client-goes-away': is('GET', '/endless/', 200),
	slow: is('GET', '/slow/', 200),
};

const captures = readdirSync(folder)
	.filter((name) => name.endsWith('.cycle.json.z'))
	.sort()
	.map((name) => {
		const command = ['-m', 'django_request_cycle.opened', resolve(folder, name)];
		const options = { cwd: 'src/recorder', maxBuffer: 1e9 };
		return JSON.parse(execFileSync('python3', command, options).toString('utf8'));
	});
const target = 'test/fixtures/captures';
mkdirSync(target, { recursive: true });
for (const [name, fits] of Object.entries(situations)) {
	const capture = captures.find(fits);
	if (!capture) {
		console.error(`no capture shows ${name}: left as it is`);
		continue;
	}
	// Django's debug page is given the whole environment: not for a repository.
	for (const stage of capture.stages) if (stage.name === '<template from a string>') delete stage.detail.context;
	let text = JSON.stringify(capture);
	for (const [from, to] of neutral) if (from) text = text.replaceAll(from, to);
	// What Django's debug page shows of the machine itself.
	text = text.replace(/\/(?:tmp|root|work|var\/tmp)\b[\w./+-]*/g, `${home}/elsewhere`);
	writeFileSync(join(target, `${name}.cycle.json.gz`), gzipSync(text, { level: 9 }));
}
