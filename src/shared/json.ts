/** Whether two values of plain JSON are the same. What is identical is not looked into. */
export function sameJson(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, at) => sameJson(item, b[at]));
	if (Array.isArray(b)) return false;
	const left = a as Readonly<Record<string, unknown>>;
	const right = b as Readonly<Record<string, unknown>>;
	const names = Object.keys(left);
	if (names.length !== Object.keys(right).length) return false;
	return names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]));
}

/** How one JSON value becomes another: plain JSON itself. */
export type JsonPatch =
	| { readonly set: unknown }
	/** An object's fields that differ, and those that are gone. */
	| { readonly fields: Readonly<Record<string, JsonPatch>>; readonly gone: readonly string[] }
	/** A list: from `at` on so many items give way to others; then items that differ, by their index in the new list. */
	| { readonly at: number; readonly removed: number; readonly items: readonly unknown[]; readonly each?: Each }
	| { readonly each: Each };

type Each = readonly (readonly [index: number, patch: JsonPatch])[];

/** What makes `after` of `before`; undefined when they are the same. What is identical is not looked into. */
export function difference(before: unknown, after: unknown): JsonPatch | undefined {
	if (before === after) return undefined;
	if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return { set: after };
	if (Array.isArray(before) || Array.isArray(after))
		return Array.isArray(before) && Array.isArray(after) ? listDifference(before, after) : { set: after };
	const old = before as Readonly<Record<string, unknown>>;
	const now = after as Readonly<Record<string, unknown>>;
	const fields: Record<string, JsonPatch> = {};
	const gone = Object.keys(old).filter((name) => !Object.hasOwn(now, name));
	for (const [name, value] of Object.entries(now)) {
		const patch = Object.hasOwn(old, name) ? difference(old[name], value) : { set: value };
		if (patch) fields[name] = patch;
	}
	return gone.length > 0 || Object.keys(fields).length > 0 ? { fields, gone } : undefined;
}

function listDifference(before: readonly unknown[], after: readonly unknown[]): JsonPatch | undefined {
	const most = Math.min(before.length, after.length);
	const same = before.length === after.length;
	let at = 0;
	while (at < most && (same || corresponds(before[at], after[at]))) at++;
	let tail = 0;
	while (tail < most - at && corresponds(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail++;
	const each: (readonly [number, JsonPatch])[] = [];
	for (let index = 0; index < after.length; index++) {
		if (index >= at && index < after.length - tail) continue;
		const patch = difference(before[index < at ? index : index + before.length - after.length], after[index]);
		if (patch) each.push([index, patch]);
	}
	if (same) return each.length > 0 ? { each } : undefined;
	const items = after.slice(at, after.length - tail);
	return { at, removed: before.length - tail - at, items, ...(each.length > 0 ? { each } : {}) };
}

/** Whether an item stands for another one in a list that has grown or shrunk: by its `id` where it has one. */
function corresponds(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	const id = idOf(a);
	return id === undefined ? sameJson(a, b) : id === idOf(b);
}

const idOf = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined);

/** The value after a patch; what the patch leaves alone is the same by identity. */
export function patched(before: unknown, patch: JsonPatch): unknown {
	if ('set' in patch) return patch.set;
	if ('fields' in patch) {
		const out: Record<string, unknown> = { ...(before as Readonly<Record<string, unknown>>) };
		for (const name of patch.gone) delete out[name];
		for (const [name, inner] of Object.entries(patch.fields)) out[name] = patched(out[name], inner);
		return out;
	}
	const list = before as readonly unknown[];
	const out = 'at' in patch ? [...list.slice(0, patch.at), ...patch.items, ...list.slice(patch.at + patch.removed)] : [...list];
	for (const [index, inner] of patch.each ?? []) out[index] = patched(out[index], inner);
	return out;
}
