/** What a Python regular expression means, after flags and escapes are resolved: each node carries the flags that reach it. */
export type RegexNode =
	| { readonly op: 'char'; readonly code: number; readonly fold: boolean }
	| { readonly op: 'any'; readonly newline: boolean }
	| { readonly op: 'set'; readonly accepts: (code: number) => boolean }
	| { readonly op: 'at'; readonly where: Anchor; readonly ascii: boolean }
	| { readonly op: 'sequence'; readonly items: readonly RegexNode[] }
	| { readonly op: 'branch'; readonly options: readonly RegexNode[] }
	| { readonly op: 'group'; readonly index: number; readonly body: RegexNode }
	| {
			readonly op: 'repeat';
			readonly min: number;
			readonly max: number;
			readonly mode: 'greedy' | 'lazy' | 'possessive';
			readonly body: RegexNode;
	  }
	/** `width` in code points tells where a look-behind starts; undefined for a look-ahead. */
	| { readonly op: 'look'; readonly width: number | undefined; readonly negate: boolean; readonly body: RegexNode }
	| { readonly op: 'atomic'; readonly body: RegexNode }
	/** `width`: of the group. */
	| { readonly op: 'backref'; readonly group: number; readonly fold: boolean; readonly width: readonly [number, number] }
	| { readonly op: 'conditional'; readonly group: number; readonly yes: RegexNode; readonly no: RegexNode };

export type Anchor = 'start' | 'end' | 'lineStart' | 'lineEnd' | 'stringEnd' | 'boundary' | 'notBoundary';

/** The bits of `re`'s flags, by CPython's numbers. */
export const flag = {
	IGNORECASE: 2,
	LOCALE: 4,
	MULTILINE: 8,
	DOTALL: 16,
	UNICODE: 32,
	VERBOSE: 64,
	DEBUG: 128,
	ASCII: 256,
} as const;

/** [least, most] number of code points that a node can match. */
export function widthOf(node: RegexNode): readonly [number, number] {
	switch (node.op) {
		case 'char':
		case 'any':
		case 'set':
			return [1, 1];
		case 'at':
		case 'look':
			return [0, 0];
		case 'group':
		case 'atomic':
			return widthOf(node.body);
		case 'sequence':
			return node.items.map(widthOf).reduce(([low, high], [l, h]) => [low + l, high + h], [0, 0]);
		case 'branch':
			return eitherWidth(node.options);
		case 'conditional':
			return eitherWidth([node.yes, node.no]);
		case 'repeat': {
			const [low, high] = widthOf(node.body);
			return [low * node.min, high === 0 ? 0 : high * node.max];
		}
		case 'backref':
			return node.width;
	}
}

function eitherWidth(options: readonly RegexNode[]): readonly [number, number] {
	const widths = options.map(widthOf);
	return [Math.min(...widths.map(([low]) => low)), Math.max(...widths.map(([, high]) => high))];
}
