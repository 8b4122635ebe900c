import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The page of the panel: the bundle from dist/ and nothing else may run or be fetched. */
export function webviewHtml(webview: vscode.Webview, dist: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
  const { cspSource } = webview;
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; font-src ${cspSource}; img-src ${cspSource} data:;`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Geometry</title>
<link rel="stylesheet" href="${asset('webview.css')}">
</head>
<body>
<main id="root"></main>
<script nonce="${nonce}" src="${asset('webview.js')}"></script>
</body>
</html>
`;
}
