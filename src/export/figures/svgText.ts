/** Characters that XML 1.0 does not allow, which tokens of single bytes may have. */
const notInXml = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

export function withoutControls(text: string): string {
  return text.replace(notInXml, '\ufffd');
}

/** Text for the content or an attribute of an SVG element. */
export function svgText(text: string): string {
  return withoutControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A number with at most two decimals: a hundredth of a pixel. */
export function svgNumber(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
