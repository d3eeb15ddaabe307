/**
 * `request.path_info` of what a client asks for: the percent-encoding taken off, bytes that are no UTF-8 left encoded
 * (`repercent_broken_unicode`, Django 5.2, utils/encoding.py). The query is kept apart.
 */
export function requestPath(asked: string): { readonly path: string; readonly query: string; readonly broken: boolean } {
	const [, plain = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(asked) ?? [];
	const rooted = plain.startsWith('/') ? plain : `/${plain}`;
	let broken = /%(?![0-9A-Fa-f]{2})/.test(rooted);
	const path = rooted.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
		const whole = decoded(run);
		if (whole !== undefined) return whole;
		broken = true;
		return run.replace(utf8, (one) => decoded(one) ?? one.toUpperCase());
	});
	return { path, query, broken };
}

/** A percent-encoded character of UTF-8, or a byte. */
const utf8 = /%F[0-7](?:%[89AB][0-9A-F]){3}|%E[0-9A-F](?:%[89AB][0-9A-F]){2}|%[CD][0-9A-F]%[89AB][0-9A-F]|%[0-9A-F]{2}/gi;

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** `request.get_full_path()`: `escape_uri_path`, and the query as it came. */
export function fullPath(path: string, query: string): string {
	let escaped: string;
	try {
		escaped = encodeURIComponent(path).replace(/%(?:2F|3A|40|26|2B|24|2C)/g, decodeURIComponent);
	} catch {
		escaped = path;
	}
	return query === '' ? escaped : `${escaped}?${query}`;
}
