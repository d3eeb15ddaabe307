/**
 * A recorded page in a frame that can do nothing: sandboxed without scripts, forms, navigation or origin, under the
 * panel's own policy, which lets nothing load but `data:` images. Its styles are carried over with the policy's nonce;
 * linked ones of the project are asked for from the host.
 */
import { h } from '../dom';
import type { Context } from './view';

/** Elements that do or load something, or that would take the frame elsewhere. */
const dropped =
	'script, iframe, frame, frameset, object, embed, applet, base, meta, template, portal, noscript, link:not([rel~="stylesheet"])';
const mostStylesheets = 12;

export function htmlPreview(context: Context, html: string): HTMLElement {
	const frame = h('iframe', {
		class: 'preview',
		title: 'Preview of the page, without scripts',
		attrs: { sandbox: '', referrerpolicy: 'no-referrer' },
	});
	const page = new DOMParser().parseFromString(html, 'text/html');
	const links = [...page.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet"]')].map(
		(link) => link.getAttribute('href') ?? '',
	);
	const show = (sheets: readonly string[]) => {
		frame.srcdoc = `<!DOCTYPE html>${harmless(page.cloneNode(true) as Document, sheets, context.nonce).outerHTML}`;
	};
	show([]);
	const wanted = [...new Set(links.filter(Boolean))].slice(0, mostStylesheets);
	if (wanted.length > 0) {
		const asked = wanted.map((href) =>
			context.channel.request({ kind: 'stylesheet', href }).then(
				(reply) => reply.text,
				() => '',
			),
		);
		void Promise.all(asked).then((sheets) => sheets.some(Boolean) && show(sheets));
	}
	const left = page.querySelector('img[src]:not([src^="data:"]), picture, video, audio, script, iframe, link[rel~="stylesheet"]');
	return h(
		'div',
		'',
		h('div', 'preview-frame', frame),
		left ? h('p', 'preview-note quiet', 'Nothing is loaded here: the page’s images, fonts and scripts are left out.') : undefined,
	);
}

function harmless(page: Document, sheets: readonly string[], nonce: string): HTMLElement {
	for (const element of page.querySelectorAll(dropped)) element.remove();
	for (const link of page.querySelectorAll('link')) link.remove();
	const rules: string[] = [];
	for (const [at, element] of [...page.querySelectorAll('*')].entries()) {
		const style = element.getAttribute('style');
		// The policy refuses style attributes: each becomes a rule of its own.
		if (style !== null && !/[{}]/.test(style)) {
			element.setAttribute('data-request-cycle', String(at));
			rules.push(`[data-request-cycle="${at}"] { ${style} }`);
		}
		for (const { name } of [...element.attributes]) {
			if (/^on|^(?:style|href|action|formaction|ping|srcdoc|background|nonce|autofocus|xlink:href)$/i.test(name))
				element.removeAttribute(name);
			else if (/^(?:src|srcset|poster|data)$/i.test(name) && !/^data:image\//i.test(element.getAttribute(name) ?? ''))
				element.removeAttribute(name);
		}
	}
	for (const style of page.querySelectorAll('style')) style.replaceWith(styleElement(page, style.textContent ?? '', nonce));
	const head = page.head;
	head.prepend(...['html { background: white; color: black; }', ...sheets].map((css) => styleElement(page, css, nonce)));
	head.append(styleElement(page, rules.join('\n'), nonce));
	return page.documentElement;
}

function styleElement(page: Document, css: string, nonce: string): HTMLStyleElement {
	const style = page.createElement('style');
	style.setAttribute('nonce', nonce);
	style.textContent = selfContained(css);
	return style;
}

/** Without what would load something, which the policy would refuse anyway, and unable to close its own element. */
function selfContained(css: string): string {
	return css
		.replace(/@import[^;]*;?/gi, '')
		.replace(/url\(\s*(["']?)(?!\s*["']?data:)[^)]*\)/gi, 'url(data:,)')
		.replace(/<\/style/gi, '<\\/style');
}
