/** Where two bodies part: the first line that differs, as each has it. */
import type { Body } from '../shared/capture';
import type { Difference } from '../shared/story';

/** Characters shown of a line. */
const most = 120;
/** Characters shown before the difference where its line is longer. */
const before = 30;

/** Empty where the bodies have the same text. Tokens of secrets are looked at last: a CSRF token is another one in each response. */
export function bodyDifference(left: Body | undefined, right: Body | undefined): readonly Difference[] {
	const [a, b] = [left?.text, right?.text];
	if (a === b) return [];
	if (a === undefined || b === undefined || left?.encoding === 'base64' || right?.encoding === 'base64') {
		const [one, other] = [said(left), said(right)];
		return [{ what: 'body', ...(one === undefined ? {} : { left: one }), ...(other === undefined ? {} : { right: other }) }];
	}
	const [plainA, plainB] = [withoutSecrets(a), withoutSecrets(b)];
	return plainA === plainB ? [parting(a, b)] : [parting(plainA, plainB)];
}

const withoutSecrets = (text: string) => text.replace(/\[secret:[0-9a-f]+\]/g, '[secret]');

function said(body: Body | undefined): string | undefined {
	if (body === undefined) return undefined;
	return body.text === undefined ? (body.reason ?? 'not recorded') : body.encoding === 'base64' ? 'other bytes' : 'a text';
}

function parting(a: string, b: string): Difference {
	let at = 0;
	while (at < a.length && at < b.length && a[at] === b[at]) at++;
	const begin = at === 0 ? 0 : a.lastIndexOf('\n', at - 1) + 1;
	const line = a.slice(0, at).split('\n').length;
	const from = Math.max(begin, at - before);
	return { what: `body, line ${line}`, left: excerpt(a, from, begin), right: excerpt(b, from, begin) };
}

/** The rest of the line from there on. */
function excerpt(text: string, from: number, begin: number): string {
	const end = text.indexOf('\n', from);
	const rest = text.slice(from, end < 0 ? undefined : end).trim();
	if (rest === '') return end < 0 ? '(its end)' : '(an empty line)';
	const cut = rest.length > most ? `${rest.slice(0, most)}…` : rest;
	return from > begin ? `…${cut}` : cut;
}
