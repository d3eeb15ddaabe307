import { readFileSync } from 'node:fs';
import { compare, configured, type Difference, generated, type Program, statements, written } from './compare';

const args = process.argv.slice(2);
const option = (name: string, fallback: string): string => {
	const at = args.indexOf(name);
	return at < 0 ? fallback : (args.splice(at, 2)[1] ?? fallback);
};
const count = Number(option('--count', args.includes('--long') ? '3000' : '200'));
const seed = Number(option('--seed', '1'));
const python = option('--python', 'python3');
const show = Number(option('--show', '40'));
const messagesToo = args.includes('--messages');
const configuration = args.includes('--configuration');

const files = args.filter((arg) => arg.endsWith('.py'));
const programs: readonly Program[] =
	files.length > 0
		? files.map((path) => ({ title: path, text: readFileSync(path, 'utf8') }))
		: configuration
			? configured(count, seed)
			: [...written(), ...generated(count, seed)];
const { names, invalid, differences, messages } = compare(python, programs);

/** The statement that binds the name, for reading. */
function source({ program, name }: Difference): string {
	const [, raised] = /^raised (\d+)$/.exec(name) ?? [];
	if (raised !== undefined) return statements(program.text)[Number(raised)]?.replaceAll('\n', ' ↵ ') ?? '';
	const lines = program.text.split('\n');
	const at = lines.findIndex((line) => new RegExp(`^\\s*(?:def |class )?${name}\\b`).test(line));
	return at < 0 ? '' : (lines[at] ?? '').trim();
}

function print(difference: Difference): void {
	const { program, name, expected = '(absent)', got = '(absent)', problems } = difference;
	console.log(`${program.title}: ${name}    ${source(difference).slice(0, 200)}`);
	console.log(`    python: ${expected.slice(0, 300)}`);
	console.log(`    ours:   ${got.slice(0, 600)}${problems.length > 0 ? `\n    said:   ${problems.slice(0, 2).join('; ')}` : ''}`);
}

for (const difference of differences.slice(0, show)) print(difference);
if (messagesToo) for (const difference of messages.slice(0, show)) print(difference);
console.log(
	`${programs.length} programs (${invalid} not Python), ${names} names: ${differences.length} differ, ${messages.length} more by an exception's message alone`,
);
console.log(`${names - differences.length} passed, ${differences.length} failed`);
process.exitCode = differences.length > 0 ? 1 : 0;
