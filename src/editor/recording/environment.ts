/** Which variables switch the recorder on in a Python process. Plain functions over what was inherited. */

export const folderVariable = 'DJANGO_REQUEST_CYCLE';
export const pathVariable = 'PYTHONPATH';

/** What is put before an inherited `PYTHONPATH`: with the separator where there is one, as an empty element means the working folder. */
export function pathPrefix(recorder: string, inherited: string | undefined, delimiter: string): string {
	return inherited ? `${recorder}${delimiter}` : recorder;
}

export interface LaunchEnvironment {
	/** `env` of the launch configuration; null takes a variable away. */
	readonly env?: Readonly<Record<string, string | null>>;
	/** Text of its `envFile`. */
	readonly envFile?: string;
	/** `PYTHONPATH` as the debugged process would inherit it. */
	readonly inherited?: string;
}

/** The `env` of a launch configuration with recording: debugpy lets `env` win over `envFile`, and that over what is inherited. */
export function launchEnvironment(
	launch: LaunchEnvironment,
	recorder: string,
	captures: string,
	delimiter: string,
): Record<string, string | null> {
	const fromFile = launch.envFile === undefined ? undefined : readEnvFile(launch.envFile, launch.inherited)[pathVariable];
	const own = launch.env && pathVariable in launch.env ? launch.env[pathVariable] : (fromFile ?? launch.inherited);
	const elements = (own ?? '').split(delimiter).filter((element) => element !== '' && element !== recorder);
	return { ...launch.env, [pathVariable]: [recorder, ...elements].join(delimiter), [folderVariable]: captures };
}

/** `NAME=value` lines as the Python extension reads them: comments, `export`, quotes, `${NAME}` of earlier lines. */
export function readEnvFile(text: string, inheritedPath?: string): Record<string, string> {
	const out: Record<string, string> = {};
	for (const line of text.split(/\r?\n/)) {
		const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^#\n]*?))\s*(?:#.*)?$/.exec(line);
		if (!match?.[1]) continue;
		const value = match[2]?.replaceAll('\\n', '\n').replace(/\\(.)/g, '$1') ?? match[3] ?? match[4] ?? '';
		out[match[1]] = value.replaceAll(
			/\$\{(?:env:)?(\w+)\}/g,
			(_, name: string) => out[name] ?? (name === pathVariable ? inheritedPath : process.env[name]) ?? '',
		);
	}
	return out;
}
