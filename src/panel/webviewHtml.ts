import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { translationElement, type Translation } from '../protocol/translation';

/**
 * The HTML of the panel. Its policy allows only the bundle from dist/ to be run or loaded. The webview toolkit adds a style
 * element of its own, for which it looks up the style nonce.
 */
export function webviewHtml(webview: vscode.Webview, dist: vscode.Uri, translation: Translation): string {
  const [nonce, styleNonce] = [randomBytes(16).toString('base64'), randomBytes(16).toString('base64')];
  const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const { cspSource } = webview;
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource} 'nonce-${styleNonce}'; font-src ${cspSource}; img-src ${cspSource} data:;`;
  return `<!doctype html>
<html lang="${translation.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${styleNonce}">
<title>Concept Probe</title>
<link rel="stylesheet" href="${asset('webview.css')}">
</head>
<body>
<main id="root"></main>
${translationElement(translation)}
<script nonce="${nonce}" src="${asset('webview.js')}"></script>
</body>
</html>
`;
}
