import { UserError } from '../../../src/errors';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomSource } from '../../../src/geometry/random';
import {
  drawGraph,
  graphOf,
  moralNeighbours,
  separated,
  type Edge,
} from '../../../src/simulator/world/graph';
import { drawLatentModel, jointLaw } from '../../../src/simulator/world/latentModel';

/** Largest |p(a, b | given) − p(a | given) p(b | given)| over all values, for a distribution [2^m]. */
function dependence(law: ArrayLike<number>, a: number, b: number, given: number): number {
  const sums = new Map<number, [number, number, number, number]>();
  Array.from(law).forEach((p, c) => {
    const sum = sums.get(c & given) ?? [0, 0, 0, 0];
    sum[((c >> a) & 1) + 2 * ((c >> b) & 1)]! += p;
    sums.set(c & given, sum);
  });
  return Math.max(
    ...[...sums.values()].map(([p00, p10, p01, p11]) => {
      const all = p00 + p10 + p01 + p11;
      return Math.abs(p11 / all - ((p10 + p11) / all) * ((p01 + p11) / all));
    }),
  );
}

/** Each pair of concepts with every set of the others. */
function* queries(concepts: number): Generator<readonly [a: number, b: number, given: number]> {
  for (let a = 0; a < concepts; a++) {
    for (let b = 0; b < concepts; b++) {
      for (let given = 0; given < 2 ** concepts; given++) {
        if (a !== b && ((given >> a) & 1) === 0 && ((given >> b) & 1) === 0) yield [a, b, given];
      }
    }
  }
}

describe('graphs of the simulator', () => {
  it('have no cycle, whatever the seed', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 14 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, concepts, probability) => {
          const { order, parents } = drawGraph(concepts, probability, randomSource(seed));
          assert.deepEqual(
            [...order].sort((a, b) => a - b),
            Array.from({ length: concepts }, (_, i) => i),
          );
          parents.forEach((list, child) => {
            for (const parent of list) assert.ok(order.indexOf(parent) < order.indexOf(child));
          });
        },
      ),
    );
  });

  it('have each possible edge equally often, in both directions', () => {
    const [graphs, probability] = [5000, 0.3];
    const counts = new Map<string, number>();
    for (let seed = 0; seed < graphs; seed++) {
      drawGraph(4, probability, randomSource(seed)).parents.forEach((list, child) => {
        for (const parent of list)
          counts.set(`${parent}${child}`, (counts.get(`${parent}${child}`) ?? 0) + 1);
      });
    }
    assert.equal(counts.size, 12);
    const p = probability / 2;
    for (const [edge, count] of counts)
      assert.ok(Math.abs(count / graphs - p) < 5 * Math.sqrt((p * (1 - p)) / graphs), `${edge}: ${count}`);
  });

  it('are complete or empty at the ends of the probability', () => {
    const edges = (probability: number): number =>
      drawGraph(6, probability, randomSource(1)).parents.flat().length;
    assert.equal(edges(0), 0);
    assert.equal(edges(1), 15);
  });

  it('of given edges put parents first, keep an edge once, and name invalid edges', () => {
    const { order, parents } = graphOf(3, [
      [2, 0],
      [0, 1],
      [2, 0],
    ]);
    assert.deepEqual(order, [2, 0, 1]);
    assert.deepEqual(parents, [[2], [0], []]);
    const cycle: Edge[] = [
      [0, 3],
      [1, 2],
      [2, 3],
      [3, 1],
    ];
    assert.throws(
      () => graphOf(4, cycle),
      (error: Error) => {
        assert.ok(error instanceof UserError);
        const named = /a cycle: (.+)\./u.exec(error.message)![1]!.split(' → ').map(Number);
        assert.equal(named[0], named.at(-1));
        assert.equal(named.length, 4);
        named.slice(1).forEach((to, i) => {
          assert.ok(cycle.some(([start, end]) => start === named[i] && end === to));
        });
        return true;
      },
    );
    assert.throws(() => graphOf(2, [[0, 0]]), /UserError: The edges close a cycle: 0 → 0/u);
    assert.throws(
      () => graphOf(2, [[0, 2]]),
      /UserError: The edge 0 → 2 needs concepts from 0 to 1, and 2 is none/u,
    );
  });

  it('separate what is independent in every law along them', () => {
    for (let seed = 0; seed < 20; seed++) {
      const graph = drawGraph(5, 0.4, randomSource(seed, 1));
      const law = jointLaw(drawLatentModel(graph, [0.1, 0.9], randomSource(seed, 2)));
      const neighbours = moralNeighbours(graph);
      for (const [a, b, given] of queries(5)) {
        if (separated(neighbours, a, b, given)) assert.ok(dependence(law, a, b, given) < 1e-12);
        // Neighbours depend on each other even if all others are known; parents of a child do too.
        else if (given === (31 & ~(1 << a) & ~(1 << b))) assert.ok(dependence(law, a, b, given) > 1e-9);
      }
    }
  });

  it('separate exactly what is independent in a random field along them', () => {
    for (let seed = 0; seed < 10; seed++) {
      const neighbours = moralNeighbours(drawGraph(5, 0.3, randomSource(seed, 1)));
      const random = randomSource(seed, 2);
      const strengths = Array.from({ length: 25 }, () => 0.5 + 2 * random.uniform());
      const weights = Array.from({ length: 32 }, (_, c) => {
        let energy = 0;
        for (let a = 0; a < 5; a++) {
          for (let b = 0; b < a; b++) {
            const coupled = ((neighbours[a]! >> b) & 1) === 1 && ((c >> a) & 1) === ((c >> b) & 1);
            if (coupled) energy += strengths[5 * a + b]!;
          }
        }
        return Math.exp(energy);
      });
      const sum = weights.reduce((x, y) => x + y, 0);
      const law = weights.map((weight) => weight / sum);
      for (const [a, b, given] of queries(5))
        assert.equal(separated(neighbours, a, b, given), dependence(law, a, b, given) < 1e-9);
    }
  });
});
