/** A small language for the shape of JSON: each check answers with what is wrong and where, or nothing. */

/** `undefined`, or the path within the value and what is wrong there: `.stages[3].startNs is a text, not a number`. */
export type Check = (value: unknown) => string | undefined;

const kindOf = (value: unknown) =>
	value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'a text' : `a ${typeof value}`;

const is =
	(type: 'string' | 'number' | 'boolean', name: string): Check =>
	(value) =>
		typeof value === type ? undefined : ` is ${kindOf(value)}, not a ${name}`;

export const text = is('string', 'text');
export const number = is('number', 'number');
export const flag = is('boolean', 'truth value');

/** A whole number; the ids and lines that other parts index by. */
export const integer: Check = (value) => (Number.isSafeInteger(value) ? undefined : ' is not a whole number');

/** One of these words. */
export function oneOf(...words: readonly string[]): Check {
	const known = new Set<unknown>(words);
	return (value) => (known.has(value) ? undefined : ` is ${JSON.stringify(value)?.slice(0, 60)}, not one of ${words.join(', ')}`);
}

/** A list whose items pass the check. */
export function list(item: Check): Check {
	return (value) => {
		if (!Array.isArray(value)) return ` is ${kindOf(value)}, not a list`;
		for (const [at, entry] of value.entries()) {
			const problem = item(entry);
			if (problem !== undefined) return `[${at}]${problem}`;
		}
		return undefined;
	};
}

/** Exactly these checks, one an item. */
export function tuple(...items: readonly Check[]): Check {
	return (value) => {
		if (!Array.isArray(value) || value.length !== items.length) return ` is not a list of ${items.length}`;
		for (const [at, check] of items.entries()) {
			const problem = check(value[at]);
			if (problem !== undefined) return `[${at}]${problem}`;
		}
		return undefined;
	};
}

export function record(item: Check): Check {
	return (value) => {
		if (!isObject(value)) return ` is ${kindOf(value)}, not an object`;
		for (const [key, entry] of Object.entries(value)) {
			const problem = item(entry);
			if (problem !== undefined) return `[${JSON.stringify(key).slice(0, 60)}]${problem}`;
		}
		return undefined;
	};
}

/** Required and optional fields; others may be there and are left alone. */
export function object(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check {
	const fields = [
		...Object.entries(required).map(([name, check]) => ({ name, check, needed: true })),
		...Object.entries(optional).map(([name, check]) => ({ name, check, needed: false })),
	];
	return (value) => {
		if (!isObject(value)) return ` is ${kindOf(value)}, not an object`;
		for (const { name, check, needed } of fields) {
			const field = Object.hasOwn(value, name) ? value[name] : undefined;
			if (field === undefined) {
				if (needed) return ` lacks \`${name}\``;
				continue;
			}
			const problem = check(field);
			if (problem !== undefined) return `.${name}${problem}`;
		}
		return undefined;
	};
}

/** A shape within itself, at most `depth` deep: what follows recurses without fear. */
export function nested(depth: number, build: (inner: Check) => Check): Check {
	let check: Check = () => ' is nested too deeply';
	for (let level = 0; level < depth; level++) check = build(check);
	return check;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
