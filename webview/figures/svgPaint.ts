/**
 * The attributes of a colour: programs that place SVG in papers do not all know `rgba()`.
 *
 * @throws TypeError for gradients and patterns
 */
export function svgPaint(what: 'fill' | 'stroke', style: unknown, alpha: number): string {
  if (typeof style !== 'string') throw new TypeError('Charts paint only plain colours.');
  const rgba = /^rgba?\(\s*(\d+)[ ,]+(\d+)[ ,]+(\d+)(?:[ ,/]+([\d.]+))?\s*\)$/u.exec(style);
  const color = rgba
    ? `#${rgba
        .slice(1, 4)
        .map((channel) => Number(channel).toString(16).padStart(2, '0'))
        .join('')}`
    : style;
  const opacity = Math.round(alpha * Number(rgba?.[4] ?? 1) * 1000) / 1000;
  return ` ${what}="${color}"${opacity === 1 ? '' : ` ${what}-opacity="${opacity}"`}`;
}
