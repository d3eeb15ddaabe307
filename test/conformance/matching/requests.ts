/** Dry runs of the requests on stdin, as texts of the same form as django_requests.py's. */

import { readFileSync } from 'node:fs';
import { analyzeProject } from '../../../src/django/analyze';
import { dryRun } from '../../../src/django/matching/dryRun';
import { nodeHost } from '../../../src/server/nodeHost';

const [folder = '', settingsModule = '', python = ''] = process.argv.slice(2);
const requests = JSON.parse(readFileSync(0, 'utf8')) as [string, string, string | null][];
const { model, answers } = analyzeProject(nodeHost(), { folder, settingsModule, python });
process.stdout.write(
	JSON.stringify(
		requests.map(([method, path, language]) => {
			const { match, redirect, ...run } = dryRun(model, { method, path, ...(language ? { language } : {}) }, answers);
			if (match) {
				const kwargs = Object.entries(match.kwargs).sort(([a], [b]) => (a < b ? -1 : 1));
				const told = [
					['args', match.args],
					['kwargs', Object.fromEntries(kwargs)],
					['language', run.language],
					['name', match.route.fullName],
				];
				return `view ${JSON.stringify(Object.fromEntries(told))}`;
			}
			if (!redirect) return '404';
			if (/RuntimeError/.test(redirect.reason)) return 'RuntimeError';
			return `${redirect.reason.startsWith('APPEND_SLASH') ? 301 : 302} ${redirect.to}`;
		}),
	),
);
