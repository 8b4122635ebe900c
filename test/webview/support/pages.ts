import { english, translationElement, type Translation } from '../../../src/protocol/translation';
import { bodyClasses, type SampleTheme } from './themes';

const nonce = 'abcdefgh12345678';
/** The toolkit uses it once, to detect whether the browser supports :focus-visible. */
const styleNonce = 'stylestyle123456';

const policy = [
  "default-src 'none'",
  `script-src 'nonce-${nonce}'`,
  `style-src 'self' 'nonce-${styleNonce}'`,
  "font-src 'self' data:",
  "img-src 'self' data:",
].join('; ');

/** A webview's document with the extension's policy and a fake VS Code that records posted messages. */
export function panelHtml(theme: SampleTheme, saved: unknown, translation: Translation = english): string {
  return `<!doctype html>
<html lang="${translation.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${styleNonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/webview.css">
<style nonce="${styleNonce}">::-webkit-scrollbar { width: 10px; height: 10px; } ::-webkit-scrollbar-thumb { background: #8888; }</style>
<title>Geometry</title>
</head>
<body class="${bodyClasses(theme)}" data-vscode-theme-kind="${theme.kind}">
<main id="root"></main>
${translationElement(translation)}
<script nonce="${nonce}">
for (const [name, value] of ${JSON.stringify(Object.entries(theme.variables))}) {
  document.documentElement.style.setProperty(name, value);
}
window.posted = [];
window.saved = ${JSON.stringify(saved ?? null)} ?? undefined;
let isAcquired = false;
window.acquireVsCodeApi = () => {
  if (isAcquired) throw new Error('An instance of the VS Code API has already been acquired');
  isAcquired = true;
  return {
    postMessage: (message) => { window.posted.push(structuredClone(message)); },
    getState: () => window.saved,
    setState: (state) => { window.saved = structuredClone(state); },
  };
};
window.receive = ({ buffer, ...rest }) => {
  const text = atob(buffer);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  window.dispatchEvent(new MessageEvent('message', { data: { ...rest, buffer: bytes.buffer } }));
};
window.load = (url) =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = '${nonce}';
    script.src = url;
    script.onload = resolve;
    script.onerror = () => reject(new Error('No message at ' + url));
    document.head.append(script);
  });
document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample);
});
</script>
<script nonce="${nonce}" src="/webview.js"></script>
</body>
</html>`;
}

/** An exported report as a single file. */
export function reportHtml(stateJson: string, script: string, style: string): string {
  return `<!doctype html>
<html lang="en" class="report">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Geometry</title>
<style>${style}</style>
</head>
<body>
<main id="root"></main>
<script type="application/json" id="concept-probe-state">${stateJson}</script>
<script>${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>`;
}
