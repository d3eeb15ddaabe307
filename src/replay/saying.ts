/** What a refusal says of itself: the message in the response's own body, or what a 405 allows. */
import type { Capture } from '../shared/capture';

/** Characters of a message. */
const longest = 300;

/** Where JSON answers put their message, in the order of how telling they are. */
const keys = ['detail', 'error', 'message', 'title', 'reason', 'msg', 'errors', 'non_field_errors', 'error_description'];

/** The message as the body has it, in one line; undefined where it has none that can be told from a page. */
export function sayingOf({ request, response }: Capture): string | undefined {
	if (!response || response.status < 400) return undefined;
	const allowed = response.headers.find(([name]) => name.toLowerCase() === 'allow')?.[1];
	if (response.status === 405 && allowed !== undefined) return `it takes ${allowed || 'no method'}, not ${request.method}`;
	const { body, contentType = '' } = response;
	const text = body?.encoding === 'base64' ? undefined : body?.text?.trim();
	if (text === undefined || text === '') return undefined;
	if (/\bjson\b/i.test(contentType)) return body?.truncated ? undefined : line(fromJson(text));
	// An HttpResponseForbidden("No.") calls itself HTML as well; a page is another thing.
	return /^text\//i.test(contentType) && !/[<>]/.test(text) ? line(text) : undefined;
}

function fromJson(text: string): string | undefined {
	if (text.length > 100_000) return undefined;
	try {
		return messageIn(JSON.parse(text), 0);
	} catch {
		return undefined;
	}
}

/** The first message of a parsed answer: a text, or one below a telling key; `{"title": ["Too long."]}` names its field. */
function messageIn(value: unknown, depth: number): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value !== 'object' || value === null || depth > 4) return undefined;
	if (Array.isArray(value)) return messageIn(value[0], depth + 1);
	const fields = new Map<string, unknown>(Object.entries(value));
	for (const key of keys) {
		const found = messageIn(fields.get(key), depth + 1);
		if (found !== undefined) return found;
	}
	for (const [name, one] of fields) {
		const found = Array.isArray(one) || typeof one === 'object' ? messageIn(one, depth + 1) : undefined;
		if (found !== undefined) return `${name}: ${found}`;
	}
	return undefined;
}

function line(text: string | undefined): string | undefined {
	const flat = text?.replace(/\s+/g, ' ').trim();
	if (!flat) return undefined;
	return flat.length > longest ? `${flat.slice(0, longest)}…` : flat;
}
