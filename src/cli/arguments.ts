/** What a command line asks for. */
export interface CommandLine {
	readonly command: string;
	readonly positional: readonly string[];
	readonly flags: ReadonlySet<string>;
	readonly values: ReadonlyMap<string, string>;
}

/** A mistake in the command line: told with the usage, exit status 2. */
export class UsageError extends Error {}

const flags = new Set(['--json', '--help', '-h', '--version', '--verbose', '--no-cache']);
const options = new Set(['--settings', '--python', '--host', '--language', '--cache']);

/** Reads `COMMAND [ARGUMENT…] [--flag] [--option VALUE | --option=VALUE]`. Throws `UsageError`. */
export function parseArguments(argv: readonly string[]): CommandLine {
	const positional: string[] = [];
	const set = new Set<string>();
	const values = new Map<string, string>();
	for (let at = 0; at < argv.length; at++) {
		const one = argv[at] ?? '';
		const [name = '', inline] = one.startsWith('--') && one.includes('=') ? splitOnce(one) : [one];
		if (flags.has(name)) set.add(name);
		else if (options.has(name)) {
			const value = inline ?? argv[++at];
			if (value === undefined) throw new UsageError(`${name} wants a value`);
			values.set(name, value);
		} else if (one.startsWith('-') && one !== '-') throw new UsageError(`no such option: ${one}`);
		else positional.push(one);
	}
	const [command = '', ...rest] = positional;
	return { command, positional: rest, flags: set, values };
}

function splitOnce(text: string): [string, string] {
	const at = text.indexOf('=');
	return [text.slice(0, at), text.slice(at + 1)];
}
