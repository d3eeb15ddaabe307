import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** The page's document: our script and style alone, no network, no inline script. */
export function pageHtml(webview: Webview, extensionUri: Uri): string {
	const nonce = randomBytes(16).toString('base64url');
	const script = webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', 'webview.js'));
	const style = webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', 'webview.css'));
	// Inline styles are those of captured pages in their sandboxed frame, which inherits this policy.
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`style-src ${webview.cspSource} 'unsafe-inline'`,
		`img-src ${webview.cspSource} data:`,
		'font-src data:',
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Request Cycle</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/** What a page may load from. */
export function pageOptions(extensionUri: Uri) {
	return { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, 'dist'), Uri.joinPath(extensionUri, 'media')] };
}
