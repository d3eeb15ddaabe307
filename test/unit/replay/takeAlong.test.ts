import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { isCapture } from '../../../src/capture/captureShape';
import { compare } from '../../../src/replay/compare';
import { curlCommand } from '../../../src/replay/curl';
import { testText } from '../../../src/replay/djangoTest';
import { fromHar, toHar } from '../../../src/replay/har';
import { annotationsOf } from '../../../src/replay/inline';
import { tell } from '../../../src/replay/story';
import type { Capture } from '../../../src/shared/capture';
import { assertGolden, recorded, situations } from './fixtures';

/** What a POSIX shell makes of a command: its words. */
function words(command: string): readonly string[] {
	const { stdout, status } = spawnSync('sh', ['-c', `curl() { for word; do printf '%s\\0' "$word"; done; }\n${command}`], {
		encoding: 'utf8',
	});
	assert.equal(status, 0);
	return stdout.split('\0').slice(0, -1);
}

describe('a capture as curl', () => {
	it('asks for the same page with the same headers', async () => {
		const { command } = curlCommand(await recorded('json'));
		const [url, ...rest] = words(command);
		assert.match(url ?? '', /^http:\/\/127\.0\.0\.1:\d+\/api\/v1\/books\/\?q=/);
		assert.ok(rest.some((word) => word.startsWith('User-Agent: ')));
		assert.ok(!rest.some((word) => /^Host:/i.test(word)));
	});

	it('shows tokens where secrets were, and says so', async () => {
		const { command, notes } = curlCommand(await recorded('json-posted'));
		assert.match(command, /\[secret:[0-9a-f]+\]/);
		assert.match(command, /^# Put the real values/m);
		assert.ok(notes.length > 0);
		assert.ok(words(command).includes('--data-raw'));
	});

	it('sends fields and names the files that were not kept', async () => {
		const { command, notes } = curlCommand(await recorded('upload'));
		assert.ok(words(command).some((word) => /^cover=@"[^/]+";type=image\//.test(word)));
		assert.match(notes.join('\n'), /was not kept/);
	});

	it('keeps a hostile capture one command', async () => {
		const capture = await recorded('json-posted');
		const nasty = "x'; touch /nowhere #\n$(id)`id`";
		const hostile = {
			...capture,
			request: {
				...capture.request,
				path: `/${nasty}`,
				headers: [
					[nasty, 'a'],
					['X-A', nasty],
					['@/etc/passwd', ''],
				] as const,
				body: { encoding: 'utf-8' as const, text: nasty },
			},
		};
		const all = words(curlCommand(hostile).command);
		assert.ok(all.includes(nasty));
		assert.ok(all.includes(`X-A: ${nasty}`));
		assert.ok(!all.some((word) => word.startsWith('@')));
	});
});

describe('a capture as HAR', () => {
	for (const situation of situations) {
		it(`takes ${situation} out and in`, async () => {
			const capture = await recorded(situation);
			const back = fromHar(toHar([capture], '1.0.0'));
			assert.equal(back?.skipped, 0);
			const [imported] = back.captures;
			assert.ok(imported && isCapture(imported));
			assert.equal(imported.request.method, capture.request.method);
			assert.deepEqual(imported.request.headers, capture.request.headers);
			assert.equal(imported.response?.status, capture.response?.status);
			assert.equal(imported.response?.body?.text, capture.response?.body?.text);
			assert.equal(tell(imported).steps.length, 2);
		});
	}

	it('says what is no HAR and counts entries that are none', () => {
		assert.equal(fromHar('{}'), undefined);
		assert.equal(fromHar('no'), undefined);
		assert.deepEqual(fromHar('{"log": {"entries": [{}, 3, {"request": {"method": "GET", "url": "::"}}]}}'), {
			captures: [],
			skipped: 3,
		});
	});
});

describe('a capture as a test', () => {
	for (const style of ['django', 'pytest'] as const) {
		for (const situation of ['upload', 'json-posted', 'view-raises', 'login', 'admin-form'] as const) {
			it(`writes ${situation} for ${style}`, async () => {
				const text = testText(await recorded(situation), style);
				assertGolden(`test/golden/tests/${situation}.${style}.txt`, text);
				const { status, stderr } = spawnSync(
					process.platform === 'win32' ? 'python' : 'python3',
					['-c', 'import ast, sys; ast.parse(sys.stdin.read())'],
					{ input: text, encoding: 'utf8' },
				);
				assert.equal(status, 0, stderr);
			});
		}
	}
});

describe('two captures side by side', () => {
	it('finds no difference between a capture and itself', async () => {
		const capture = await recorded('page-of-templates');
		const { parting, summary, request, response } = compare(capture, capture);
		assert.deepEqual([parting, summary, request, response], [undefined, 'Both went the same way.', [], []]);
	});

	it('names the stage where an allowed and a refused request part', async () => {
		const { parting, pairs, summary } = compare(await recorded('upload'), await recorded('refusal-after-resolving'));
		assert.equal(pairs[parting ?? -1]?.label, 'HouseRulesMiddleware.process_view');
		assert.match(summary, /They part at HouseRulesMiddleware\.process_view: outcome passed on the left, responded on the right/);
	});

	it('does not part at an identifier that each request is given anew, unless nothing else differs', async () => {
		const numbered = (capture: Capture, id: string): Capture => ({
			...capture,
			stages: capture.stages.map((stage, at) =>
				at > 0
					? stage
					: { ...stage, changes: [...stage.changes, { path: 'request.id', after: { type: 'str', repr: `'${id}'` } }] },
			),
		});
		const [one, other] = ['a97525fa-52fb-496a-8f28-333ffbe454bf', 'f1145336-355c-4dae-918d-a31a66787e27'];
		const upload = numbered(await recorded('upload'), one);
		const refused = compare(upload, numbered(await recorded('refusal-after-resolving'), other));
		assert.match(refused.summary, /^They part at HouseRulesMiddleware\.process_view: outcome/);
		assert.equal(refused.pairs[0]?.differences[0]?.what, 'request.id');
		const same = compare(upload, numbered(await recorded('upload'), other));
		assert.equal(same.parting, 0);
		assert.match(same.summary, /request\.id/);
	});

	it('shows the line at which the bodies part, whatever secrets are in them', async () => {
		const left = await recorded('page-of-templates');
		const bodies = (a: string | undefined, b: string | undefined, encoding: 'utf-8' | 'base64' = 'utf-8') => {
			const withBody = (text: string | undefined) => {
				const { body: _, ...response } = left.response ?? { status: 200, reason: 'OK', headers: [] };
				return { ...left, response: text === undefined ? response : { ...response, body: { encoding, text } } };
			};
			return compare(withBody(a), withBody(b)).response;
		};
		const token = (secret: string) => `<p>\n<input value="[secret:${secret}]">\n`;
		assert.deepEqual(bodies(`${token('aa')}<b>3 books</b>`, `${token('bb')}<b>4 books</b>`), [
			{ what: 'body, line 3', left: '<b>3 books</b>', right: '<b>4 books</b>' },
		]);
		assert.deepEqual(bodies(token('aa'), token('bb')), [
			{ what: 'body, line 2', left: '<input value="[secret:aa]">', right: '<input value="[secret:bb]">' },
		]);
		const long = 'x'.repeat(500);
		assert.deepEqual(bodies(`${long}1`, `${long}2`), [
			{ what: 'body, line 1', left: `…${'x'.repeat(30)}1`, right: `…${'x'.repeat(30)}2` },
		]);
		assert.deepEqual(bodies('a\n', 'a\nb'), [{ what: 'body, line 2', left: '(its end)', right: 'b' }]);
		assert.deepEqual(bodies('AA==', 'AQ==', 'base64'), [{ what: 'body', left: 'other bytes', right: 'other bytes' }]);
		assert.deepEqual(bodies('a', undefined), [{ what: 'body', left: 'a text' }]);
	});

	it('aligns stages that only one side has', async () => {
		const left = await recorded('page-of-templates');
		const gone = left.stages.filter((stage) => stage.name !== '_menu.html');
		const { pairs, parting } = compare(left, { ...left, stages: gone });
		assert.deepEqual(pairs[parting ?? -1]?.label, 'Template _menu.html');
		assert.equal(pairs.filter((pair) => pair.left === undefined || pair.right === undefined).length, 1);
	});
});

describe('what happened, line by line', () => {
	const at = async (situation: string) => {
		const capture = await recorded(situation);
		return annotationsOf(capture, tell(capture));
	};

	it('stands at middleware, path(), view and template of the cycle', async () => {
		const annotations = await at('page-of-templates');
		const find = (end: string) => [...annotations].find(([file]) => file.endsWith(end))?.[1] ?? [];
		assert.ok(find('bookshop/middleware.py').some((one) => one.kind === 'middleware' && one.text.startsWith('in: ')));
		assert.ok(find('catalog/urls.py').some((one) => one.kind === 'route' && one.text.startsWith('matched')));
		assert.ok(find('catalog/views.py').some((one) => one.kind === 'view' && one.definition));
		assert.ok(find('catalog/home.html').some((one) => one.kind === 'template'));
		assert.ok(find('catalog/home.html').some((one) => one.kind === 'events' && /quer/.test(one.text)));
	});

	it('stands where an exception was raised, with its locals on hover', async () => {
		const views = [...(await at('view-raises'))].find(([file]) => file.endsWith('reports/views.py'))?.[1] ?? [];
		const raised = views.find((one) => one.kind === 'exception');
		assert.match(raised?.text ?? '', /DivisionByZero/);
		assert.ok((raised?.hover.length ?? 0) > 1);
		assert.ok(raised?.source?.includes('share ='));
	});

	it('stands where a refusal was answered', async () => {
		const lines = [...(await at('rule-refusal'))].find(([file]) => file.endsWith('bookshop/middleware.py'))?.[1] ?? [];
		assert.ok(lines.some((one) => one.tone === 'responded' && /^answered 403 here/.test(one.text)));
	});
});
