import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import { panelHtml } from '../../shared/panelHtml';
import type { PanelState } from '../../shared/protocol/panel';

/** The page's document for this webview. */
export function pageHtml(webview: Webview, extensionUri: Uri, state: PanelState): string {
	return panelHtml({
		script: webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', 'webview.js')).toString(),
		style: webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', 'webview.css')).toString(),
		cspSource: webview.cspSource,
		nonce: randomBytes(16).toString('base64url'),
		state,
	});
}

/** What a page may load from. */
export function pageOptions(extensionUri: Uri) {
	return { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, 'dist')] };
}
