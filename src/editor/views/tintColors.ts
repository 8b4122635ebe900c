/** Kinds of color themes; the high-contrast ones use the colors of the kind that is as bright. */
export type ThemeKind = 'light' | 'dark';

type Rgb = readonly [red: number, green: number, blue: number];

interface Palette {
  /** Hues by the signs of two concepts, `[sign of the first][sign of the second]` from −1; the middle has none. */
  readonly hues: readonly (readonly (Rgb | null)[])[];
  /** Opacity at the ends of the scale: selections stay visible below it, and text readable above it. */
  readonly opacity: number;
}

const palettes: Readonly<Record<ThemeKind, Palette>> = {
  light: {
    hues: [
      [rgb('#0096be'), rgb('#287ddc'), rgb('#a064e6')],
      [rgb('#14a05a'), null, rgb('#dc50aa')],
      [rgb('#beaa00'), rgb('#f58c00'), rgb('#eb4b41')],
    ],
    opacity: 0.4,
  },
  // Dark pigments, so that the colors of syntax stay readable on them.
  dark: {
    hues: [
      [rgb('#003160'), rgb('#062eab'), rgb('#470da3')],
      [rgb('#003c18'), null, rgb('#780250')],
      [rgb('#3f3500'), rgb('#6e2300'), rgb('#7c0910')],
    ],
    opacity: 0.6,
  },
};

const neutral = '#80808014';

/**
 * The background of a token as `#rrggbbaa`: from blue to orange for one concept, and between eight hues for two. The hue
 * says which values are above or below their means, the opacity how far the larger one is.
 *
 * @param steps of each concept on the scale, −most…most
 */
export function tintColor(kind: ThemeKind, steps: readonly [number, number?], most: number): string {
  const { hues, opacity } = palettes[kind];
  const [x, y = 0] = steps;
  const larger = Math.max(Math.abs(x), Math.abs(y));
  if (larger === 0) return neutral;
  const hue = (signX: number, signY: number): Rgb => hues[signX + 1]![signY + 1]!;
  const both = Math.min(Math.abs(x), Math.abs(y)) / larger;
  const axis = Math.abs(x) === larger ? hue(Math.sign(x), 0) : hue(0, Math.sign(y));
  const corner = both === 0 ? axis : hue(Math.sign(x), Math.sign(y));
  const channels = axis.map((value, i) => (1 - both) * value + both * corner[i]!);
  return `#${[...channels, (255 * opacity * larger) / most].map(hex).join('')}`;
}

function rgb(color: string): Rgb {
  const channel = (at: number): number => parseInt(color.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

function hex(value: number): string {
  return Math.round(value).toString(16).padStart(2, '0');
}
