/** Dry runs of the engine against what Django resolved: see matching.mjs. Reads one question from stdin, prints the differences. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { leaves } from '../../../src/cli/oracleFormat';
import { analyzeProject } from '../../../src/django/analyze';
import { dryRun } from '../../../src/django/matching/dryRun';
import { nodeHost } from '../../../src/server/nodeHost';
import type { DryRun } from '../../../src/shared/model';

interface Expected {
	readonly path: string;
	readonly language: string;
	readonly error?: string;
	readonly match?: {
		readonly leaves: readonly number[];
		readonly name: string | null;
		readonly namespaces: readonly string[];
		readonly app_names: readonly string[];
		readonly args: readonly string[];
		readonly kwargs: Readonly<Record<string, string>>;
	} | null;
	/** Count and digest of the chains of patterns that were tried; null where this version of Django doesn't tell. */
	readonly tried?: readonly [number, string] | null;
}

interface Question {
	readonly folder: string;
	readonly settings: string;
	readonly python: string;
	/** Django's own order isn't stable: leaves aren't compared by their place. */
	readonly unordered: boolean;
	readonly paths: readonly Expected[];
	/** Of each leaf the methods that its view answers; null where it answers all, or only running tells. */
	readonly methods: readonly (readonly string[] | null)[];
}

const question = JSON.parse(readFileSync(0, 'utf8')) as Question;
const { model, answers } = analyzeProject(nodeHost(), {
	folder: question.folder,
	settingsModule: question.settings,
	python: question.python,
});
const routes = leaves(model.urls);
const order = new Map(routes.map((route, index) => [route, index]));
let equal = 0;
let matched = 0;
let skipped = 0;
const differences: string[] = [];
for (const expected of question.paths) {
	if (expected.error !== undefined) {
		skipped++;
		continue;
	}
	if (expected.match) matched++;
	const run = dryRun(model, { method: 'GET', path: encoded(expected.path) }, answers);
	const ours = describe(run, expected);
	const theirs = describeExpected(expected);
	if (ours === theirs) equal++;
	else differences.push(`${JSON.stringify(expected.path)} (${expected.language})\n    Django ${theirs}\n    engine ${ours}`);
}
let methods = 0;
for (const [index, expected] of question.unordered ? [] : question.methods.entries()) {
	const route = routes[index];
	const ours = route && answers.methods(route)?.map(({ method }) => method);
	const [a, b] = [expected, ours].map((list) => list && [...new Set(list)].sort().join(' '));
	if (expected) methods++;
	if ((a ?? undefined) !== (b ?? undefined))
		differences.push(`methods of ${route?.fullPath} ${route?.view}\n    Django ${a}\n    engine ${b}`);
}
process.stdout.write(JSON.stringify({ paths: question.paths.length, matched, equal, skipped, methods, differences }));

/** Percent-encoded, so that it arrives as Django's `path_info` has it. */
function encoded(path: string): string {
	return path.split('/').map(encodeURIComponent).join('/');
}

function plain(text: string): string {
	return text.replace(/ at 0x[0-9a-f]+/g, '').slice(0, 200);
}

function describe({ match, tried, language }: DryRun, expected: Expected): string {
	const parts = [`language ${language}`];
	if (!match) parts.push('404');
	else {
		const { route, args, kwargs } = match;
		const place = order.get(route) ?? -1;
		const known = question.unordered || (expected.match?.leaves.includes(place) ?? false);
		parts.push(
			known ? 'the leaf' : `leaf ${place} ${route.fullPath}`,
			JSON.stringify([route.name ?? null, route.namespaces, route.appNames, args.map(plain), sorted(kwargs)]),
		);
	}
	if (expected.tried && !question.unordered) parts.push(JSON.stringify(digest(tried)));
	return parts.join(' ');
}

function describeExpected({ match, tried, language }: Expected): string {
	const parts = [`language ${language}`];
	if (!match) parts.push('404');
	else
		parts.push(
			'the leaf',
			JSON.stringify([match.name, match.namespaces, match.app_names, match.args.map(plain), sorted(match.kwargs)]),
		);
	if (tried && !question.unordered) parts.push(JSON.stringify(tried));
	return parts.join(' ');
}

function sorted(kwargs: Readonly<Record<string, string>>): string[][] {
	return Object.entries(kwargs)
		.map(([name, value]) => [name, plain(value)])
		.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

/** Django's list of what it tried: the chain of each pattern, the matched one last; an include that matched is in the chains of what is below it. */
function digest(tried: DryRun['tried']): [number, string] {
	const chains: string[] = [];
	const above: string[] = [];
	for (const { pattern, depth, outcome } of tried) {
		above.splice(depth);
		above.push(pattern.pattern);
		if (outcome === 'prefix') continue;
		chains.push(above.join('\x01'));
	}
	return [chains.length, createHash('sha1').update(chains.join('\x02')).digest('hex').slice(0, 12)];
}
