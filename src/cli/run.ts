import './shortRun';
import { analyzeProject } from '../django/analyze';
import { recordingHost, type Sources } from '../django/cache/sources';
import { dryRun } from '../django/matching/dryRun';
import type { ProjectOptions } from '../django/project';
import { nodeHost } from '../server/nodeHost';
import type { ProjectModel } from '../shared/model';
import { requestTarget } from '../shared/requestLine';
import { type CommandLine, parseArguments, UsageError } from './arguments';
import { keep, type Output } from './keptOutput';
import { matchText } from './matchText';
import { oracleModel } from './oracleFormat';
import { folderOf, questionOf } from './question';
import { routesTable } from './routesTable';

const usage = `usage: django-request-cycle COMMAND [ARGUMENTS] [OPTIONS]

  model [FOLDER] [--json]       the project model, as JSON
  routes [FOLDER]               a table of every route, in match order
  match METHOD PATH [FOLDER]    which view a request would reach, and every pattern tried before it
                                (PATH may be the address of a page)

  --settings MODULE     the settings module; else DJANGO_SETTINGS_MODULE, manage.py, …
  --python PATH         an interpreter or a virtual environment
  --host NAME           match: the request's host
  --language CODE       match: the language that the request asks for
  --json                match, routes: as JSON
  --cache FOLDER        where answers are kept while every source of theirs is unchanged; else the user's cache folder
  --no-cache            keep none
  --verbose             every problem, warnings too, and the calls that led to it
`;

/** Exit status: 0, 1 when there is no answer (the reason is on stderr), 2 for a mistake in the command line. */
export function run(argv: readonly string[]): number {
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
	const path = folderOf(folder);
	if (nodeHost().stat(path)?.type !== 'directory') throw new UsageError(`${path} is no folder`);
	const settings = line.values.get('--settings');
	const python = line.values.get('--python');
	return {
		folder: path,
		...(settings === undefined ? {} : { settingsModule: settings }),
		...(python === undefined ? {} : { python }),
	};
}

/** The model, with what it was made from where answers are kept. */
function projectModel(line: CommandLine): { readonly model: ProjectModel; readonly sources?: () => Sources } {
	const asked = options(line, line.positional[0]);
	if (questionOf(line) === undefined) return { model: analyzeProject(nodeHost(), asked).model };
	const recording = recordingHost(nodeHost());
	const { model } = analyzeProject(recording.host, asked);
	return { model, sources: recording.sources };
}

/** Writes an answer, and keeps it on the disk for as long as nothing that it was made from changes. */
function answer(line: CommandLine, text: (model: ProjectModel) => string): number {
	const { model, sources } = projectModel(line);
	const output: Output = { ...report(model, line), text: text(model) };
	process.stdout.write(output.text);
	process.stderr.write(output.errors);
	if (sources) keep(line, sources(), output);
	return output.status;
}

/** Problems go to stderr, so that what is piped is the answer alone. */
function report(model: ProjectModel, line: CommandLine): { readonly errors: string; readonly status: number } {
	const verbose = line.flags.has('--verbose');
	const atMost = verbose ? Number.POSITIVE_INFINITY : 20;
	const found = model.problems.filter(({ severity }) => verbose || severity === 'error');
	let errors = '';
	for (const { message, place, trail } of found.slice(0, atMost)) {
		for (const frame of verbose ? (trail ?? []) : []) errors += `    ${frame.file}:${frame.line}\n`;
		errors += `${place ? `${place.file}:${place.line}: ` : ''}${message}\n`;
	}
	if (model.problems.some(({ code }) => code === 'no-django' || code === 'no-environment'))
		errors += 'Name it by --python PATH.\n';
	if (found.length > atMost) errors += `… and ${found.length - atMost} more\n`;
	return {
		errors,
		status: (model.textOnly || (model.urls.length === 0 && model.middleware.length === 0)) && found.length > 0 ? 1 : 0,
	};
}

const asJson = (model: ProjectModel) => json(oracleModel(model, nodeHost().realpath));
const model = (line: CommandLine) => answer(line, asJson);
const routes = (line: CommandLine) => answer(line, line.flags.has('--json') ? asJson : (found) => `${routesTable(found)}\n`);

function match(line: CommandLine): number {
	const [method, path, folder] = line.positional;
	if (!method || !path) throw new UsageError('match wants METHOD and PATH');
	if (!/^[A-Za-z]+$/.test(method)) throw new UsageError(`${method} is no HTTP method`);
	const analysis = analyzeProject(nodeHost(), options(line, folder));
	const target = requestTarget(path);
	const host = line.values.get('--host');
	const language = line.values.get('--language');
	const request = { method, ...target, ...(host === undefined ? {} : { host }), ...(language === undefined ? {} : { language }) };
	const found = dryRun(analysis.model, request, analysis.answers);
	if (line.flags.has('--json')) process.stdout.write(json(found));
	else process.stdout.write(`${matchText(found)}\n`);
	const { errors, status } = report(analysis.model, line);
	process.stderr.write(errors);
	return status;
}

const json = (value: object) => `${JSON.stringify(value, undefined, 1)}\n`;
