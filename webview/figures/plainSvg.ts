import { withoutControls } from '../../src/export/figures/svgText';

/**
 * The elements of ECharts without what only a page can use (classes, hover styles, its own attributes), and with text placed
 * by attributes that every program knows.
 *
 * @param id unique in the document, for the clip paths
 */
export function plainSvg(elements: string, id: string): string {
  return withoutControls(elements)
    .replace(/<style\b[\s\S]*?<\/style>/gu, '')
    .replace(/<[a-zA-Z][^>]*>/gu, (tag) =>
      tag
        .replace(/ (?:class|pointer-events|ecmeta_\w+|xml:space)="[^"]*"/gu, '')
        .replace(' dominant-baseline="central"', ' dy="0.35em"')
        .replace(/ style="([^"]*)"/u, (_, style: string) => attributes(style))
        .replace(/(id="|url\(#)zr\d+-/gu, `$1${id}-`),
    );
}

/** `font-size:11px;font-family:x;` as attributes. */
function attributes(style: string): string {
  return style
    .split(';')
    .map((rule) => /^\s*([\w-]+)\s*:\s*(.+?)\s*$/u.exec(rule))
    .map((match) => (match ? ` ${match[1]!}="${match[2]!.replace(/^([\d.]+)px$/u, '$1')}"` : ''))
    .join('');
}
