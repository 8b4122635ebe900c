import { UserError } from '../../../src/errors';
import assert from 'node:assert/strict';
import { averageRuns, type SimulationResult } from '../../../src/simulator/training/averageRuns';
import { clustersOf, curveAtEqualLoss, mapSummary } from '../../../src/simulator/paper/figures';
import { paperCurve } from '../../../src/simulator/paper/paperNumbers';
import { presetOf } from '../../../src/simulator/paper/presets';
import { runSimulation, type CurvePoint } from '../../../src/simulator/training/runSimulation';
import { defaultSimulation, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { near } from '../support/plainMath';

const short: SimulationConfig = { ...defaultSimulation, steps: 400, curvePoints: 4 };

function resultOf(config: SimulationConfig): SimulationResult {
  return averageRuns(config, [runSimulation(config)]);
}

describe('figures of the simulator', () => {
  it('show the clusters of Figure 2 after training, and none before', () => {
    const groups = [2, 4, 8];
    presetOf('fig2', true, 0).rows.forEach(({ config }, i) => {
      const [before, after] = [
        clustersOf(resultOf({ ...config, steps: 0 })),
        clustersOf(resultOf({ ...config, steps: 10_000 })),
      ];
      assert.equal(after.groups, groups[i]);
      assert.equal(before.groups, groups[i]);
      if (after.separation === null || before.separation === null) {
        // Every token is its own group: there is no distance within a group.
        assert.equal(groups[i], 8);
        near(after.explained, 1);
        return;
      }
      // The nearest groups are five times as far apart as the radius of the widest.
      assert.ok(after.separation > 5 && after.explained > 0.9, `${after.separation}, ${after.explained}`);
      assert.ok(before.separation < 2 && before.explained < 0.7, `${before.separation}, ${before.explained}`);
    });
  });

  it('measure clusters like a plain sum', () => {
    const config = { ...short, contexts: ['00⋄', '10⋄', '01⋄'] };
    // The first two concepts determine the group of a token, the third its position in the group.
    const corners = [
      [0, 0],
      [10, 0],
      [0, 20],
      [10, 20],
    ];
    const unembeddings = [1, -1].flatMap((side) =>
      corners.map(([x, y], group) => [x!, y! + side * (group + 1)]),
    );
    const clusters = clustersOf(averageRuns(config, [{ ...runSimulation(config), unembeddings }]));
    // The nearest centres are 10 apart, the farthest token is 4 from its own; squares 2 (1 + 4 + 9 + 16) within, and 8 · 125
    // between.
    assert.equal(clusters.groups, 4);
    near(clusters.separation!, 10 / 4);
    near(clusters.explained, 1 - 60 / 1060);
    assert.throws(() => clustersOf(resultOf({ ...short, concepts: 5, steps: 0 })), UserError);
  });

  it('summarize heat maps over all runs', () => {
    const run = runSimulation(short);
    const mapped = (...unembedding: number[][]) => ({ ...run, maps: { ...run.maps, unembedding } });
    const summary = mapSummary(
      averageRuns(short, [mapped([0.9, -0.2], [-0.2, 0.8]), mapped([0.7, 0.1], [0.1, 1])]),
    );
    assert.deepEqual(summary.diagonal, [0.7, 1]);
    assert.deepEqual(summary.offDiagonal, [-0.2, 0.1]);
    near(summary.meanAbsolute, 0.15);
  });

  it('compare at equal loss, if there is one', () => {
    const run = runSimulation(short);
    const point = (step: number, loss: number): CurvePoint => ({ ...run.curve[0]!, step, loss });
    const curve = [point(0, 4.85), point(1, 4.2), point(2, 3.3), point(3, 2.7)];
    const compared = curveAtEqualLoss(averageRuns(short, [{ ...run, curve }, run]));
    assert.deepEqual(
      compared.map(({ paper, ours }) => [paper.loss, ours?.step ?? null]),
      paperCurve.map(({ loss }) => [loss, loss >= 4.2 ? 1 : loss >= 2.7 ? 3 : null]),
    );
  });
});

describe('runs of the simulator', () => {
  it('have the same numbers for the same seed, and different numbers for another', () => {
    for (const gradient of ['sampled', 'population'] as const) {
      const config = { ...short, gradient };
      const [first, again, other] = [config, config, { ...config, seed: 1 }].map((one) => runSimulation(one));
      assert.deepEqual(first, again);
      assert.notDeepEqual(first!.curve, other!.curve);
      assert.notDeepEqual(first!.unembeddings, other!.unembeddings);
    }
  });

  it('have a curve with the requested number of points, from the start to the last step', () => {
    const { curve, steps, loss } = runSimulation(short);
    assert.deepEqual(
      curve.map(({ step }) => step),
      [0, 100, 200, 300, 400],
    );
    assert.equal(steps, 400);
    assert.equal(curve.at(-1)!.loss, loss);
    const few = runSimulation({ ...short, steps: 2, curvePoints: 5 }).curve;
    assert.deepEqual(
      few.map(({ step }) => step),
      [0, 1, 2],
    );
  });
});
