import assert from 'node:assert/strict';
import { matrix } from '../../../src/geometry/matrix';
import { cosineColor, cosineTextColor } from '../../../webview/charts/cosineScale';
import { decodeState } from '../../../webview/state/decodeState';
import { formatCosine, formatCount, formatDecimal, formatProbability } from '../../../src/format/numbers';
import { heatMapLayout } from '../../../webview/charts/heatMapLayout';
import { equation, formatP, formatResolution, formatScientific } from '../../../src/format/statistics';
import { shareAtLeast, valueWithShareAbove } from '../../../webview/charts/histogram';
import { descending, reordered } from '../../../webview/geometry/order';
import { elided } from '../../../webview/charts/textWidth';
import { axisText, cosineAxis, openAxis, ticksOf } from '../../../webview/charts/valueAxis';
import { encodeState } from '../support/encodeState';
import { sampleState } from '../support/sampleState';

const sixPerLetter = (text: string) => text.length * 6;
const measureAt = (size: number) => (text: string) => text.length * size * 0.55;

describe('the pure parts of the webview', () => {
  it('decode the data of a report, including NaN', () => {
    const state = sampleState();
    assert.deepEqual(decodeState(encodeState(state)), state);
    const arrays = { a: new Float64Array([1.5, NaN, -0]), b: new Float32Array([0.25]) };
    assert.deepEqual(decodeState(encodeState(arrays)), arrays);
  });

  it('format probabilities with three decimals, and tiny ones with their power of ten', () => {
    assert.deepEqual([1, 0.25, 0.001, 0.000_234, 0, NaN].map(formatProbability), [
      '1.000',
      '0.250',
      '0.001',
      '2.3e−4',
      '0.000',
      '–',
    ]);
  });

  it('format cosines with a true minus sign, and missing ones as a dash', () => {
    assert.deepEqual(
      [0.1234, -0.1234, -0.0001, NaN, null].map((value) => formatCosine(value)),
      ['0.12', '−0.12', '0.00', '–', '–'],
    );
    assert.deepEqual([1, -0.997, 0.251, 0].map(formatCosine), ['1.00', '−1.00', '0.25', '0.00']);
    assert.equal(formatDecimal(-0.1234, 3), '−0.123');
  });

  it('format counts with commas as thousands separators in every locale', () => {
    for (const count of [0, 7, 999, 1000, 32_000, 1_234_567, -4321, 0.0012, 0.25, 1234.5678])
      assert.equal(formatCount(count), count.toLocaleString('en-US'));
  });

  it('format probabilities without a leading zero, and never as zero', () => {
    assert.deepEqual(
      [0.0124, 0.0002, 0.9999, 1, 0.5, null, NaN].map((p) => formatP(p)),
      ['.012', '< .001', '1', '1', '.500', '–', '–'],
    );
    assert.equal(equation('p', 0.0002), 'p < .001');
    assert.equal(equation('q', 0.03), 'q = .030');
    assert.equal(formatResolution(1 / 10_001), '.0001');
    assert.deepEqual([3217.4, 12, 4.1e9].map(formatScientific), ['3.2e3', '12', '4.1e9']);
  });

  it('read shares off a histogram', () => {
    const histogram = { from: 0, to: 4, counts: new Float64Array([10, 20, 60, 10]) };
    assert.deepEqual(shareAtLeast(histogram, -1), { share: 1, isBound: false });
    assert.deepEqual(shareAtLeast(histogram, 2), { share: 0.7, isBound: false });
    assert.deepEqual(shareAtLeast(histogram, 1.5), { share: 0.8, isBound: false });
    assert.deepEqual(shareAtLeast(histogram, 9), { share: 0.1, isBound: true });
    assert.equal(valueWithShareAbove(histogram, 0.4), 2.5);
    assert.equal(valueWithShareAbove(histogram, 0.05), 3);
  });

  it('give axes round limits', () => {
    assert.equal(axisText(cosineAxis(new Float64Array([0.2, NaN]))), '0.00 to 1.00');
    assert.equal(axisText(cosineAxis(new Float64Array([0.2, -0.1]))), '−1.00 to 1.00');
    const wide = openAxis([-9.4, 12.5, NaN]);
    assert.deepEqual([wide.min, wide.max, wide.step], [-10, 15, 5]);
    const narrow = openAxis([0.031, 0.007]);
    assert.deepEqual([axisText(narrow), narrow.format(0.02)], ['0.00 to 0.04', '0.02']);
    assert.ok(openAxis([]).max > openAxis([]).min);
  });

  it('give axes ticks at whole multiples of their step, so that 0 is exactly 0', () => {
    const axis = openAxis([-0.6, 0.4]);
    assert.deepEqual([axis.min, axis.max, axis.step], [-0.6000000000000001, 0.4, 0.2]);
    const ticks = ticksOf(axis);
    assert.deepEqual(ticks.map(axis.format), ['−0.6', '−0.4', '−0.2', '0.0', '0.2', '0.4']);
    assert.ok(ticks.includes(0));
    assert.deepEqual(ticksOf({ min: -0.7, max: 0.3, step: 0.5 }), [-0.5, 0]);
  });

  it('sort values and reorder the matrix with them', () => {
    const order = descending(new Float64Array([0.1, NaN, 0.9]));
    assert.deepEqual(order, [2, 0, 1]);
    const reversed = reordered(matrix(3, 3, new Float64Array([0, 1, 2, 3, 4, 5, 6, 7, 8])), order);
    assert.deepEqual([...reversed.data], [8, 6, 7, 2, 0, 1, 5, 3, 4]);
  });

  it('colour −1 blue and 1 orange, with readable text on every shade', () => {
    assert.equal(cosineColor(-1, false), 'rgb(11,74,143)');
    assert.equal(cosineColor(1, false), 'rgb(176,74,0)');
    assert.equal(cosineColor(2, false), cosineColor(1, false));
    assert.deepEqual(
      [-1, 0, 1].map((value) => cosineTextColor(value, false)),
      ['#ffffff', '#000000', '#ffffff'],
    );
  });

  it('truncate long labels between letters', () => {
    assert.equal(elided('king', 24, sixPerLetter), 'king');
    assert.equal(elided('counterfactual', 60, sixPerLetter), 'counterfa…');
    assert.equal(elided('a👩‍👩‍👧 family', 24, sixPerLetter), 'a…', 'an emoji of several parts is one letter');
  });

  for (const n of [1, 2, 6, 20, 60, 200, 1000]) {
    it(`lay out a map of ${n} × ${n} within its space`, () => {
      const labels = Array.from({ length: n }, (_, index) => `label ${index}`);
      for (const width of [268, 500, 1000]) {
        const layout = heatMapLayout(labels, width, n <= 60, measureAt);
        assert.ok(layout.cell <= 64);
        assert.ok(layout.width <= width, `${layout.width} in ${width}`);
        assert.ok(layout.labelStep * layout.cell >= layout.labelSize + 1, 'labels do not touch');
        assert.equal(layout.plot, Math.round(n * layout.cell));
      }
    });
  }

  for (const [rows, columns] of [
    [1, 8],
    [2, 40],
    [30, 3],
  ] as const)
    it(`lay out a map of ${rows} rows and ${columns} columns within its space`, () => {
      const names = (n: number) => Array.from({ length: n }, (_, index) => `label ${index}`);
      for (const width of [268, 500, 1000]) {
        const layout = heatMapLayout(names(rows), width, true, measureAt, names(columns));
        assert.ok(layout.width <= width, `${layout.width} in ${width}`);
        assert.equal(layout.plot, columns * layout.cell);
        assert.equal(layout.plotHeight, rows * layout.rowHeight);
        assert.ok(layout.rowHeight > layout.labelSize, 'every row has a label');
        assert.ok(layout.labelStep * layout.cell >= layout.labelSize + 1, 'labels do not touch');
      }
    });

  it('use a smaller font if it labels every row of a map, and the largest if none does', () => {
    const labels = Array.from({ length: 40 }, (_, index) => `concept ${index}`);
    const looks = [900, 520, 300].map((width) => {
      const { labelSize, labelStep, cell } = heatMapLayout(labels, width, true, measureAt);
      return { labelSize, labelStep, cell };
    });
    assert.deepEqual(looks, [
      { labelSize: 11, labelStep: 1, cell: 20 },
      { labelSize: 10, labelStep: 1, cell: 11 },
      { labelSize: 11, labelStep: 3, cell: 5 },
    ]);
  });
});
