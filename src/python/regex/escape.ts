const special = new Set('()[]{}?*+-|^$\\.&~# \t\n\r\v\f');

/** `re.escape`: since Python 3.7 only what is special; before, everything but ASCII letters, digits and `_`. */
export function escapePattern(text: string, version: readonly [number, number] = [3, 13]): string {
	const everything = version[0] < 3 || (version[0] === 3 && version[1] < 7);
	let escaped = '';
	for (const char of text) {
		if (everything ? !/[A-Za-z0-9_]/.test(char) : special.has(char))
			escaped += everything && char === '\0' ? '\\000' : `\\${char}`;
		else escaped += char;
	}
	return escaped;
}
