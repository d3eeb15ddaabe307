import type { RegexPattern } from './pattern';

/** A replacement text of `re.sub`: literal pieces and group numbers. */
export type Template = readonly (string | number)[];

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

/** Reads `\1`, `\g<name>`, `\g<1>` and escapes as CPython's `re._parser.parse_template`. A string: what `re.error` says. */
export function parseTemplate(text: string, pattern: RegexPattern): Template | { readonly error: string } {
	if (!text.includes('\\')) return [text];
	const parts: (string | number)[] = [];
	let literal = '';
	const group = (index: number, at: number): string | undefined => {
		if (index > pattern.groups) return `invalid group reference ${index} at position ${at}`;
		if (literal) parts.push(literal);
		literal = '';
		parts.push(index);
		return undefined;
	};
	let at = 0;
	while (at < text.length) {
		const char = text[at] ?? '';
		if (char !== '\\') {
			literal += char;
			at++;
			continue;
		}
		const kind = text[at + 1] ?? '';
		const rest = text.slice(at + 1);
		const named = /^g<([^>]*)>/.exec(rest);
		const octal = /^(?:0[0-7]{0,2}|[1-3][0-7][0-7])/.exec(rest)?.[0];
		const digits = /^[1-9]\d?/.exec(rest)?.[0];
		let wrong: string | undefined;
		let size = 2;
		if (kind === 'g') {
			const name = named?.[1];
			if (!named) wrong = `${rest[1] === '<' ? 'missing >, unterminated name' : 'missing <'} at position ${at + 2}`;
			else if (!name) wrong = `missing group name at position ${at + 3}`;
			else if (/^\d+$/.test(name)) wrong = group(Number(name), at + 3);
			else {
				const index = pattern.groupIndex.get(name);
				if (index === undefined) return { error: `unknown group name '${name}'` };
				wrong = group(index, at + 3);
			}
			size = 1 + (named?.[0].length ?? 0);
		} else if (octal !== undefined) {
			literal += String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
			size = 1 + octal.length;
		} else if (digits) {
			wrong = group(Number(digits), at + 1);
			size = 1 + digits.length;
		} else if (escapes[kind] !== undefined) literal += escapes[kind];
		else if (/[A-Za-z]/.test(kind)) wrong = `bad escape \\${kind} at position ${at}`;
		else if (kind === '') wrong = `bad escape (end of pattern) at position ${at}`;
		else literal += `\\${kind}`;
		if (wrong !== undefined) return { error: wrong };
		at += size;
	}
	if (literal || parts.length === 0) parts.push(literal);
	return parts;
}
