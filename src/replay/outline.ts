/** Where the classes and functions of a Python file stand, read by indentation: enough to find a symbol again. */

export interface Definition {
	/** As Python's `__qualname__`, `<locals>` included. */
	readonly qualname: string;
	/** 1-based, of `def` or `class`. */
	readonly line: number;
}

/** In the order of their lines. Text within triple quotes is passed over. */
export function outline(text: string): readonly Definition[] {
	const found: Definition[] = [];
	const open: { indent: number; qualname: string; isClass: boolean }[] = [];
	let quote: string | undefined;
	for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
		const before = quote;
		quote = quoteAfter(line, quote);
		if (before !== undefined) continue;
		const match = /^([ \t\f]*)(class|def|async\s+def)\s+(\w+)/.exec(line);
		if (!match) continue;
		const indent = width(match[1] ?? '');
		while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
		const outer = open.at(-1);
		const qualname = outer ? `${outer.qualname}.${outer.isClass ? '' : '<locals>.'}${match[3]}` : `${match[3]}`;
		found.push({ qualname, line: at + 1 });
		open.push({ indent, qualname, isClass: match[2] === 'class' });
	}
	return found;
}

/** The definition that a `module.qualname` names; undefined where there is none, or several of that name. */
export function definitionOf(symbol: string, definitions: readonly Definition[]): Definition | undefined {
	const fitting = definitions.filter(({ qualname }) => symbol === qualname || symbol.endsWith(`.${qualname}`));
	const longest = Math.max(...fitting.map(({ qualname }) => qualname.length));
	const best = fitting.filter(({ qualname }) => qualname.length === longest);
	return best.length === 1 ? best[0] : undefined;
}

/** The innermost definition that a line stands in or on, by order alone: the last that begins before it. */
export function enclosing(line: number, definitions: readonly Definition[]): string | undefined {
	return definitions.findLast((definition) => definition.line <= line)?.qualname;
}

function width(indent: string): number {
	let columns = 0;
	for (const c of indent) columns = c === '\t' ? (Math.floor(columns / 8) + 1) * 8 : columns + 1;
	return columns;
}

/** The triple quote that is open at the end of a line, given the one at its start. */
function quoteAfter(line: string, open: string | undefined): string | undefined {
	let quote = open;
	for (let at = 0; at < line.length; at++) {
		if (line[at] === '\\') at++;
		else if (quote !== undefined) {
			if (line.startsWith(quote, at)) {
				at += quote.length - 1;
				quote = undefined;
			}
		} else if (line[at] === '#') break;
		else if (line.startsWith('"""', at) || line.startsWith("'''", at)) {
			quote = line.slice(at, at + 3);
			at += 2;
		} else if (line[at] === '"' || line[at] === "'") {
			const end = closing(line, at);
			if (end < 0) break;
			at = end;
		}
	}
	return quote;
}

function closing(line: string, open: number): number {
	for (let at = open + 1; at < line.length; at++) {
		if (line[at] === '\\') at++;
		else if (line[at] === line[open]) return at;
	}
	return -1;
}
