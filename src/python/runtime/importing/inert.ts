/**
 * What a module consists of that does nothing but bind names to data: literals, displays of them, other names, imports. Nobody can tell
 * whether it has run. Read from its text alone, with no tree made of it; undefined where something else stands in it.
 */
export function inertImports(text: string): readonly InertImport[] | undefined {
	const imports: InertImport[] = [];
	for (let at = 0; at < text.length; ) {
		importStatement.lastIndex = at;
		const found = importStatement.exec(text);
		if (found) {
			const [whole, dots = '', module = ''] = found;
			imports.push({ level: dots.length, module });
			at += whole.length;
			continue;
		}
		data.lastIndex = at;
		const run = data.exec(text)?.[0].length ?? 0;
		if (run === 0) return undefined;
		at += run;
	}
	return imports;
}

/** `from ..module import …`: the dots, and what follows them. */
export interface InertImport {
	readonly level: number;
	readonly module: string;
}

const importStatement = /^from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(?:\([\w\s,]*\)|\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]*$/my;

/**
 * A stretch of such tokens, of bounded length: the matcher keeps a state for each. A name is none that is called, looked into or that is
 * the prefix of a string, and no keyword that begins a statement or a loop.
 */
const data = new RegExp(
	`(?:${[
		'[\\s,()[\\]{}:=+-]',
		'"""(?:[^"\\\\]|\\\\[^]|"(?!""))*"""',
		"'''(?:[^'\\\\]|\\\\[^]|'(?!''))*'''",
		'"(?!"")(?:[^"\\\\\\n]|\\\\[^])*"',
		"'(?!'')(?:[^'\\\\\\n]|\\\\[^])*'",
		'#[^\\n]*',
		'\\d[\\w.]*',
		`(?!(?:${'as assert async await class def del except finally for from global if import lambda match nonlocal raise return try type while with yield'.replaceAll(' ', '|')})\\b)[A-Za-z_]\\w*(?![\\w"']|\\s*[([.])`,
	].join('|')}){1,500}`,
	'y',
);
