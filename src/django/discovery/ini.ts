/** One `key = value` of an INI file, with the 1-based line of its key. Continuation lines are joined by newlines. */
export interface IniEntry {
	readonly section: string;
	readonly key: string;
	readonly value: string;
	readonly line: number;
}

/** Reads `pytest.ini`, `setup.cfg` and `tox.ini` as far as settings modules are named there; odd lines are passed over. */
export function readIni(text: string): IniEntry[] {
	const entries: { section: string; key: string; value: string; line: number }[] = [];
	let section = '';
	for (const [index, raw] of text.split(/\r?\n/).entries()) {
		if (/^\s*[#;]/.test(raw) || raw.trim() === '') continue;
		const header = /^\[([^\]]+)\]/.exec(raw);
		const last = entries.at(-1);
		if (header) section = (header[1] ?? '').trim();
		else if (/^\s/.test(raw) && last?.section === section) last.value += `\n${raw.trim()}`;
		else {
			const pair = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(raw);
			if (pair) entries.push({ section, key: (pair[1] ?? '').trim(), value: (pair[2] ?? '').trim(), line: index + 1 });
		}
	}
	return entries;
}
