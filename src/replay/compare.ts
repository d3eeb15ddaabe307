/** Two captures side by side: stages aligned, and the first place where what happened differs. */
import type { Capture, Header, Stage, ValuePreview } from '../shared/capture';
import { counted, stageLabel } from '../shared/labels';
import type { ComparedStages, Comparison, Difference } from '../shared/story';
import { bodyDifference } from './bodyDifference';
import { visits } from './order';
import { skippedStages } from './skipped';
import { exceptionText } from './verdict';

/** Stages compared one with one; beyond this the rest is compared in order only. */
const mostAligned = 2000;

/** Two captures stage by stage, and the first at which they part. */
export function compare(left: Capture, right: Capture): Comparison {
	const pairs = align(sequence(left), sequence(right)).map(([a, b]) => comparedPair(a, b));
	const tells = pairs.findIndex((pair) => pair.differences.some((one) => !isIdentifier(one)));
	const parting = tells >= 0 ? tells : pairs.findIndex((pair) => pair.differences.length > 0);
	const request = requestDifferences(left, right);
	const response = responseDifferences(left, right);
	const pair = pairs[parting];
	return {
		pairs,
		...(pair ? { parting } : {}),
		summary: summaryOf(pair, request, response),
		request,
		response,
	};
}

function summaryOf(pair: ComparedStages | undefined, request: readonly Difference[], response: readonly Difference[]): string {
	if (pair) {
		const first = pair.differences.find((one) => !isIdentifier(one)) ?? pair.differences[0];
		return `They part at ${pair.label}${first ? `: ${differenceText(first)}` : ''}.`;
	}
	if (response.length > 0)
		return `Every stage went the same way; the responses differ in ${response.map((one) => one.what).join(', ')}.`;
	if (request.length > 0) return 'Every stage went the same way, though the requests differ.';
	return 'Both went the same way.';
}

const uuid = /^(?:UUID\()?'[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}'\)?$/i;

/** A stage gave both an identifier, each its own, as a request's id is: nothing parts there while something else does. */
function isIdentifier({ what, left, right }: Difference): boolean {
	return /^(?:request|response)\./.test(what) && uuid.test(left ?? '') && uuid.test(right ?? '');
}

function differenceText({ what, left, right }: Difference): string {
	return `${what} ${left ?? 'none'} on the left, ${right ?? 'none'} on the right`;
}

const sequence = (capture: Capture) =>
	visits(capture.stages, skippedStages(capture))
		.filter((visit) => visit.phase !== 'leave')
		.map((visit) => visit.stage);

type Pair = readonly [Stage | undefined, Stage | undefined];

const same = (a: Stage, b: Stage) => a.kind === b.kind && a.name === b.name;

/** Longest common subsequence by kind and name, after the common beginning and end are set aside. */
function align(left: readonly Stage[], right: readonly Stage[]): readonly Pair[] {
	const head: Pair[] = [];
	const tail: Pair[] = [];
	let [from, endLeft, endRight] = [0, left.length, right.length];
	for (let a = left[from], b = right[from]; a && b && same(a, b); a = left[from], b = right[from]) {
		head.push([a, b]);
		from++;
	}
	while (endLeft > from && endRight > from) {
		const [a, b] = [left[endLeft - 1], right[endRight - 1]];
		if (!a || !b || !same(a, b)) break;
		tail.unshift([a, b]);
		endLeft--;
		endRight--;
	}
	return [...head, ...middle(left.slice(from, endLeft), right.slice(from, endRight)), ...tail];
}

function middle(left: readonly Stage[], right: readonly Stage[]): readonly Pair[] {
	if (left.length > mostAligned || right.length > mostAligned) {
		return [...left.map((stage): Pair => [stage, undefined]), ...right.map((stage): Pair => [undefined, stage])];
	}
	const width = right.length + 1;
	const lengths = new Uint16Array((left.length + 1) * width);
	const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
	for (let i = left.length - 1; i >= 0; i--) {
		for (let j = right.length - 1; j >= 0; j--) {
			const [a, b] = [left[i], right[j]];
			lengths[i * width + j] = a && b && same(a, b) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
		}
	}
	const pairs: Pair[] = [];
	let [i, j] = [0, 0];
	while (i < left.length || j < right.length) {
		const [a, b] = [left[i], right[j]];
		if (a && b && same(a, b)) pairs.push([left[i++], right[j++]]);
		else if (b === undefined || (a && at(i + 1, j) >= at(i, j + 1))) pairs.push([left[i++], undefined]);
		else pairs.push([undefined, right[j++]]);
	}
	return pairs;
}

function comparedPair(left: Stage | undefined, right: Stage | undefined): ComparedStages {
	const stage = left ?? right;
	return {
		...(left ? { left: left.id } : {}),
		...(right ? { right: right.id } : {}),
		label: stage ? stageLabel(stage) : '',
		differences: differencesOf(left, right),
	};
}

function differencesOf(left: Stage | undefined, right: Stage | undefined): readonly Difference[] {
	const found: Difference[] = [];
	const add = (what: string, a: string | undefined, b: string | undefined) => {
		if (a !== b) found.push({ what, ...(a === undefined ? {} : { left: a }), ...(b === undefined ? {} : { right: b }) });
	};
	add('outcome', left?.outcome ?? 'not there', right?.outcome ?? 'not there');
	if (!left || !right) return found;
	const [a, b] = [left.detail, right.detail];
	add('exception', a.exception && exceptionText(a.exception), b.exception && exceptionText(b.exception));
	add('reason', a.reason, b.reason);
	add('status', text(a.status), text(b.status));
	add('route', a.matched?.route, b.matched?.route);
	add('view', a.matched?.view, b.matched?.view);
	add('arguments', argumentsOf(left), argumentsOf(right));
	add('queries', queryCount(left), queryCount(right));
	const changes = [changesOf(left), changesOf(right)] as const;
	for (const path of new Set([...changes[0].keys(), ...changes[1].keys()])) add(path, changes[0].get(path), changes[1].get(path));
	return found;
}

const text = (value: number | undefined) => (value === undefined ? undefined : String(value));

function argumentsOf({ detail }: Stage): string | undefined {
	const all = [
		...(detail.args ?? []).map(shown),
		...Object.entries(detail.kwargs ?? {}).map(([name, value]) => `${name}=${shown(value)}`),
	];
	return all.length === 0 ? undefined : all.join(', ');
}

function queryCount({ events }: Stage): string | undefined {
	const count = events.filter((event) => event.kind === 'sql').length;
	return count === 0 ? undefined : counted(count, 'query', 'queries');
}

function changesOf(stage: Stage): ReadonlyMap<string, string> {
	return new Map(stage.changes.map(({ path, after }) => [path, after === undefined ? 'removed' : shown(after)]));
}

/** A value without the address that differs in every process. */
const shown = ({ repr }: ValuePreview) => repr.replace(/\bat 0x[0-9a-fA-F]+/g, 'at …');

function requestDifferences({ request: a }: Capture, { request: b }: Capture): readonly Difference[] {
	const form = (capture: typeof a) => capture.form?.map(({ name, value }) => `${name}=${value}`).join('&');
	return [
		...differing('method', a.method, b.method),
		...differing('path', a.path, b.path),
		...differing('query', a.query, b.query),
		...differing('form', form(a), form(b)),
		...differing('user', a.user?.repr, b.user?.repr),
		...headerDifferences(a.headers, b.headers),
	];
}

function responseDifferences({ response: a }: Capture, { response: b }: Capture): readonly Difference[] {
	return [
		...differing('status', text(a?.status), text(b?.status)),
		...headerDifferences(a?.headers ?? [], b?.headers ?? []),
		...differing('size', text(a?.size ?? a?.body?.size), text(b?.size ?? b?.body?.size)),
		...bodyDifference(a?.body, b?.body),
	];
}

const passing = /^(?:date|content-length|cookie|set-cookie|x-csrftoken|age|etag|last-modified|expires)$/i;

function headerDifferences(left: readonly Header[], right: readonly Header[]): readonly Difference[] {
	const of = (headers: readonly Header[]) => new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
	const [a, b] = [of(left), of(right)];
	const names = [...new Set([...a.keys(), ...b.keys()])].filter((name) => !passing.test(name));
	return names.flatMap((name) => differing(`header ${name}`, a.get(name), b.get(name)));
}

function differing(what: string, left: string | undefined, right: string | undefined): readonly Difference[] {
	if (left === right) return [];
	return [{ what, ...(left === undefined ? {} : { left }), ...(right === undefined ? {} : { right }) }];
}
