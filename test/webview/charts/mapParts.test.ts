import assert from 'node:assert/strict';
import fc from 'fast-check';
import { clusterTree } from '../../../src/geometry/clusterTree';
import { matrix } from '../../../src/geometry/matrix';
import { jointsOf } from '../../../webview/charts/dendrogram';
import { panned, shownRange, showing, wholePlot, zoomedBy, zoomedTo } from '../../../webview/charts/zoom';
import { orderOf, rowMeans, type OrderedRows } from '../../../webview/geometry/order';

const similarity = matrix(
  4,
  4,
  Float64Array.of(1, 0.1, 0.8, NaN, 0.1, 1, 0.2, 0.6, 0.8, 0.2, 1, 0, NaN, 0.6, 0, 1),
);
const rows: OrderedRows = {
  names: ['word 10', 'Émile', 'word 9', 'alpha'],
  sizes: [3, 12, 7, NaN],
  values: rowMeans(similarity),
  similarity,
};

describe('the parts of a map', () => {
  it('order rows by file, name, size, value and clusters, and keep each order', () => {
    const order = (wanted: Parameters<typeof orderOf>[1]) => orderOf(rows, wanted).order;
    assert.deepEqual(order('file'), [0, 1, 2, 3]);
    assert.deepEqual(order('name'), [3, 1, 2, 0], 'numbers in names count as numbers');
    assert.deepEqual(order('size'), [1, 2, 0, 3], 'undefined ones last');
    assert.deepEqual(
      Array.from(rows.values, (value) => Math.round(value * 1000)),
      [450, 300, 333, 300],
      'means of what is defined, without the diagonal',
    );
    assert.deepEqual(order('value'), [0, 2, 1, 3]);
    assert.deepEqual(order('clustered'), [...clusterTree(similarity).order]);
    assert.equal(orderOf(rows, 'clustered'), orderOf(rows, 'clustered'));
    assert.equal(orderOf(rows, 'name').tree, null);
  });

  it('place a joint of the tree halfway between its two clusters, from their similarities to its own', () => {
    const joints = jointsOf(clusterTree(similarity));
    // Rows 0 and 2 join at 0.8, rows 1 and 3 at 0.6, and both at the mean of 0.1, NaN as 0, 0.2 and 0.
    assert.deepEqual(
      joints.map(({ a, b, fromA, fromB, similarity: to }) => [
        a + b,
        fromA,
        fromB,
        Math.round(to * 1e6) / 1e6,
      ]),
      [
        [2, 1, 1, 0.8],
        [6, 1, 1, 0.6],
        [4, 0.8, 0.6, 0.075],
      ],
    );
  });

  it('zoom without leaving the plot, around a point that stays', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        share,
        share,
        share,
        share,
        fc.double({ min: 1, max: 40, noNaN: true }),
        (x, y, w, h, most) => {
          const close = zoomedBy(wholePlot, 1 + 3 * w, x, y, most);
          const moved = panned(close, 2 * w - 1, 2 * h - 1);
          const box = { left: x, top: y, right: Math.min(1, x + w / 40), bottom: Math.min(1, y + h / 40) };
          for (const zoom of [close, moved, zoomedTo(box, most), showing(moved, box)]) {
            assert.ok(zoom.scale >= 1 && zoom.scale <= most);
            assert.ok(zoom.x >= 0 && zoom.x + 1 / zoom.scale <= 1 + 1e-12);
            assert.ok(zoom.y >= 0 && zoom.y + 1 / zoom.scale <= 1 + 1e-12);
          }
          const seen = showing(moved, box);
          assert.ok(seen.x <= box.left + 1e-9 && seen.x + 1 / seen.scale >= box.right - 1e-9);
          // From the whole plot nothing is at its edge.
          assert.ok(Math.abs((x - close.x) * close.scale - x) < 1e-9);
          assert.deepEqual(zoomedBy(close, 1e-9, x, y, most), { scale: 1, x: 0, y: 0 });
        },
      ),
    );
    assert.deepEqual(shownRange(0, 1, 40), [0, 40]);
    assert.deepEqual(shownRange(0.5, 4, 40), [20, 30], 'rounding adds no row');
    assert.deepEqual(shownRange(0.26, 4, 40), [10, 21]);
  });
});
