import assert from 'node:assert/strict';
import { presetOf } from '../../../src/simulator/paper/presets';
import { defaultSimulation } from '../../../src/simulator/config/simulationConfig';
import { framed, steeringPairs } from '../../../webview/simulator/maps/pointFrame';
import { placedLabels } from '../../../webview/simulator/maps/labelPlaces';
import { meanCurve } from '../../../webview/simulator/runs/meanCurve';
import { readConfig } from '../../../webview/simulator/settings/restoreSettings';
import { firstTurn, projected, turned } from '../../../webview/simulator/maps/rotation';
import { defaultSettings, suggestedSteps, withSetting } from '../../../webview/simulator/settings/settings';
import { formatDuration } from '../../../src/format/duration';
import { formatSteps } from '../../../webview/simulator/runs/formatProgress';
import { sampleSimulation } from '../support/sampleSimulations';

const distance = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((value, j) => value - b[j]!));

describe('the pure parts of the Simulator page', () => {
  it('suggest the number of steps in the paper’s tables', () => {
    for (const { config } of presetOf('table1', true, 0).rows)
      assert.equal(suggestedSteps(config.concepts), config.steps);
    assert.equal(withSetting(defaultSettings, 'concepts', NaN).config.steps, suggestedSteps(1));
    assert.equal(suggestedSteps(14), suggestedSteps(12));
  });

  it('rotate tokens in space without changing distances', () => {
    const { unembeddings } = sampleSimulation().runs[0]!;
    const tokens = [0, 1, 2, 3, 4, 5, 6, 7];
    const { points, reach, isWhole } = framed(unembeddings!, tokens, 3);
    assert.ok(isWhole);
    for (const [a, b] of [
      [0, 7],
      [2, 5],
      [1, 6],
    ] as const) {
      const there = distance(unembeddings![a]!, unembeddings![b]!);
      assert.ok(Math.abs(reach * distance(points[a]!, points[b]!) - there) < 1e-6 * there);
    }
    // The first concept points to the right, the second up.
    for (const [concept, axis] of [
      [0, 0],
      [1, 1],
      [2, 2],
    ] as const) {
      for (const [from, to] of steeringPairs(tokens, concept))
        assert.ok(points[to]![axis]! > points[from]![axis]!);
    }
  });

  it('draw points of one and of four dimensions', () => {
    const line = framed([[0], [2]], [0, 1], 1);
    assert.deepEqual(line.points, [
      [-1, 0, 0],
      [1, 0, 0],
    ]);
    const tokens = Array.from({ length: 16 }, (_, token) => token);
    const cube = tokens.map((token) => [0, 1, 2, 3].map((bit) => (token >> bit) & 1));
    const { points, isWhole } = framed(cube, tokens, 4);
    assert.ok(isWhole);
    assert.equal(new Set(points.map((point) => point.map((value) => value.toFixed(6)).join())).size, 16);
    assert.ok(points.every((point) => Math.hypot(...point) <= 1 + 1e-9));
  });

  it('never turn a plot in space upside down', () => {
    const { pitch } = turned(firstTurn, 0, 9);
    assert.equal(pitch, Math.PI / 2);
    const near = projected([0, 0, 1], { yaw: 0, pitch: 0 });
    const far = projected([0, 0, -1], { yaw: 0, pitch: 0 });
    assert.ok(near.near > far.near);
  });

  it('find a free place for every name', () => {
    const points = ['000', '001', '010', '011'].map((text, at) => ({ x: 100 + at, y: 80, text }));
    const places = placedLabels(points, { width: 300, height: 270 });
    for (const [at, a] of places.entries())
      for (const b of places.slice(at + 1)) assert.ok(Math.abs(a.x - b.x) >= 20 || Math.abs(a.y - b.y) >= 11);
  });

  it('average curves up to the end of the shortest', () => {
    const { runs } = sampleSimulation({}, 3);
    const curves = runs.map(({ curve }) => curve);
    const mean = meanCurve([curves[0]!, curves[1]!, curves[2]!.slice(0, 5)]);
    assert.equal(mean.length, 5);
    const expected = curves.reduce((sum, curve) => sum + curve[3]!.u, 0) / 3;
    assert.ok(Math.abs(mean[3]!.u - expected) < 1e-12);
    assert.deepEqual(meanCurve([]), []);
  });

  it('read the valid part of saved settings', () => {
    const full = { ...defaultSimulation, concepts: 5, edges: [[0, 4]], contexts: null, masks: 7 };
    assert.deepEqual(readConfig(full, defaultSimulation), full);
    assert.deepEqual(readConfig('nonsense', defaultSimulation), defaultSimulation);
    const bad = {
      concepts: null,
      conditionals: [1],
      optimizer: 'magic',
      masks: 'some',
      edges: [[0, 99]],
      bias: 1,
    };
    assert.deepEqual(readConfig(bad, defaultSimulation), defaultSimulation);
    // For concepts that may be added again.
    const drawn = { ...defaultSimulation, edges: [[0, 9]] };
    assert.deepEqual(readConfig(drawn, defaultSimulation), drawn);
  });

  it('abbreviate steps and times', () => {
    assert.deepEqual([0, 500, 2500, 20_000, 1_500_000].map(formatSteps), ['0', '500', '2.5k', '20k', '1.5M']);
    assert.deepEqual([0.2, 45, 200, 8000].map(formatDuration), [
      'about 1\u00a0s',
      'about 45\u00a0s',
      'about 3\u00a0min',
      'about 2\u00a0h',
    ]);
  });
});
