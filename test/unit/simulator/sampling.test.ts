import assert from 'node:assert/strict';
import { randomSource } from '../../../src/geometry/random';
import { aliasSampler } from '../../../src/simulator/world/aliasSampler';
import { batchSampler } from '../../../src/simulator/training/batch';
import { graphOf } from '../../../src/simulator/world/graph';
import { ancestralSample, drawLatentModel, jointLaw } from '../../../src/simulator/world/latentModel';
import { maskLaw } from '../../../src/simulator/world/maskLaw';
import { defaultSimulation, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { createWorld, type World } from '../../../src/simulator/world/world';

const draws = 100_000;

/** Frequencies are within five standard errors of the distribution; events with probability 0 never occur. */
function assertLaw(counts: ArrayLike<number>, law: ArrayLike<number>): void {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  Array.from(law).forEach((p, i) => {
    const frequency = counts[i]! / total;
    const bound = 5 * Math.sqrt((p * (1 - p)) / total) + 1e-12;
    assert.ok(Math.abs(frequency - p) <= bound, `${i}: ${frequency} is not ${p} ± ${bound}`);
  });
}

function countsOf(size: number, draw: () => number, times = draws): number[] {
  const counts = new Array<number>(size).fill(0);
  for (let i = 0; i < times; i++) counts[draw()]!++;
  return counts;
}

const bitsOf = (value: number, concepts: number): number[] =>
  Array.from({ length: concepts }, (_, i) => (value >> i) & 1);

/** P(mask) if each entry is hidden independently. */
function plainMaskLaw(concepts: number, rate: number): number[] {
  return Array.from({ length: 2 ** concepts }, (_, known) =>
    bitsOf(known, concepts).reduce((p, bit) => p * (bit ? 1 - rate : rate), 1),
  );
}

function worldOf(changes: Partial<SimulationConfig>): World {
  return createWorld({ ...defaultSimulation, conditionals: [0.1, 0.9], seed: 3, ...changes });
}

/** The world's probabilities of pairs of a context and a token, [contexts · tokens]. */
function pairLaw(world: World): number[] {
  return Array.from(world.weights).flatMap((weight, place) =>
    Array.from(world.tokens, (assignment) =>
      ((assignment ^ world.values[place]!) & world.known[place]!) === 0
        ? (weight * world.law[assignment]!) / world.agreement[place]!
        : 0,
    ),
  );
}

describe('sampling of the simulator', () => {
  it('draws from any weights, and never an element without weight', () => {
    const random = randomSource(1);
    for (const weights of [[1], [1, 1], [3, 0, 1, 0], [0, 0, 5], [1e-9, 1, 1e-9], [7, 1, 2, 0, 4, 9, 0.5]]) {
      const sampler = aliasSampler(weights);
      const sum = weights.reduce((a, b) => a + b, 0);
      assertLaw(
        countsOf(weights.length, () => sampler(random)),
        weights.map((weight) => weight / sum),
      );
    }
    assert.throws(
      () => aliasSampler([0, 0]),
      /RangeError: 2 weights with the sum 0 do not define a probability distribution/u,
    );
    assert.throws(() => aliasSampler([]), RangeError);
  });

  it('draws assignments concept by concept from the exact joint law', () => {
    const graph = graphOf(4, [
      [3, 0],
      [0, 2],
      [3, 2],
      [2, 1],
    ]);
    const model = drawLatentModel(graph, [0.05, 0.95], randomSource(2));
    const law = jointLaw(model);
    assert.ok(Math.abs(law.reduce((sum, p) => sum + p, 0) - 1) < 1e-12);
    // P(c) written out: 3 has no parent, 0 has 3, 2 has 0 and 3, 1 has 2.
    law.forEach((p, c) => {
      const [c0, c1, c2, c3] = bitsOf(c, 4) as [number, number, number, number];
      const of = (value: number, one: number): number => (value ? one : 1 - one);
      const [p0, p1, p2, p3] = model.conditionals as [Float64Array, Float64Array, Float64Array, Float64Array];
      const expected = of(c3, p3[0]!) * of(c0, p0[c3]!) * of(c2, p2[c0 + 2 * c3]!) * of(c1, p1[c2]!);
      assert.ok(Math.abs(p - expected) < 1e-12);
    });
    const random = randomSource(4);
    assertLaw(
      countsOf(16, () => ancestralSample(model, random)),
      law,
    );
  });

  it('restricts tokens like rejection sampling', () => {
    const world = worldOf({ tokens: 5 });
    assert.equal(world.tokens.length, 5);
    const random = randomSource(5);
    const draw = (): number => {
      for (;;) {
        const assignment = ancestralSample(world.model, random);
        if (world.tokenOf[assignment]! >= 0) return assignment;
      }
    };
    assertLaw(countsOf(8, draw), world.law);
  });

  for (const [name, changes] of Object.entries({
    'all contexts': {},
    'few masks': { masks: 3 },
    'few tokens': { tokens: 5, masks: 4 },
    'another mask rate': { maskRate: 0.2 },
    'chosen contexts': { contexts: ['0⋄⋄', '11⋄', '⋄⋄1', '⋄⋄⋄'] },
  } satisfies Record<string, Partial<SimulationConfig>>))
    it(`draws batches with the weights of the world: ${name}`, () => {
      const world = worldOf(changes);
      const sample = batchSampler(world, 200, randomSource(6));
      const width = world.tokens.length;
      const counts = new Array<number>(world.weights.length * width).fill(0);
      for (let n = 0; n < draws / 200; n++) {
        const { size, contexts, counts: repeats, slots, tokens } = sample();
        assert.equal(new Set(contexts.subarray(0, size)).size, size);
        assert.equal(
          repeats.subarray(0, size).reduce((sum, count) => sum + count, 0),
          200,
        );
        slots.forEach((slot, i) => counts[contexts[slot]! * width + tokens[i]!]!++);
      }
      assertLaw(counts, pairLaw(world));
    });

  it('has the context weights and the entropy floor of a plain sum over assignments and masks', () => {
    const rate = 0.3;
    const world = worldOf({ maskRate: rate });
    let floor = 0;
    world.weights.forEach((weight, place) => {
      const [known, values] = [world.known[place]!, world.values[place]!];
      const agreeing = Array.from(world.law.keys()).filter((c) => ((c ^ values) & known) === 0);
      const p = agreeing.reduce((sum, c) => sum + world.law[c]!, 0);
      assert.ok(Math.abs(weight - plainMaskLaw(3, rate)[known]! * p) < 1e-12);
      for (const c of agreeing) {
        const share = world.law[c]! / p;
        floor -= weight * share * Math.log(share);
      }
    });
    assert.equal(world.weights.length, 27);
    assert.ok(Math.abs(world.entropyFloor - floor) < 1e-12);
  });
});

describe('masks of the simulator', () => {
  const config = { ...defaultSimulation, concepts: 3 };

  it('hide each entry independently', () => {
    const law = maskLaw({ ...config, maskRate: 0.3 }, null, randomSource(1));
    plainMaskLaw(3, 0.3).forEach((p, known) => {
      assert.ok(Math.abs(law[known]! - p) < 1e-12);
    });
  });

  it('are N different ones, equally likely, as often as the rate specifies', () => {
    const counts = new Array<number>(8).fill(0);
    for (let seed = 0; seed < 4000; seed++) {
      const law = maskLaw({ ...config, masks: 3 }, null, randomSource(seed));
      assert.equal(law.filter((p) => p > 0).length, 3);
      law.forEach((p, known) => {
        if (p === 0) return;
        assert.ok(Math.abs(p - 1 / 3) < 1e-15);
        counts[known]!++;
      });
    }
    assertLaw(
      counts,
      counts.map(() => 1 / 8),
    );
    const all = maskLaw({ ...config, masks: 8, maskRate: 0.01 }, null, randomSource(1));
    assert.deepEqual([...all], new Array(8).fill(1 / 8));
  });

  it('are rejected if the rate allows fewer', () => {
    assert.throws(
      () => maskLaw({ ...config, masks: 2, maskRate: 0 }, null, randomSource(1)),
      /UserError: A mask rate of 0 allows 1 masks, fewer than the 2 asked for/u,
    );
  });
});
