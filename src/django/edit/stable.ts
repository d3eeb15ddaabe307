import type { Live, LiveModule } from './live';

const unstable = new WeakMap<LiveModule, ReadonlySet<string>>();

/** Names that have other values before the module's end: bound more than once, or bound and then changed in place. */
function unstableNames(live: LiveModule): ReadonlySet<string> {
	const known = unstable.get(live);
	if (known) return known;
	const seen = new Set<string>();
	const out = new Set<string>();
	for (const { statement } of live.statements) {
		for (const name of statement.changes) if (seen.has(name)) out.add(name);
		for (const name of statement.binds) (seen.has(name) ? out : seen).add(name);
	}
	unstable.set(live, out);
	return out;
}

/** Whether a class's attributes find later what they would find at their place, as when the module ran at first. */
export function attributesMayWait(live: LiveModule, { statement }: Live): boolean {
	if (statement.kind !== 'ClassDef') return false;
	const names = unstableNames(live);
	if (live.statements.some((one) => one.statement.start > statement.start && one.statement.binds.has('*'))) return false;
	for (const name of names) if (statement.mentions(name)) return false;
	return true;
}
