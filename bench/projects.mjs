// What the benchmarks are asked on the command line, and the projects that they run on: `--projects FILE.jsonl` has a line a project
// (name, root, cwd, sys_path, settings_module, env, python), as ../shared/oracle/install.py prints it.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';

/** Takes `--name VALUE` and `--flag` out of the command line; what is left are names of projects. */
export function commandLine(args = process.argv.slice(2)) {
	return {
		rest: args,
		option(name, fallback) {
			const at = args.indexOf(name);
			return at < 0 ? fallback : args.splice(at, 2)[1];
		},
		flag(name) {
			const at = args.indexOf(name);
			if (at >= 0) args.splice(at, 1);
			return at >= 0;
		},
	};
}

/** Prints the usage line and ends the process. */
export function usage(text) {
	console.error(`usage: ${text}`);
	process.exit(2);
}

/** The projects of the file with these names; all where none is given. */
export function readProjects(file, names = []) {
	return readFileSync(file, 'utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line))
		.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** The variables of a project's own processes, over these of the one that asks. */
export function projectEnvironment({ sys_path, settings_module, env }, over = process.env) {
	return { ...over, ...env, PYTHONPATH: sys_path.join(delimiter), DJANGO_SETTINGS_MODULE: settings_module };
}

/** What the editor would tell the engine of the project. */
export const engineOptions = ({ root, settings_module, python }) => ({
	projects: { [root]: { settingsModule: settings_module } },
	interpreters: { [root]: { path: python, namedBy: 'the benchmark' } },
});

/** Where its processes start. */
export const projectFolder = ({ root, cwd }) => (cwd && existsSync(cwd) ? cwd : root);

/** The routes of a model's tree. */
export function routesOf(entries) {
	return entries.flatMap((entry) =>
		entry.type === 'route' ? [entry] : entry.type === 'include' ? routesOf(entry.children) : [],
	);
}

/** The value below which this share of them lies. */
export const percentile = (values, share) =>
	[...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)] ?? Number.NaN;
