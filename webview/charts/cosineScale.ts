/*
 * The colour scale of all maps: blue at −1, white at 0, orange at 1, never stretched to the data, and distinguishable with
 * colour-vision deficiency. In dark themes the white is dimmed, so that a map of zeros does not glare.
 */
type Rgb = readonly [number, number, number];

const lightStops = ['#0b4a8f', '#3f86c4', '#a9cde8', '#fafaf8', '#fbcb93', '#e88a3c', '#b04a00'].map(rgb);
const darkStops = ['#2478d4', '#5a9fe0', '#98bfe3', '#cfd2d6', '#e8bd8b', '#e8954a', '#dc6803'].map(rgb);

/** Red, green and blue, 0…255, for a cosine in [−1, 1]. */
export function cosineRgb(value: number, isDark: boolean): Rgb {
  const stops = isDark ? darkStops : lightStops;
  const position = ((Math.max(-1, Math.min(1, value)) + 1) / 2) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(position));
  const from = stops[index]!;
  const to = stops[index + 1]!;
  const between = (channel: 0 | 1 | 2) =>
    Math.round(from[channel] + (to[channel] - from[channel]) * (position - index));
  return [between(0), between(1), between(2)];
}

export function cosineColor(value: number, isDark: boolean): string {
  return `rgb(${cosineRgb(value, isDark).join(',')})`;
}

/** Black or white, whichever has more contrast with the cell. */
export function cosineTextColor(value: number, isDark: boolean): string {
  const luminance = relativeLuminance(cosineRgb(value, isDark));
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}

/** The scale as a CSS image for the legend, lowest value on the left. */
export function cosineGradient(isDark: boolean, lowest: -1 | 0): string {
  const all = isDark ? darkStops : lightStops;
  const stops = (lowest < 0 ? all : all.slice((all.length - 1) / 2)).map((stop) => `rgb(${stop.join(',')})`);
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

/** Relative luminance as WCAG 2 defines it. */
function relativeLuminance(color: Rgb): number {
  const [r, g, b] = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function rgb(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
