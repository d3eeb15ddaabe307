/** Building elements: text is always text, styles are set through the CSSOM, so that a strict CSP has nothing to refuse. */

export type Child = Node | string | number | undefined | false | readonly Child[];

export interface Options {
	readonly class?: string;
	readonly id?: string;
	readonly title?: string | undefined;
	readonly role?: string;
	readonly aria?: Readonly<Record<string, string | number | boolean | undefined>>;
	readonly data?: Readonly<Record<string, string | number | undefined>>;
	/** Custom properties. */
	readonly style?: Readonly<Record<`--${string}`, string | number>>;
	readonly attrs?: Readonly<Record<string, string | number | boolean | undefined>>;
	readonly tabIndex?: number;
	readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
}

export function h<K extends keyof HTMLElementTagNameMap>(
	tag: K,
	options: Options | string,
	...children: readonly Child[]
): HTMLElementTagNameMap[K] {
	const element = document.createElement(tag);
	if (typeof options === 'string') element.className = options;
	else apply(element, options);
	append(element, children);
	return element;
}

function apply(element: HTMLElement, options: Options): void {
	if (options.class !== undefined) element.className = options.class;
	if (options.id !== undefined) element.id = options.id;
	if (options.title !== undefined) element.title = options.title;
	if (options.role !== undefined) element.setAttribute('role', options.role);
	if (options.tabIndex !== undefined) element.tabIndex = options.tabIndex;
	for (const [name, value] of Object.entries(options.aria ?? {})) {
		if (value !== undefined) element.setAttribute(`aria-${name}`, String(value));
	}
	for (const [name, value] of Object.entries(options.data ?? {})) if (value !== undefined) element.dataset[name] = String(value);
	for (const [name, value] of Object.entries(options.style ?? {})) element.style.setProperty(name, String(value));
	for (const [name, value] of Object.entries(options.attrs ?? {})) {
		if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
	}
	for (const [name, listener] of Object.entries(options.on ?? {})) element.addEventListener(name, listener as EventListener);
}

/** Adds children, texts among them; what is absent is passed over. */
export function append(element: Element, children: readonly Child[]): void {
	for (const child of children) {
		if (child === undefined || child === false) continue;
		if (Array.isArray(child)) append(element, child as readonly Child[]);
		else element.append(child instanceof Node ? child : String(child));
	}
}

/** Puts children in the place of what an element holds. */
export function fill(element: Element, ...children: readonly Child[]): void {
	element.replaceChildren();
	append(element, children);
}

/** A text cut to what a person could want to read at once; a megabyte in one text node stalls a page. */
export function clipped(text: string, most = 20_000): string {
	return text.length <= most ? text : `${text.slice(0, most)}… (${(text.length - most).toLocaleString('en')} more characters)`;
}
