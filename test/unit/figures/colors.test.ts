import assert from 'node:assert/strict';
import { cosineRgb } from '../../../webview/charts/cosineScale';
import { hatch } from '../../../webview/charts/hatch';
import { paperConcepts, paperDash, paperTheme } from '../../../webview/figures/paperTheme';
import { SvgPen } from '../../../webview/figures/svgPen';
import manifest from '../../../package.json';
import { distance, rgbOf, seenAs, visions, type Vision } from '../support/colorVision';

/** Clearly different at a glance, not only side by side. */
const clear = 10;
const everyone = Object.keys(visions) as Vision[];
const inColor = everyone.filter((vision) => vision !== 'greyscale');
const onPaper = (value: number) => cosineRgb(value, false);

describe('the colours of exported figures', () => {
  it('show how large a cosine is to everyone, and in grey', () => {
    for (const vision of everyone)
      for (const sign of [-1, 1])
        for (let step = 0; step < 5; step++) {
          const [low, high] = [onPaper((sign * step) / 5), onPaper((sign * (step + 1)) / 5)];
          const where = `${vision}, ${(sign * step) / 5}`;
          assert.ok(seenAs(low, vision)[0] > seenAs(high, vision)[0], `${where}: larger is darker`);
          assert.ok(distance(low, high, vision) > 7.5, `${where}: a step of 0.2 is seen`);
        }
  });

  it('show the sign to everyone who sees any colour', () => {
    for (const vision of inColor)
      for (const value of [0.1, 0.2, 0.5, 1])
        assert.ok(distance(onPaper(value), onPaper(-value), vision) > clear, `${vision}, ${value}`);
  });

  it('need the hatching in grey, which is drawn within the cell', () => {
    assert.ok(distance(onPaper(0.3), onPaper(-0.3), 'greyscale') < clear);
    const pen = new SvgPen('x', () => () => 0);
    hatch(pen, { left: 10, top: 20, width: 8, height: 8 });
    const points = [...pen.svg.matchAll(/[ML](\S+) (\S+?)(?=[ML"])/gu)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]);
    assert.ok(points.length >= 6);
    for (const [x, y] of points) assert.ok(x! >= 10 && x! <= 18 && y! >= 20 && y! <= 28, `${x!}, ${y!}`);
  });

  it('of concepts are not alone: their lines differ in their dashes', () => {
    const closest = (vision: Vision) =>
      Math.min(
        ...paperConcepts.flatMap((a, i) =>
          paperConcepts.slice(i + 1).map((b) => distance(rgbOf(a), rgbOf(b), vision)),
        ),
      );
    assert.ok(
      everyone.some((vision) => closest(vision) < clear),
      'colour alone would not do',
    );
    const dashes = paperConcepts.map((_, color) => paperDash(color).join(' '));
    assert.equal(new Set(dashes).size, paperConcepts.length);
  });

  it('of concepts stand out from white, and from the bars of the others', () => {
    const [white, others] = [rgbOf(paperTheme.background), rgbOf(paperTheme.line)];
    for (const vision of everyone)
      for (const color of paperConcepts) {
        assert.ok(distance(rgbOf(color), white, vision) > 40, `${color}, ${vision}`);
        assert.ok(distance(rgbOf(color), others, vision) > 2 * clear, `${color}, ${vision}`);
      }
  });

  it('of concepts are those of the light theme', () => {
    assert.deepEqual(
      manifest.contributes.colors
        .slice(0, paperConcepts.length)
        .map(({ defaults }) => defaults.light.toLowerCase()),
      [...paperConcepts],
    );
  });
});
