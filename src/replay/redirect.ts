/** Where a redirect leads, and whether it leads back. */
import type { Capture } from '../shared/capture';

/** The address a capture's response redirects to, as scheme, host, path and query; undefined when it doesn't. */
function redirectTarget({ request, response }: Capture): URL | undefined {
	const to = response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
	if (to === undefined || !response || response.status < 300 || response.status >= 400) return undefined;
	try {
		return new URL(to, addressOf({ request }));
	} catch {
		return undefined;
	}
}

/** What a redirect to the request's own address does, as a sentence; empty when it leads elsewhere. */
export function toItself(capture: Capture): string {
	const to = redirectTarget(capture);
	const from = to && addressOf(capture);
	if (
		!to ||
		!from ||
		to.host.toLowerCase() !== from.host.toLowerCase() ||
		to.pathname + to.search !== from.pathname + from.search
	)
		return '';
	const scheme = to.protocol.slice(0, -1);
	if (scheme !== capture.request.scheme)
		return `That is the same address by ${scheme}: behind a proxy that ends TLS this repeats for ever, unless SECURE_PROXY_SSL_HEADER tells Django.`;
	return 'That is the address it came from: a browser gives up after asking again and again.';
}

/** Most redirects that are followed. */
const farthest = 8;

/**
 * The paths of a circle of redirects that begins and ends at a capture's own; undefined when it is none. `next` answers the
 * capture of the request that came after one, at that path.
 */
export async function circle(
	first: Capture,
	next: (after: Capture, path: string) => Promise<Capture | undefined>,
): Promise<readonly string[] | undefined> {
	const paths = [first.request.path];
	let last = first;
	for (let hop = 0; hop < farthest; hop++) {
		const to = redirectTarget(last);
		if (!to || to.host !== addressOf(last).host) return undefined;
		const path = decoded(to.pathname);
		paths.push(path);
		if (path === first.request.path) return paths.length > 2 ? paths : undefined;
		const following = await next(last, path);
		if (!following) return undefined;
		last = following;
	}
	return undefined;
}

function addressOf({ request }: Pick<Capture, 'request'>): URL {
	const path = request.path.split('/').map(encodeURIComponent).join('/');
	const query = request.query === '' ? '' : `?${request.query}`;
	try {
		return new URL(`${request.scheme}://${request.host ?? 'localhost'}${path}${query}`);
	} catch {
		return new URL(`http://localhost${path}`);
	}
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
