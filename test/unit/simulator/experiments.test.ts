import assert from 'node:assert/strict';
import { checkConfig } from '../../../src/simulator/config/checkConfig';
import { defaultSimulation } from '../../../src/simulator/config/simulationConfig';
import { experimentNames, experimentSizes } from '../../../src/simulator/experiments/experiment';
import { randomSource } from '../../../src/geometry/random';
import { measureOf } from '../../../src/simulator/experiments/experimentMeasures';
import { logOdds, logOddsMismatch } from '../../../src/simulator/measures/logOdds';
import { drawLatentModel } from '../../../src/simulator/world/latentModel';
import { createWorld } from '../../../src/simulator/world/world';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';
import { linesOf, meanAt, type ExperimentChoice } from '../../../src/simulator/experiments/experimentPoints';
import { experimentOf } from '../../../src/simulator/experiments/experiments';
import { experimentResult, plannedPoints } from '../../../src/simulator/experiments/experimentResult';
import { findingOf } from '../../../src/simulator/experiments/findingOf';
import { checkMemory } from '../../../src/simulator/training/chooseKernel';
import { configsOf } from '../../../src/simulator/training/repeatedRuns';
import { runSimulation, type RunResult } from '../../../src/simulator/training/runSimulation';

const tiny = (experiment: ExperimentChoice['experiment']): ExperimentChoice => ({
  ...{ experiment, size: 'quick', seed: 3, runs: 2, steps: 20 },
});

function resultOf(choice: ExperimentChoice) {
  return experimentResult(
    choice,
    configsOf(plannedPoints(choice)).map((config) => runSimulation(config)),
  );
}

describe('experiments', () => {
  for (const name of experimentNames) {
    for (const size of experimentSizes)
      it(`${name}, ${size}: every point can be run, and has a place of its own`, () => {
        const experiment = experimentOf(name, size);
        const points = plannedPoints({ experiment: name, size, seed: 5, runs: null, steps: null });
        for (const { config, runs } of points) {
          checkConfig(config);
          checkMemory(config);
          assert.ok(config.seed === 5 && runs === experiment.runs && runs > 1);
        }
        assert.equal(new Set(points.map(({ line, x }) => `${line} ${x}`)).size, points.length);
        assert.deepEqual(
          [...new Set(points.map(({ line }) => line))],
          experiment.lines.values.map(({ label }) => label),
        );
        const values = experiment.x.values.map(({ value }) => value);
        assert.deepEqual(
          values,
          values.toSorted((a, b) => a - b),
        );
      });

    it(`${name} has the numbers of its runs, run one by one`, () => {
      const result = resultOf(tiny(name));
      const { base, x, lines, measures } = experimentOf(name, 'quick');
      for (const at of [0, Math.floor(result.points.length / 2), result.points.length - 1]) {
        const point = result.points[at]!;
        const own = {
          ...{ ...defaultSimulation, ...base },
          ...lines.values.find(({ label }) => label === point.line)!.settings,
          ...x.values.find(({ value }) => value === point.x)!.settings,
          steps: 20,
        };
        const factor = x.values.find(({ value }) => value === point.x)!.rateFactor ?? 1;
        own.learningRate *= factor;
        const runs = [3, 4].map((seed) => runSimulation({ ...own, seed }));
        for (const measure of measures) {
          const [a, b] = runs.map((run) =>
            measureOf(
              { ...run, mismatch: logOddsMismatch(createWorld({ ...own, seed: run.seed })) },
              measure,
            ),
          ) as [number, number];
          const { mean, standardError } = meanAt(point, measure);
          // E is undefined if no two contexts differ in one value only.
          if (Number.isNaN(a + b)) assert.ok(Number.isNaN(mean));
          else assert.ok(Math.abs(mean - (a + b) / 2) < 1e-6, `${measure} ${mean}`);
          if (!Number.isNaN(a + b)) assert.ok(Math.abs(standardError - Math.abs(a - b) / 2) < 1e-6);
        }
      }
      assert.ok(findingOf(result).sentence.length > 0);
    });
  }

  it('leave out points with more dimensions than tokens', () => {
    const points = plannedPoints({ experiment: 'dimension', size: 'full', seed: 0, runs: 1, steps: 1 });
    const three = points.filter(({ line }) => line === 'm=3').map(({ x }) => x);
    assert.deepEqual(three, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.equal(points.filter(({ line }) => line === 'm=4').length, 9);
  });

  it('that were stopped have their complete points, and say of how many', () => {
    const choice = tiny('dimension');
    const planned = plannedPoints(choice);
    const run = runSimulation(planned[0]!.config);
    const results = [run, run, run, { ...run, steps: 19 }, run, run, undefined];
    const result = experimentResult(choice, results);
    assert.deepEqual([linesOf(result.points).length, result.points.map(({ x }) => x)], [1, [1, 3]]);
    assert.equal(result.planned, planned.length);
    assert.equal(resultOf({ ...choice, runs: 1, steps: 1 }).planned, undefined);
    assert.throws(() => experimentResult(choice, [undefined]), /stopped before a point/u);
  });
});

/** U of both runs of every point of `dimension`, by m and k; all means are this, with a standard error of 0.01. */
function dimensionFinding(u: (m: number, k: number) => number) {
  const choice = tiny('dimension');
  const planned = plannedPoints(choice);
  const run = runSimulation({ ...planned[0]!.config, steps: 20 });
  const results = planned.flatMap(({ config }): RunResult[] => {
    const mean = u(config.concepts, config.dimension!);
    return [0.01, -0.01].map((apart) => ({ ...run, u: mean + apart }));
  });
  return findingOf(experimentResult(choice, results));
}

describe('the finding of dimension', () => {
  it('names the smallest k for each m, and how it grows', () => {
    const { verdict, sentence } = dimensionFinding((m, k) => (k >= m ? 0.95 : 0.5));
    assert.equal(verdict, 'predicted');
    assert.match(sentence, /^U first exceeds 0\.9 at k=3 for m=3, k=4 for m=4, k=5 for m=5, k=6 for m=6\./u);
    assert.match(sentence, /grows by 1\.00 as m grows by 1\. As predicted, k = m is enough for every m\.$/u);
    assert.doesNotMatch(sentence, /uncertain|largest|nowhere/u);
    assert.match(dimensionFinding((m, k) => (k >= 2 * m - 4 ? 0.95 : 0.5)).sentence, /grows by 2\.00/u);
  });

  it('says where U falls again, and where it never gets that far', () => {
    const { sentence } = dimensionFinding((m, k) => (m === 6 ? 0.8 : k === m ? 0.99 : k < m ? 0.5 : 0.9));
    assert.match(sentence, /For m=6 it does so nowhere/u);
    assert.match(sentence, /U is largest at k=3 for m=3, k=4 for m=4, k=5 for m=5, and clearly smaller/u);
    assert.match(sentence, /Contrary to the prediction, k = m is not enough for m=6\.$/u);
  });

  it('leaves open what the errors do', () => {
    const { verdict, sentence } = dimensionFinding((m, k) => (k < m ? 0.5 : m === 4 ? 0.91 : 0.99));
    assert.equal(verdict, 'open');
    assert.match(sentence, /For m=4 this is uncertain, because a mean is within 2 standard errors of 0\.9/u);
    assert.match(sentence, /Whether k = m is enough for m=4 remains open\.$/u);
  });
});

/** Of `bias`, with this U and excess loss of both runs of every point, give or take `error`. */
function biasFinding(
  u: Readonly<Record<string, number>>,
  excess: (optimizer: string, factor: number) => number = (_, factor) => (factor === 1 ? 0.01 : 0.02),
  error = 0.001,
) {
  const choice = tiny('bias');
  const planned = plannedPoints(choice);
  const run = runSimulation(planned[0]!.config);
  const results = planned.flatMap(({ x, line }): RunResult[] =>
    [error, -error].map((apart) => ({
      ...run,
      // Only where the loss is lowest does U count.
      u: x === 1 ? u[line]! + apart : 0,
      loss: run.entropyFloor + excess(line, x),
    })),
  );
  return findingOf(experimentResult(choice, results));
}

describe('the finding of bias', () => {
  const expected = { sgd: 0.98, momentum: 0.97, adam: 0.8, sign: 0.7 };

  it('compares optimizers where their loss is lowest', () => {
    const { verdict, sentence } = biasFinding(expected);
    assert.equal(verdict, 'predicted');
    assert.match(sentence, /^Where its loss is lowest, U is 0\.980 ± 0\.001 with sgd \(η=1\), 0\.970/u);
    assert.match(sentence, /It is clearly lower than with sgd with adam, sign\./u);
    assert.match(sentence, /It is not lower by 0\.05 or more with momentum\. This is as predicted\.$/u);
  });

  it('contradicts the prediction if Adam is as parallel, or momentum less', () => {
    const { verdict, sentence } = biasFinding({ ...expected, adam: 0.97 });
    assert.equal(verdict, 'contradicted');
    assert.match(sentence, /This contradicts the prediction for adam\.$/u);
    assert.match(
      biasFinding({ ...expected, momentum: 0.5 }).sentence,
      /contradicts the prediction for momentum/u,
    );
  });

  it('leaves open what did not converge, or varies too much', () => {
    const { verdict, sentence } = biasFinding(expected, (line, factor) =>
      line === 'sign' ? 0.3 : factor === 1 ? 0.01 : 0.02,
    );
    assert.equal(verdict, 'open');
    assert.match(sentence, /Nothing follows for sign, which stayed more than 0\.05 nats above the floor/u);
    assert.equal(biasFinding(expected, undefined, 0.1).verdict, 'open');
    assert.match(biasFinding(expected, () => 1).sentence, /There is no sgd to compare with/u);
  });
});

/** Of `log-odds`: U falls from `from` to `to` over the sweep, give or take `error`. */
function trendOf(from: number, to: number, error = 0.001) {
  const choice = tiny('log-odds');
  const planned = plannedPoints(choice);
  const run = runSimulation(planned[0]!.config);
  const results = planned.flatMap(({ x }): RunResult[] =>
    [error, -error].map((apart) => ({ ...run, u: from + x * (to - from) + apart })),
  );
  return findingOf(experimentResult(choice, results));
}

describe('the finding of log-odds', () => {
  it('says whether U falls, rises or stays, and leaves open what varies too much', () => {
    const falls = trendOf(0.95, 0.6);
    assert.equal(falls.verdict, 'predicted');
    assert.match(
      falls.sentence,
      /^From matched log-odds to the largest mismatch, U goes from 0\.950 ± 0\.001 to 0\.600 ± 0\.001 for m=3, /u,
    );
    assert.match(
      falls.sentence,
      /It falls for m=3, m=4\. The loss ends above its floor by .* This is as predicted\.$/u,
    );
    assert.match(
      trendOf(0.6, 0.95).sentence,
      /It rises for m=3, m=4\..*contradicts the prediction for m=3, m=4/u,
    );
    assert.match(trendOf(0.9, 0.91).sentence, /It changes by less than 0\.05 for m=3, m=4/u);
    assert.equal(trendOf(0.9, 0.91).verdict, 'contradicted');
    assert.equal(trendOf(0.95, 0.6, 0.3).verdict, 'open');
  });
});

describe('a world of weaker dependence', () => {
  const config = {
    ...defaultSimulation,
    concepts: 4,
    edgeProbability: 1,
    conditionals: [0.1, 0.9] as const,
    seed: 2,
  };

  it('has independent concepts at 0, and is the same as before at 1', () => {
    const { law } = createWorld({ ...config, dependence: 0 });
    const one = Array.from({ length: 4 }, (_, concept) =>
      law.reduce((sum, p, c) => sum + ((c >> concept) & 1) * p, 0),
    );
    law.forEach((p, c) => {
      const product = one.reduce((own, q, concept) => own * ((c >> concept) & 1 ? q : 1 - q), 1);
      assert.ok(Math.abs(p - product) < 1e-12);
    });
    const { model } = createWorld({ ...config, dependence: 1 });
    assert.deepEqual(model, drawLatentModel(model.graph, [0.1, 0.9], randomSource(2, 102)));
  });

  it('has a mismatch of its log-odds that grows with it: that of plain loops', () => {
    const mismatch = (dependence: number) => logOddsMismatch(createWorld({ ...config, dependence }));
    assert.ok(mismatch(0) < 1e-9 && mismatch(0.5) > 0.1 && mismatch(1) > mismatch(0.5));
    const { law } = createWorld(config);
    const terms: number[] = [];
    for (let concept = 0; concept < 4; concept++) {
      const total = [0, 1].map((value) =>
        law.reduce((sum, p, c) => sum + (((c >> concept) & 1) === value ? p : 0), 0),
      );
      const truth = Math.log(total[0]! / total[1]!);
      for (let known = 0; known < 16; known++)
        for (let values = 0; values < 16; values++)
          for (let c = 0; c < 16; c++) {
            const isContext = (values & ~known) === 0 && ((known >> concept) & 1) === 0;
            if (!isContext || (c >> concept) & 1 || ((c ^ values) & known) !== 0) continue;
            terms.push(Math.log(law[c]! / law[c | (1 << concept)]!) - truth);
          }
    }
    const expected = Math.sqrt(terms.reduce((sum, term) => sum + term * term, 0) / terms.length);
    assert.ok(Math.abs(mismatch(1) - expected) < 1e-9, `${mismatch(1)} ${expected}`);
  });

  it('is the one that an exact learner’s log-odds deviate by', () => {
    const run = new TrainingRun({
      ...{ ...config, concepts: 3, dependence: 0.4, dimension: 8 },
      ...{ gradient: 'population', optimizer: 'adam', learningRate: 0.003 },
    });
    run.advance(20_000);
    const deviations = [0, 1, 2].map(
      (concept) => logOdds(run.world, run.embeddings(), run.unembeddings(), concept).deviation,
    );
    const together = Math.sqrt(deviations.reduce((sum, one) => sum + one * one, 0) / 3);
    assert.ok(Math.abs(together - logOddsMismatch(run.world)) < 0.02, `${together}`);
  });
});

describe('a world with point masses', () => {
  const config = { ...defaultSimulation, concepts: 4, edgeProbability: 1, seed: 3 };
  const modelAt = (pointMasses: number) => createWorld({ ...config, pointMasses }).model.conditionals;

  it('rounds the share of its conditionals, the same and more for a larger share', () => {
    const [none, some, more, all] = [0, 0.4, 0.7, 1].map((share) =>
      modelAt(share).flatMap((own) => [...own]),
    );
    assert.ok(none!.every((p) => p > 0 && p < 1));
    assert.deepEqual(all, none!.map(Math.round));
    const rounded = (own: readonly number[]) => own.filter((p) => p === 0 || p === 1).length;
    assert.ok(0 < rounded(some!) && rounded(some!) < rounded(more!) && rounded(more!) < none!.length);
    some!.forEach((p, at) => {
      assert.ok(p === none![at] || (p === Math.round(none![at]!) && more![at] === p));
    });
  });

  it('has one assignment with point masses alone, and the paper’s law with none', () => {
    const { law } = createWorld({ ...config, pointMasses: 1 });
    assert.deepEqual([...law].sort(), [...Array.from({ length: 15 }, () => 0), 1]);
    assert.deepEqual(createWorld({ ...config, pointMasses: 0 }).law, createWorld(config).law);
  });
});
