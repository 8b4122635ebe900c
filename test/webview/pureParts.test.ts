import assert from 'node:assert/strict';
import { matrix } from '../../src/geometry/matrix';
import { cosineColor, cosineTextColor } from '../../webview/cosineScale';
import { decodeState } from '../../webview/decodeState';
import { formatCell, formatCosine } from '../../src/protocol/formatNumbers';
import { heatMapLayout } from '../../webview/heatMapLayout';
import { offDiagonal } from '../../webview/offDiagonal';
import { descending, reordered } from '../../webview/pairOrder';
import { elided } from '../../webview/textWidth';
import { encodeState } from './support/encodeState';
import { sampleState } from './support/sampleState';

const sixPerLetter = (text: string) => text.length * 6;

describe('the pure parts of the webview', () => {
  it('decode what a report carries, NaN and all', () => {
    const state = sampleState();
    assert.deepEqual(decodeState(encodeState(state)), state);
    const arrays = { a: new Float64Array([1.5, NaN, -0]), b: new Float32Array([0.25]) };
    assert.deepEqual(decodeState(encodeState(arrays)), arrays);
  });

  it('write cosines with a true minus, and a dash where there is none', () => {
    assert.deepEqual(
      [0.1234, -0.1234, -0.0001, NaN, null].map((value) => formatCosine(value)),
      ['0.123', '−0.123', '0.000', '–', '–'],
    );
    assert.deepEqual(
      [1, -0.997, 0.251, -0.04, 0].map((value) => formatCell(value, false)),
      ['1', '−1', '0.25', '−0.04', '0'],
    );
    assert.equal(formatCell(-0.25, true), '−.25');
  });

  it('summarise the cells beside the diagonal, without undefined ones', () => {
    const values = matrix(3, 3, new Float64Array([1, 0.2, NaN, 0.2, 1, -0.6, NaN, -0.6, 1]));
    assert.deepEqual(offDiagonal(values), { meanAbsolute: 0.4, largest: { row: 1, column: 2, value: -0.6 } });
    assert.equal(offDiagonal(matrix(1, 1, new Float64Array([1]))), undefined);
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

  it('elide long labels whole letters at a time', () => {
    assert.equal(elided('king', 24, sixPerLetter), 'king');
    assert.equal(elided('counterfactual', 60, sixPerLetter), 'counterfa…');
  });

  for (const n of [1, 2, 6, 20, 60, 200, 1000]) {
    it(`lay out a map of ${n} × ${n} within reason`, () => {
      const labels = Array.from({ length: n }, (_, index) => `label ${index}`);
      for (const width of [268, 500, 1000]) {
        const layout = heatMapLayout(labels, width, sixPerLetter);
        assert.ok(layout.cell >= 1 && layout.cell <= 40);
        assert.ok(layout.width <= Math.max(width, 1100), `${layout.width} in ${width}`);
        assert.ok(layout.labelStep * layout.cell >= 13);
      }
    });
  }
});
