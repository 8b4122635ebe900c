/** Red, green and blue, 0…255. */
export type Rgb = readonly [number, number, number];
type Rows = readonly [Rgb, Rgb, Rgb];

/*
 * Colour-vision deficiency of severity 1.0 on linear sRGB: Machado, Oliveira, Fernandes, "A Physiologically-based Model for
 * Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, 1291–1298, table of the supplementary page.
 */
const deficiencies: Readonly<Record<'protanopia' | 'deuteranopia' | 'tritanopia', Rows>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Relative luminance on every channel (sRGB, IEC 61966-2-1): a black-and-white print. */
const grey: Rows = [
  [0.2126, 0.7152, 0.0722],
  [0.2126, 0.7152, 0.0722],
  [0.2126, 0.7152, 0.0722],
];

export const visions = { ...deficiencies, greyscale: grey } as const;
export type Vision = keyof typeof visions;

/** Lightness and two axes of colour (CIELAB, white point D65) of a colour as somebody sees it. */
export function seenAs(color: Rgb, vision: Vision): Rgb {
  const linear = color.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  const seen = visions[vision].map((row) => Math.max(0, Math.min(1, dot(row, linear)))) as unknown as Rgb;
  const [x, y, z] = [
    dot([0.4124, 0.3576, 0.1805], seen) / 0.9505,
    dot([0.2126, 0.7152, 0.0722], seen),
    dot([0.0193, 0.1192, 0.9505], seen) / 1.089,
  ].map((value) => (value > 216 / 24_389 ? Math.cbrt(value) : (value * 24_389) / 27 / 116 + 16 / 116));
  return [116 * y! - 16, 500 * (x! - y!), 200 * (y! - z!)];
}

/** ΔE*ab of 1976: about 2.3 is just noticeable side by side. */
export function distance(a: Rgb, b: Rgb, vision: Vision): number {
  const [first, second] = [seenAs(a, vision), seenAs(b, vision)];
  return Math.hypot(...first.map((value, at) => value - second[at]!));
}

export function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function dot(a: Rgb, b: Rgb): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
