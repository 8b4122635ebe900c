import { UserError } from '../../../src/errors';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { textsIn } from '../../../scripts/translations/sourceTexts';
import { measuredText, theoremText } from '../../../src/format/paperWords';
import { onePairCheck, twoContextsCheck } from '../../../src/simulator/paper/implicitBiasChecks';
import { logOddsCheck } from '../../../src/simulator/paper/logOddsCheck';
import { matchedOrthogonalityCheck, separationCheck } from '../../../src/simulator/paper/orthogonalityChecks';
import { separation } from '../../../src/simulator/measures/separation';
import { defaultSimulation, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { singularValues } from '../../../src/simulator/measures/singularValues';
import { subspaceCheck } from '../../../src/simulator/paper/subspaceCheck';
import type { TheoremCheck } from '../../../src/simulator/paper/theoremCheck';
import { theoremChecks } from '../../../src/simulator/paper/theoremChecks';
import * as experiments from '../../../src/simulator/paper/theoremExperiments';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';
import { inRoot } from '../../support/places';
import { near } from '../support/plainMath';

function trained(changes: Partial<SimulationConfig>, steps: number): TrainingRun {
  const exact = { gradient: 'population', optimizer: 'adam', learningRate: 0.003, seed: 0 } as const;
  const run = new TrainingRun({ ...defaultSimulation, ...exact, ...changes });
  run.advance(steps);
  return run;
}

const chain = { edges: [[0, 1] as const, [1, 2] as const], conditionals: [0.05, 0.95] as const };

/** The measured number of a check with this name. */
function measured({ measured: numbers }: TheoremCheck, name: string): number {
  const found = numbers.find((number) => number.name.startsWith(name));
  assert.ok(found, `${name} is not among ${numbers.map((number) => number.name).join('; ')}`);
  return found.value;
}

const translatable = new Set(textsIn(readFileSync(inRoot('src', 'format', 'paperWords.ts'), 'utf8'), ''));

/** A name is shown as it is in English, and has a text for translators. */
function assertTranslatable([name, shown]: readonly [string, string], text: string): void {
  assert.equal(shown, name);
  assert.ok(translatable.has(text), `${name} has no text in paperWords.ts`);
}

function assertFails(check: TheoremCheck): void {
  assert.equal(check.holds, false);
  assert.match(check.verdict, /^Does not hold here\. /u);
}

describe('theorem checks', () => {
  for (const [name, check] of Object.entries(theoremChecks))
    it(`${name} holds for another seed too, and is reported in words and numbers`, () => {
      const { theorem, prediction, measured: numbers, holds, verdict } = check(1);
      assert.ok(holds, verdict);
      assert.equal(theorem, name);
      assert.match(prediction, /\.$/u);
      assert.match(verdict, /^Holds\. .+\.$/u);
      assert.ok(numbers.length >= 3);
      for (const { name: of, value } of numbers) assert.ok(Number.isFinite(value), of);
      assertTranslatable([theorem, theoremText(theorem)], theorem);
      for (const { name: of } of numbers) {
        const pattern = of.replace(/\d+ neighbours?/u, '{0}').replace(/at most \d+/u, 'at most {1}');
        assertTranslatable([of, measuredText(of)], pattern);
      }
    });

  it('separate independent concepts from neighbours by more than a factor of a hundred', () => {
    for (const seed of [0, 2]) {
      const check = theoremChecks['Theorem 7']!(seed);
      const apart = measured(check, 'greatest change of log-odds, separated');
      assert.ok(measured(check, 'least change of log-odds, neighbours') > 100 * apart, check.verdict);
    }
  });

  it('measure the changes of log-odds of the true distribution, in either direction', () => {
    const run = experiments.chainRun(1);
    const [f, g] = [run.embeddings(), run.unembeddings()];
    const between = (a: number, b: number) => separation(run.world, f, g, a, b);
    for (const [a, b, apart] of [
      [0, 1, false],
      [1, 2, false],
      // 1 is in between.
      [0, 2, true],
      [0, 3, true],
    ] as const) {
      assert.equal(between(a, b).separated, apart);
      assert.equal(between(b, a).separated, apart);
      // The log-odds ratio of two concepts is symmetric.
      near(between(a, b).change, between(b, a).change, 0.01);
    }
    const { law } = run.world;
    const ratio = Math.log((law[3]! * law[0]!) / (law[1]! * law[2]!));
    near(between(0, 1).change, Math.abs(ratio), 0.01);
  });
});

describe('theorem checks can fail', () => {
  it('Theorem 3: for a learner that has not learned', () => {
    assertFails(logOddsCheck(trained({ edges: [] }, 0)));
    assertFails(logOddsCheck(trained({ edges: [] }, 50)));
  });

  it('Theorems 4, 5: for vectors that diverge, or do not turn far enough', () => {
    for (const trainEmbeddings of [false, true]) {
      const [first, middle, last] = experiments.implicitBias(0, trainEmbeddings);
      assert.ok(twoContextsCheck(trainEmbeddings, [first, middle, last]).holds);
      assertFails(twoContextsCheck(trainEmbeddings, [last, middle, first]));
      assertFails(twoContextsCheck(trainEmbeddings, [first, last, middle]));
      assertFails(twoContextsCheck(trainEmbeddings, [first, middle, { ...last, meanNorm: 0 }]));
      // f1 − f0 counts only where it is trained.
      const elsewhere = twoContextsCheck(trainEmbeddings, [first, middle, { ...last, ue: 0.5 }]);
      assert.equal(elsewhere.holds, !trainEmbeddings);
    }
  });

  it('Theorem 7: for a learner that has not learned, or has too few dimensions', () => {
    assertFails(separationCheck(trained({ concepts: 3, dimension: 8, ...chain }, 100)));
    assertFails(separationCheck(trained({ concepts: 3, dimension: 2, ...chain }, 5000)));
  });

  it('Theorem 7: nothing to compare is rejected', () => {
    for (const edges of [[], [[0, 1] as const, [1, 2] as const, [0, 2] as const]])
      assert.throws(() => separationCheck(trained({ edges }, 0)), UserError);
    const { world, ...run } = { world: trained({ tokens: 5 }, 0).world, ...tablesOf(trained({}, 0)) };
    assert.throws(() => separation(world, run.f, run.g, 0, 1), UserError);
  });

  it('Corollary 8: for concepts that depend on each other', () => {
    const [independent, dependent] = [experiments.independentDescent(0), experiments.dependentDescent(0)];
    assert.ok(matchedOrthogonalityCheck(independent, dependent).holds);
    assertFails(matchedOrthogonalityCheck(dependent, independent));
  });

  it('Theorem 10: for a learner with dimensions that the data do not determine', () => {
    const check = subspaceCheck(trained({ concepts: 4, dimension: 16, ...chain }, 10_000));
    assertFails(check);
    assert.ok(measured(check, 'greatest share of their squared length outside') > 0.1);
  });

  it('Theorem 12: for a cosine that falls', () => {
    const points = experiments.onePair(0);
    assertFails(onePairCheck([...points].reverse()));
    const dented = points.map((point, i) => (i === 500 ? { ...point, cosine: point.cosine - 1e-6 } : point));
    assertFails(onePairCheck(dented));
  });
});

describe('singular values', () => {
  it('are the lengths of orthogonal vectors, otherwise the square roots of the eigenvalues', () => {
    const vectors = (...rows: number[][]): Float64Array[] => rows.map((row) => Float64Array.from(row));
    assert.deepEqual(singularValues(vectors([0, 2, 0], [3, 0, 0], [0, 0, 0])), [3, 2, 0]);
    // [[1, 1], [0, 1]]: golden ratio and its inverse.
    const [first, second] = singularValues(vectors([1, 1], [0, 1])) as [number, number];
    near(first, (1 + Math.sqrt(5)) / 2);
    near(second, (Math.sqrt(5) - 1) / 2);
    // Five vectors in a plane have two nonzero ones.
    const flat = [0, 1, 2, 3, 4].map((i) => [Math.sin(i), Math.cos(2 * i), 0]);
    const values = singularValues(vectors(...flat));
    assert.ok(values[1]! > 0.1 && values[2]! < 1e-12);
    const squares = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value * value, 0);
    near(squares(values), squares(flat.flat()));
  });
});

function tablesOf(run: TrainingRun) {
  return { f: run.embeddings(), g: run.unembeddings() };
}
