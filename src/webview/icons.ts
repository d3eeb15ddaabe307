/** The panel's own icons: strokes on a grid of 16, in the colour of the text. */

const paths = {
	first: 'M3.5 3v10M12.5 3.5 6.5 8l6 4.5z',
	last: 'M12.5 3v10M3.5 3.5l6 4.5-6 4.5z',
	back: 'M10.5 3.5 5 8l5.5 4.5',
	forward: 'M5.5 3.5 11 8l-5.5 4.5',
	play: 'M4.5 3v10l8-5z',
	pause: 'M5.5 3.5v9M10.5 3.5v9',
	change: 'M2.5 5.5h8M8 3l2.5 2.5L8 8M13.5 10.5h-8M8 8l-2.5 2.5L8 13',
	exception: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2v.3',
	query: 'M3 4c0-1.1 2.2-2 5-2s5 .9 5 2-2.2 2-5 2-5-.9-5-2zM3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2',
	pin: 'M9.5 2 14 6.5l-2.5.7-2.8 2.8-.2 3L3 7.5l3-.2 2.8-2.8zM5.7 10.3 2.5 13.5',
	more: 'M3 8h.01M8 8h.01M13 8h.01',
	external: 'M9.5 2.5h4v4M13.5 2.5 7.5 8.5M11.5 9v4.5h-9v-9H7',
	follow: 'M2 8s2.2-4 6-4 6 4 6 4-2.2 4-6 4-6-4-6-4zM8 9.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z',
	down: 'M8 3v10M4.5 9.5 8 13l3.5-3.5',
	up: 'M8 13V3M4.5 6.5 8 3l3.5 3.5',
	responded: 'M6 3 3 6l3 3M3 6h6a4 4 0 0 1 0 8H7',
	raised: 'M4 4l8 8M12 4l-8 8',
	passed: 'M3 8.5 6.5 12 13 4.5',
	skipped: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM4.2 4.2l7.6 7.6',
	copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
	debug:
		'M8 5a3 3 0 0 0-3 3v2a3 3 0 0 0 6 0V8a3 3 0 0 0-3-3zM6.2 5.2 4.5 3M9.8 5.2 11.5 3M5 8H2M5 11l-2.5 1.5M11 8h3M11 11l2.5 1.5',
	rerun: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
	zoomIn: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.2 3.2M5 7h4M7 5v4',
	zoomOut: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.2 3.2M5 7h4',
	whole: 'M2.5 3.5v9M13.5 3.5v9M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2',
	chevron: 'M6 4l4 4-4 4',
} as const;

export type IconName = keyof typeof paths;

/** Decorative: whatever holds it must have a name of its own. */
export function icon(name: IconName): SVGSVGElement {
	const namespace = 'http://www.w3.org/2000/svg';
	const svg = document.createElementNS(namespace, 'svg');
	svg.setAttribute('viewBox', '0 0 16 16');
	svg.setAttribute('class', `icon icon-${name}`);
	svg.setAttribute('aria-hidden', 'true');
	const path = document.createElementNS(namespace, 'path');
	path.setAttribute('d', paths[name]);
	svg.append(path);
	return svg;
}
