import assert from 'node:assert/strict';
import { matrix } from '../../../src/geometry/matrix';
import type { Algebra } from '../../../src/model/algebra/algebra';
import { makeCausalFactor, type CausalFactor } from '../../../src/model/algebra/causalFactor';
import { createAlgebra } from '../../../src/model/algebra/createAlgebra';
import { plainAlgebra } from '../../../src/model/algebra/plainAlgebra';
import { RuntimeAlgebra } from '../../../src/model/algebra/runtimeAlgebra';
import { everyRow } from '../../../src/model/head/rowSet';
import { Model } from '../../../src/model/model';
import { withFolder } from '../support/fixtures';
import {
  plainCovariance,
  plainDot,
  plainInverse,
  plainLargest,
  plainProduct,
} from '../support/plainCovariance';
import { plainModel } from '../support/plainModel';
import { writeSmallModel, type SmallHead } from '../support/smallModel';
import { someHead } from '../support/someHead';

const algebras: Readonly<Record<string, Algebra>> = {
  'plain loops': plainAlgebra,
  'ONNX Runtime': new RuntimeAlgebra(),
};

async function factorOf(
  head: SmallHead,
  algebra: Algebra,
  ridge: number | null = null,
): Promise<CausalFactor> {
  let made: CausalFactor | undefined;
  await withFolder(async (folder) => {
    writeSmallModel(folder, head);
    const model = new Model(folder);
    try {
      made = await makeCausalFactor(model.unembedding, everyRow(head.vocab), algebra, ridge, () => undefined);
    } finally {
      model.close();
    }
  });
  return made!;
}

function mapped(
  head: SmallHead,
  change: (value: number, dimension: number, token: number) => number,
): SmallHead {
  const { hidden } = head;
  return {
    ...head,
    rows: Array.from(head.rows, (value, at) => change(value, at % hidden, Math.floor(at / hidden))),
  };
}

/** Only the first tokens are different; the rest repeat them. */
function repeated(head: SmallHead, different: number): SmallHead {
  return mapped(head, (_, j, token) => head.rows[(token % different) * head.hidden + j]!);
}

/** The last dimension is minus the sum of the others. */
function zeroSum(head: SmallHead): SmallHead {
  const { rows, hidden } = head;
  return mapped(head, (value, j, token) => {
    if (j < hidden - 1) return value;
    let sum = 0;
    for (let other = 0; other < j; other++) sum += rows[token * hidden + other]!;
    return -sum;
  });
}

const wide = someHead(300, 40);
const deficient: Readonly<Record<string, readonly [SmallHead, RegExp]>> = {
  'fewer tokens than dimensions': [someHead(50, 80), /: 50 tokens cannot span 80 dimensions\.$/u],
  'as many tokens as dimensions': [someHead(80, 80), /: 80 tokens cannot span 80 dimensions\.$/u],
  'duplicate tokens': [repeated(wide, 30), /duplicate or never-trained tokens/u],
  'a dead dimension': [
    mapped(wide, (value, j) => (j === 7 ? 0.5 : value)),
    /do not span all its dimensions/u,
  ],
  'a dimension that copies another': [
    mapped(wide, (value, j, token) => (j === 39 ? wide.rows[token * 40]! : value)),
    /do not span all its dimensions/u,
  ],
  // As when a LayerNorm before the head was folded into it.
  'rows that sum to zero': [zeroSum(someHead(800, 80)), /do not span all its dimensions/u],
  'more dimensions than a panel': [someHead(290, 300), /: 290 tokens cannot span 300 dimensions\.$/u],
};

for (const [name, algebra] of Object.entries(algebras)) {
  describe(`a factor of heads that do not span their dimensions: ${name}`, () => {
    for (const [what, [head, reason]] of Object.entries(deficient)) {
      it(`names the ridge and why: ${what}`, async () => {
        const { ridge, ridgeReason, condition, factor } = await factorOf(head, algebra);
        assert.ok(ridge > 0 && ridge <= 0.01, String(ridge));
        assert.match(ridgeReason!, reason);
        assert.ok(Number.isFinite(condition) && condition > 1);
        const rows = matrix(head.vocab, head.hidden, Float32Array.from(head.rows));
        const { data } = await algebra.whiten(factor, rows);
        assert.ok(data.every(Number.isFinite));
      });

      it(`rejects in one sentence if no ridge was requested: ${what}`, async () => {
        await assert.rejects(factorOf(head, algebra, 0), {
          name: 'UserError',
          message:
            /^The covariance of .* is not positive definite with a ridge of 0, so there is no causal inner product; .*\.$/u,
        });
      });
    }

    it('uses the requested ridge', async () => {
      const head = someHead(60, 70);
      const made = await factorOf(head, algebra, 0.03);
      assert.deepEqual([made.ridge, made.ridgeReason, made.vocabSize], [0.03, 'It was requested.', 60]);
      const { covariance } = plainCovariance(head.rows, head.hidden);
      const added = (0.03 * covariance.reduce((sum, line, i) => sum + line[i]!, 0)) / head.hidden;
      const inverse = plainInverse(covariance.map((line, i) => line.with(i, line[i]! + added)));
      const [u, v] = [3, 4].map((id) => Float32Array.from(head.rows).subarray(id * 70, (id + 1) * 70));
      const white = await algebra.whiten(made.factor, matrix(2, 70, Float32Array.of(...u!, ...v!)));
      const actual = plainDot(white.data.subarray(0, 70), white.data.subarray(70));
      const expected = plainDot(u!, plainProduct(inverse, v!));
      const scale = Math.sqrt(
        plainDot(u!, plainProduct(inverse, u!)) * plainDot(v!, plainProduct(inverse, v!)),
      );
      assert.ok(Math.abs(actual - expected) < 1e-4 * scale, `${actual} is not ${expected}`);
    });

    it('uses none if enough distinct tokens remain', async () => {
      const { ridge, ridgeReason } = await factorOf(repeated(wide, 100), algebra);
      assert.deepEqual([ridge, ridgeReason], [0, null]);
    });

    it('rejects a head whose rows are all the same', async () => {
      await assert.rejects(factorOf(repeated(wide, 1), algebra), {
        name: 'UserError',
        message: /is not positive definite even with a ridge of 1 %, .*\.$/u,
      });
    });
  });
}

describe('a causal factor that needs more memory than there is', () => {
  it('is refused with both sizes before anything is read', async () => {
    await withFolder(async (folder) => {
      writeSmallModel(folder, someHead(300, 100));
      const model = new Model(folder);
      const unused = { ...plainAlgebra, covariance: () => assert.fail('the head was read') };
      // 11 bytes for each of 100² elements are 110 kB: three quarters of 147 kB.
      const made = (algebra: Algebra, memory: number): Promise<CausalFactor> =>
        makeCausalFactor(model.unembedding, everyRow(300), algebra, null, () => undefined, memory);
      try {
        await assert.rejects(made(unused, 146_000), {
          name: 'UserError',
          message:
            /with 100 dimensions needs 0\.0 GB of memory, too much for this computer’s 0\.0 GB; use the/u,
        });
        assert.equal((await made(plainAlgebra, 147_000)).ridge, 0);
      } finally {
        model.close();
      }
    });
  });
});

describe('the condition number', () => {
  const within = (actual: number, expected: number, factor: number): void => {
    assert.ok(actual < factor * expected && expected < factor * actual, `${actual} is not about ${expected}`);
  };

  it('is correct for a covariance with known eigenvalues', async () => {
    const hidden = 60;
    // Tokens in pairs: ±s along each dimension.
    const size = (j: number): number => 100 ** (j / (hidden - 1));
    const rows = Array.from({ length: 2 * hidden * hidden }, (_, at) => {
      const [token, j] = [Math.floor(at / hidden), at % hidden];
      return Math.floor(token / 2) === j ? (token % 2 === 0 ? size(j) : -size(j)) : 0;
    });
    for (const algebra of Object.values(algebras)) {
      within((await factorOf({ vocab: 2 * hidden, hidden, rows }, algebra)).condition, 1e4, 2);
      // With a ridge: (10⁴ + r·mean) / (1 + r·mean), in units of the smallest.
      const mean = Array.from({ length: hidden }, (_, j) => size(j) ** 2).reduce((a, b) => a + b) / hidden;
      const { condition } = await factorOf({ vocab: 2 * hidden, hidden, rows }, algebra, 0.1);
      within(condition, (1e4 + 0.1 * mean) / (1 + 0.1 * mean), 2);
    }
  });

  for (const name of ['stories15M', 'MiniMind2', 'untied-q8-b32-sym-qoperator'] as const) {
    it(`is close to that of very many steps: ${name}`, async function () {
      const { folder, covariance, inverse } = await plainModel(name);
      const model = new Model(folder);
      const { unembedding } = model;
      const rows = everyRow(unembedding.head.vocabSize);
      const made = await makeCausalFactor(unembedding, rows, createAlgebra(), null, () => undefined);
      model.close();
      assert.equal(made.ridge, 0);
      within(made.condition, plainLargest(covariance) * plainLargest(inverse), 2);
    });
  }
});
