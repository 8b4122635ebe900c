import assert from 'node:assert/strict';
import { matrix, type Matrix } from '../../../src/geometry/matrix';
import type { Algebra, CholeskyFactor } from '../../../src/model/algebra/algebra';
import { createAlgebra } from '../../../src/model/algebra/createAlgebra';
import { emptyPanels, type Panels } from '../../../src/model/algebra/columnPanels';
import { plainAlgebra } from '../../../src/model/algebra/plainAlgebra';
import { RuntimeAlgebra } from '../../../src/model/algebra/runtimeAlgebra';
import { assertClose } from '../support/assertClose';
import { numbers } from '../support/headForms';
import { choleskyTriangle } from '../support/panelEntries';
import { plainCovariance, plainDot, plainInverse, plainProduct } from '../support/plainCovariance';
import { someHead } from '../support/someHead';

const algebras: Readonly<Record<string, Algebra>> = {
  'plain loops': plainAlgebra,
  'ONNX Runtime': new RuntimeAlgebra(2),
  'as the engine chooses': createAlgebra(2),
};

/** The lower half of a symmetric matrix in panels of 256 columns. */
function panelsOf(lines: readonly Float64Array[]): Panels {
  const lower = emptyPanels(lines.length);
  lower.panels.forEach((panel, k) => {
    const start = k * lower.width;
    const columns = Math.min(lower.width, lines.length - start);
    for (let at = 0; at < panel.length; at++)
      panel[at] = lines[start + Math.floor(at / columns)]![start + (at % columns)]!;
  });
  return lower;
}

function meanDiagonal(lines: readonly Float64Array[]): number {
  return lines.reduce((sum, line, i) => sum + line[i]!, 0) / lines.length;
}

async function factorOf(algebra: Algebra, lower: Panels, ridge = 0): Promise<CholeskyFactor> {
  const factor = await algebra.factorize(lower, ridge);
  assert.ok(factor, 'positive definite');
  return factor;
}

const sizes = [1, 40, 256, 300, 513, 700];

for (const size of sizes) {
  describe(`the Cholesky factor of ${size} dimensions`, () => {
    let covariance: readonly Float64Array[];
    let lower: Panels;
    let inverse: readonly Float64Array[];
    before(() => {
      covariance = plainCovariance(someHead(size + 300, size).rows, size).covariance;
      lower = panelsOf(covariance);
      inverse = plainInverse(covariance);
    });
    const count = 5;
    // As a list of vectors and as the matrix of them.
    const vectors = Array.from({ length: count }, (_, i) => Float32Array.from(numbers(size, i + 3)));
    const data = new Float32Array(count * size);
    vectors.forEach((vector, i) => {
      data.set(vector, i * size);
    });
    const input = matrix(count, size, data);
    const rowOf = ({ data: all }: Matrix, i: number) => all.subarray(i * size, (i + 1) * size);

    for (const [name, algebra] of Object.entries(algebras)) {
      it(`reproduces the matrix, with its ridge: ${name}`, async () => {
        for (const ridge of [0, 0.25]) {
          const before = lower.panels.map((panel) => panel.slice());
          const triangle = choleskyTriangle(await factorOf(algebra, lower, ridge));
          assert.deepEqual(lower.panels, before, 'the covariance is needed for another ridge');
          const added = ridge * meanDiagonal(covariance);
          const [product, expected]: [number[], number[]] = [[], []];
          // Every third row is enough, and faster.
          for (let i = 0; i < size; i += 3) {
            for (let j = 0; j <= i; j++) {
              product.push(plainDot(triangle[i]!.subarray(0, j + 1), triangle[j]!));
              expected.push(covariance[i]![j]! + (i === j ? added : 0));
            }
          }
          assertClose(product, expected, 1e-6);
        }
      });

      it(`makes the causal product a dot product: ${name}`, async () => {
        const factor = await factorOf(algebra, lower);
        const [white, back] = [await algebra.whiten(factor, input), await algebra.unwhiten(factor, input)];
        assert.deepEqual([white.rows, white.columns], [count, size]);
        vectors.forEach((u, i) => {
          vectors.forEach((v, j) => {
            const expected = plainDot(u, plainProduct(inverse, v));
            const lengths = Math.sqrt(
              plainDot(u, plainProduct(inverse, u)) * plainDot(v, plainProduct(inverse, v)),
            );
            const actual = plainDot(rowOf(white, i), rowOf(white, j));
            assert.ok(Math.abs(actual - expected) <= 1e-5 * lengths, `${actual} is not ${expected}`);
            // ⟨L⁻ᵀu, v⟩ = ⟨u, L⁻¹v⟩
            const [one, other] = [plainDot(rowOf(back, i), v), plainDot(u, rowOf(white, j))];
            const scale = Math.sqrt(plainDot(u, u) * lengths);
            assert.ok(Math.abs(one - other) <= 1e-5 * scale, `${one} is not ${other}`);
          });
        });
      });
    }

    it('gives both implementations the same coordinates, in both directions', async () => {
      const [plain, runtime] = [algebras['plain loops']!, algebras['ONNX Runtime']!];
      const factors = [await factorOf(plain, lower), await factorOf(runtime, lower)] as const;
      const expected = (await plain.whiten(factors[0], input)).data;
      assertClose((await runtime.whiten(factors[1], input)).data, expected, 1e-4);
      assertClose((await runtime.whiten(factors[0], input)).data, expected, 1e-4);
      const back = (await plain.unwhiten(factors[0], input)).data;
      assertClose((await runtime.unwhiten(factors[1], input)).data, back, 1e-4);
    });

    it('does not exist for a matrix without an inverse', async () => {
      const singular = covariance.map((line) => line.slice());
      const last = size - 1;
      // The last dimension is a copy of the first, or zero.
      for (let j = 0; j < last; j++)
        singular[last]![j] = singular[j]![last] = size > 1 ? singular[0]![j]! : 0;
      singular[last]![last] = size > 1 ? singular[0]![0]! : 0;
      for (const algebra of Object.values(algebras)) {
        assert.equal(await algebra.factorize(panelsOf(singular), 0), null);
        if (size > 1) await factorOf(algebra, panelsOf(singular), 0.01);
      }
    });
  });
}

describe('many rows at once', () => {
  it('are whitened as one by one, even if they exceed one run', async () => {
    const { rows, hidden } = someHead(400, 30);
    const factor = await factorOf(plainAlgebra, panelsOf(plainCovariance(rows, hidden).covariance));
    const many = matrix(1100, hidden, Float32Array.from(numbers(1100 * hidden, 1)));
    const runtime = new RuntimeAlgebra();
    for (const work of ['whiten', 'unwhiten'] as const) {
      assertClose(
        (await runtime[work](factor, many)).data,
        (await plainAlgebra[work](factor, many)).data,
        1e-5,
      );
      const none = await runtime[work](factor, matrix(0, hidden, new Float32Array(0)));
      assert.equal(none.data.length, 0);
    }
  });

  it('have the same digits whatever else is whitened with them', async () => {
    const { rows, hidden } = someHead(400, 30);
    const factor = await factorOf(plainAlgebra, panelsOf(plainCovariance(rows, hidden).covariance));
    // The last row would be alone in its run.
    const values = Float64Array.from(numbers(513 * hidden, 2));
    for (const algebra of Object.values(algebras)) {
      const whole = await algebra.whiten(factor, matrix(513, hidden, values));
      const parts = [1, 30, 482].map((count, i, counts) => {
        const first = counts.slice(0, i).reduce((sum, each) => sum + each, 0);
        return matrix(count, hidden, values.subarray(first * hidden, (first + count) * hidden));
      });
      const together = await algebra.whitenAll(factor, parts);
      assert.deepEqual(
        together.flatMap(({ data }) => [...data]),
        [...whole.data],
      );
      const alone = await algebra.whiten(factor, matrix(1, hidden, values.subarray(512 * hidden)));
      assert.deepEqual([...alone.data], [...whole.data.subarray(512 * hidden)]);
    }
  });
});
