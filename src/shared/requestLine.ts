/** Where a request goes. */
interface Target {
	/** With a leading slash; query and fragment as they came. */
	readonly path: string;
	/** Name and port, as in the Host header, where the text names them. */
	readonly host?: string;
}

/** What a person asks of a server; the method in capitals. */
export interface RequestLine extends Target {
	readonly method: string;
}

/** The target of a path, with or without its leading slash, or of a page's address as a browser shows it. */
export function requestTarget(address: string): Target {
	const [, host, path = ''] = /^(?:https?:\/\/(?:[^/?#@]*@)?([^/?#]*))?(.*)$/is.exec(address) ?? [];
	return { path: path.startsWith('/') ? path : `/${path}`, ...(host ? { host } : {}) };
}

/** A request as it is written or pasted: `POST /shop/`, `/shop/` (GET), or a page's address. Undefined where it is none. */
export function requestLine(text: string): RequestLine | undefined {
	const [, method = 'GET', address = ''] = /^\s*(?:([A-Za-z]+)\s+)?(\S+)\s*$/.exec(text) ?? [];
	return address === '' ? undefined : { method: method.toUpperCase(), ...requestTarget(address) };
}
