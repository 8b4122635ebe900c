import { jsonElement } from '../protocol/jsonElement';
import { pack } from '../protocol/packed';
import type { GeometryState } from '../protocol/panelMessages';
import { translationElement, type Translation } from '../protocol/translation';

export interface WebviewAssets {
  readonly script: string;
  readonly style: string;
}

/** A self-contained HTML file with the panel's own bundle and the state that it shows. It needs no network. */
export function htmlReport(state: GeometryState, assets: WebviewAssets, translation: Translation): string {
  return `<!doctype html>
<html lang="${translation.language}" class="report">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Concept Probe${state.conceptFile === null ? '' : ` – ${escapeHtml(state.conceptFile)}`}</title>
<style>${assets.style.replaceAll('</style', '<\\/style')}</style>
</head>
<body>
<main id="root"></main>
${translationElement(translation)}
${stateElement(state)}
<script>${assets.script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`;
}

/** The packed state, with its buffer as base64 of little-endian numbers. */
function stateElement(state: GeometryState): string {
  const packed = pack(state);
  const buffer = Buffer.from(packed.buffer).toString('base64');
  return jsonElement('concept-probe-state', { ...packed, buffer });
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
