import './shortRun';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { analyzeProject } from '../django/analyze';
import { cachedAnswer, isProjectModel } from '../django/cache/modelCache';
import { dryRun } from '../django/matching/dryRun';
import type { ProjectOptions } from '../django/project';
import { diskCache } from '../server/diskCache';
import { nodeHost } from '../server/nodeHost';
import type { Host } from '../shared/host';
import type { ProjectModel } from '../shared/model';
import { type CommandLine, parseArguments, UsageError } from './arguments';
import { matchText } from './matchText';
import { oracleModel } from './oracleFormat';
import { routesTable } from './routesTable';

const usage = `usage: django-request-cycle COMMAND [ARGUMENTS] [OPTIONS]

  model [FOLDER] [--json]       the project model, as JSON
  routes [FOLDER]               a table of every route, in match order
  match METHOD PATH [FOLDER]    which view a request would reach, and every pattern tried before it

  --settings MODULE     the settings module; else DJANGO_SETTINGS_MODULE, manage.py, …
  --python PATH         an interpreter or a virtual environment
  --host NAME           match: the request's host
  --language CODE       match: the language that the request asks for
  --json                match, routes: as JSON
  --cache FOLDER        where answers are kept while every source of theirs is unchanged; else the user's cache folder
  --no-cache            keep none
  --verbose             every problem, warnings too, and the calls that led to it
`;

process.exitCode = run(process.argv.slice(2));

/** Exit status: 0, 1 when there is no answer (the reason is on stderr), 2 for a mistake in the command line. */
function run(argv: readonly string[]): number {
	try {
		const line = parseArguments(argv);
		if (line.flags.has('--help') || line.flags.has('-h') || line.command === '') {
			process.stdout.write(usage);
			return line.command === '' && !line.flags.has('--help') ? 2 : 0;
		}
		switch (line.command) {
			case 'model':
				return model(line);
			case 'routes':
				return routes(line);
			case 'match':
				return match(line);
			default:
				throw new UsageError(`no such command: ${line.command}`);
		}
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		process.stderr.write(`${error.message}\n\n${usage}`);
		return 2;
	}
}

function options(line: CommandLine, folder: string | undefined): ProjectOptions {
	const path = resolve(folder ?? '.');
	if (nodeHost().stat(path)?.type !== 'directory') throw new UsageError(`${path} is no folder`);
	const settings = line.values.get('--settings');
	const python = line.values.get('--python');
	return {
		folder: path,
		...(settings === undefined ? {} : { settingsModule: settings }),
		...(python === undefined ? {} : { python }),
	};
}

/** The model, from the disk while nothing that it was made from has changed. */
function projectModel(line: CommandLine, folder: string | undefined): ProjectModel {
	const asked = options(line, folder);
	const compute = (host: Host) => analyzeProject(host, asked).model;
	const cache = line.flags.has('--no-cache') ? undefined : diskCache(line.values.get('--cache') ?? cacheFolder());
	return cachedAnswer({ host: nodeHost(), cache, question: JSON.stringify(asked), compute, restore: isProjectModel });
}

/** The user's cache folder, by each system's custom. */
function cacheFolder(): string {
	const { env, platform } = process;
	if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'django-request-cycle');
	if (platform === 'darwin') return join(homedir(), 'Library/Caches/django-request-cycle');
	return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'django-request-cycle');
}

/** Problems go to stderr, so that what is piped is the answer alone. */
function report(model: ProjectModel, line: CommandLine): number {
	const verbose = line.flags.has('--verbose');
	const atMost = verbose ? Number.POSITIVE_INFINITY : 20;
	const errors = model.problems.filter(({ severity }) => verbose || severity === 'error');
	for (const { message, place, trail } of errors.slice(0, atMost)) {
		for (const frame of verbose ? (trail ?? []) : []) process.stderr.write(`    ${frame.file}:${frame.line}\n`);
		process.stderr.write(`${place ? `${place.file}:${place.line}: ` : ''}${message}\n`);
	}
	if (errors.length > atMost) process.stderr.write(`… and ${errors.length - atMost} more\n`);
	return model.urls.length === 0 && model.middleware.length === 0 && errors.length > 0 ? 1 : 0;
}

function model(line: CommandLine): number {
	const found = projectModel(line, line.positional[0]);
	write(oracleModel(found, nodeHost().realpath));
	return report(found, line);
}

function routes(line: CommandLine): number {
	const found = projectModel(line, line.positional[0]);
	if (line.flags.has('--json')) write(oracleModel(found, nodeHost().realpath));
	else process.stdout.write(`${routesTable(found)}\n`);
	return report(found, line);
}

function match(line: CommandLine): number {
	const [method, path, folder] = line.positional;
	if (!method || !path) throw new UsageError('match wants METHOD and PATH');
	if (!/^[A-Za-z]+$/.test(method)) throw new UsageError(`${method} is no HTTP method`);
	const analysis = analyzeProject(nodeHost(), options(line, folder));
	const host = line.values.get('--host');
	const language = line.values.get('--language');
	const request = { method, path, ...(host === undefined ? {} : { host }), ...(language === undefined ? {} : { language }) };
	const found = dryRun(analysis.model, request, analysis.answers);
	if (line.flags.has('--json')) write(found);
	else process.stdout.write(`${matchText(found)}\n`);
	return report(analysis.model, line);
}

function write(value: object): void {
	process.stdout.write(`${JSON.stringify(value, undefined, 1)}\n`);
}
