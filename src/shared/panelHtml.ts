/** The replay panel's document, as its host serves it. */
import type { PanelState } from './protocol/panel';

export interface PanelAddresses {
	/** `webview.asWebviewUri` of `dist/webview.js` and `dist/webview.css`. */
	readonly script: string;
	readonly style: string;
	/** `webview.cspSource`. */
	readonly cspSource: string;
	/** At least 128 random bits, anew for each document. */
	readonly nonce: string;
	/** What the page keeps until it has more to say: one that VS Code brings back must know its capture. */
	readonly state: PanelState;
}

/**
 * No network, no inline script, no inline style but that of the preview's sandboxed frame, which carries the nonce (the
 * frame inherits this policy). Images are `data:` alone.
 */
export function panelHtml({ script, style, cspSource, nonce, state }: PanelAddresses): string {
	const policy = [
		"default-src 'none'",
		`style-src ${cspSource} 'nonce-${nonce}'`,
		`script-src 'nonce-${nonce}'`,
		'img-src data:',
		`font-src ${cspSource}`,
		"form-action 'none'",
		"base-uri 'none'",
	].join('; ');
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Request Cycle</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<main id="panel" data-nonce="${escaped(nonce)}" data-state="${escaped(JSON.stringify(state))}"></main>
<script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
</body>
</html>`;
}

const escaped = (text: string) => text.replace(/[&"<>]/g, (c) => `&#${c.charCodeAt(0)};`);
