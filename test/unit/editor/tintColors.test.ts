import assert from 'node:assert/strict';
import { tintColor, type ThemeKind } from '../../../src/editor/views/tintColors';

/** Background and text of VS Code's default themes: plain text, Markdown headings, list bullets, strings. */
const themes: readonly { kind: ThemeKind; background: string; texts: readonly string[] }[] = [
  { kind: 'light', background: '#ffffff', texts: ['#3b3b3b', '#800000', '#0451a5', '#a31515'] },
  { kind: 'dark', background: '#1f1f1f', texts: ['#cccccc', '#569cd6', '#6796e6', '#ce9178'] },
  { kind: 'dark', background: '#000000', texts: ['#ffffff', '#6796e6', '#569cd6', '#ce9178'] },
  { kind: 'light', background: '#ffffff', texts: ['#292929', '#0f4a85', '#0451a5'] },
];

const channels = (color: string): number[] =>
  [1, 3, 5, 7].map((at) => parseInt(color.slice(at, at + 2) || 'ff', 16));

function over(color: string, background: string): number[] {
  const [top, below] = [channels(color), channels(background)];
  const alpha = top[3]! / 255;
  return [0, 1, 2].map((i) => alpha * top[i]! + (1 - alpha) * below[i]!);
}

/** WCAG 2.2, relative luminance. */
function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

const scale = (most: number): number[] => Array.from({ length: 2 * most + 1 }, (_, i) => i - most);
const cells: readonly { steps: [number, number?]; most: number }[] = [
  ...scale(4).map((step) => ({ steps: [step] as [number], most: 4 })),
  ...scale(2).flatMap((x) => scale(2).map((y) => ({ steps: [x, y] as [number, number], most: 2 }))),
];

describe('the colors of a tint', () => {
  it('leave text readable in every theme: a contrast of 4.5 at least', () => {
    for (const { kind, background, texts } of themes)
      for (const { steps, most } of cells)
        for (const text of texts) {
          const found = contrast(channels(text).slice(0, 3), over(tintColor(kind, steps, most), background));
          assert.ok(found >= 4.5, `${text} on ${steps.join()} over ${background}: ${found.toFixed(2)}`);
        }
  });

  it('are different in every cell, and at the ends far from each other and from the background', () => {
    const distance = (a: readonly number[], b: readonly number[]): number =>
      Math.hypot(...a.map((value, i) => value - b[i]!));
    for (const { kind, background } of themes) {
      for (const most of [4, 2]) {
        const own = cells.filter((cell) => cell.most === most);
        const colors = own.map(({ steps }) => tintColor(kind, steps, most));
        assert.equal(new Set(colors).size, own.length);
        const ends = own.filter(({ steps }) => steps.every((step) => Math.abs(step!) === most));
        const drawn = ends.map(({ steps }) => over(tintColor(kind, steps, most), background));
        for (const [i, color] of drawn.entries()) {
          assert.ok(distance(color, channels(background).slice(0, 3)) > 25, ends[i]!.steps.join());
          for (const other of drawn.slice(0, i)) assert.ok(distance(color, other) > 25);
        }
      }
    }
  });

  it('grow stronger with every step', () => {
    const opacities = [0, 1, 2, 3, 4].map((step) => channels(tintColor('dark', [step], 4))[3]!);
    assert.deepEqual(
      opacities,
      [...opacities].sort((a, b) => a - b),
    );
  });
});
