import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeState } from '../../../webview/state/decodeState';
import { printed, refused, smallWorld } from '../support/cli';
import { readDoubles, withFolder } from '../support/fixtures';
import { someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';

interface Geometry {
  readonly meanCosine: number;
  readonly leaveOneOut: { cosines: number[]; projections: number[]; interval: { resamples: number } | null };
  readonly random: { mean: number; sd: number; histogram: { counts: number[] } } | null;
  readonly permutation: { p: number; q: number; permutations: number } | null;
}
type Products<T> = Readonly<Record<'euclidean' | 'causal', T>>;
interface Document {
  readonly settings: Record<string, unknown>;
  readonly covariance: { ridge: number; ridgeReason: string | null; vocabSize: number } | null;
  readonly concepts: readonly ({ name: string; kept: number } & Products<Geometry>)[];
  readonly directions: Products<{
    cosine: number[][];
    differenceCosine: number[][];
    chance: { p: (number | null)[][] };
  }> & {
    control: { cosine: number[][] };
  };
}

const { model, file } = smallWorld(someHead(300, 20), someConcepts(300, [9, 8, 4], 7));
const quick = ['--random-pairs', '500', '--permutations', '50', '--bootstrap', '40'];
const text = (...args: string[]): string => printed('probe', file, '--model', model, ...quick, ...args);
const document = (...args: string[]): Document => JSON.parse(text('--json', ...args)) as Document;
const total = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

function has(record: object, ...keys: readonly string[]): void {
  for (const key of keys) assert.ok(key in record, `${key} among ${Object.keys(record).join()}`);
}

describe('concept-probe probe, in both products', () => {
  it('--json keeps the contract', () => {
    const { settings, covariance, concepts, directions } = document();
    assert.deepEqual(settings, {
      ...{ products: ['euclidean', 'causal'], direction: 'mean', ridge: null, includeSelf: false },
      ...{ randomPairs: 500, permutations: 50, bootstrap: 40 },
    });
    assert.deepEqual([covariance!.vocabSize, covariance!.ridge, covariance!.ridgeReason], [300, 0, null]);
    for (const concept of concepts) {
      for (const { meanCosine, leaveOneOut, random, permutation } of [concept.euclidean, concept.causal]) {
        assert.ok(Number.isFinite(meanCosine));
        has(leaveOneOut, 'mean', 'cosines', 'projections', 'interval', 'outliers');
        assert.equal(leaveOneOut.cosines.length, concept.kept);
        assert.equal(leaveOneOut.projections.length, concept.kept);
        has(random!, 'mean', 'sd', 'histogram');
        assert.equal(total(random!.histogram.counts), 500);
        has(permutation!, 'p', 'q', 'resolution');
      }
    }
    assert.notDeepEqual(concepts[0]!.euclidean, concepts[0]!.causal);
    for (const { cosine, differenceCosine, chance } of [directions.euclidean, directions.causal])
      for (const square of [cosine, differenceCosine, chance.p])
        assert.deepEqual(
          square.map((line) => line.length),
          [3, 3, 3],
        );
    assert.equal(directions.control.cosine[1]![1], 1);
  });

  it('--product selects one or both', () => {
    const [euclidean, causal] = [document('--product', 'euclidean'), document('--product', 'causal')];
    assert.deepEqual(Object.keys(euclidean.directions), ['euclidean', 'control']);
    assert.deepEqual(Object.keys(causal.directions), ['causal', 'control']);
    assert.ok(!('causal' in euclidean.concepts[0]!) && !('euclidean' in causal.concepts[0]!));
    assert.equal(euclidean.covariance, null);
    const both = document('--product', 'both');
    assert.deepEqual(both.concepts[0]!.causal, causal.concepts[0]!.causal);
    assert.deepEqual(both.concepts[0]!.euclidean, euclidean.concepts[0]!.euclidean);
    assert.doesNotMatch(text('--product', 'euclidean'), /causal|covariance/iu);
    const table = text('--product', 'causal');
    assert.match(table, /causal inner product/u);
    assert.doesNotMatch(table, /Euclidean/u);
  });

  it('prints what it computed, and from how much', () => {
    const table = text();
    assert.match(table, /Cov\(γ\) of 300 tokens, condition number about \d/u);
    assert.match(table, /concept 0 +9\/9 /u);
    assert.match(table, /Euclidean inner product[^]*causal inner product/u);
    assert.match(table, /500 random token pairs/u);
    assert.match(table, /\|cosine\| off the diagonal: mean \d\.\d+, largest \d\.\d+/u);
  });

  it('accepts another direction, other numbers of random draws, and none', () => {
    const mean = document();
    const principal = document('--direction', 'principal');
    assert.equal(principal.settings['direction'], 'principal');
    assert.notDeepEqual(principal.directions.causal.cosine, mean.directions.causal.cosine);
    assert.notDeepEqual(document('--direction', 'normalised').directions.causal, mean.directions.causal);
    const none = ['--random-pairs', '0', '--permutations', '0', '--bootstrap', '0'];
    const off = document(...none);
    const { random, permutation, leaveOneOut } = off.concepts[0]!.causal;
    assert.deepEqual([random, permutation, leaveOneOut.interval], [null, null, null]);
    assert.equal(off.directions.causal.chance, null);
    assert.match(text(...none), /causal inner product/u);
    assert.equal(mean.concepts[0]!.causal.leaveOneOut.interval!.resamples, 40);
    assert.equal(mean.concepts[0]!.causal.permutation!.permutations, 50);
  });

  it('--include-self counts each difference with itself', () => {
    const [without, withSelf] = [document(), document('--include-self')];
    without.concepts.forEach(({ kept, causal }, i) => {
      const expected = (causal.meanCosine * (kept - 1) + 1) / kept;
      assert.ok(Math.abs(withSelf.concepts[i]!.causal.meanCosine - expected) < 1e-9);
    });
    assert.equal(withSelf.settings['includeSelf'], true);
    assert.match(text('--include-self'), /Mean cosine with self/u);
  });

  it('--ridge is used and reported', () => {
    const ridged = document('--ridge', '0.2');
    assert.deepEqual(ridged.covariance!.ridge, 0.2);
    assert.match(text('--ridge', '0.2'), /with a ridge of 0\.2 of its mean diagonal\. It was requested\./u);
    assert.notDeepEqual(ridged.directions.causal.cosine, document().directions.causal.cosine);
  });

  it('names the ridge that a head needs, or says why there is no causal product', () => {
    const deficient = smallWorld(someHead(30, 40), someConcepts(30, [5, 4], 3));
    const args = ['probe', deficient.file, '--model', deficient.model, ...quick];
    assert.match(
      printed(...args),
      /with a ridge of \S+ of its mean diagonal\. .*30 tokens cannot span 40 dimensions\./u,
    );
    const problem = /is not positive definite with a ridge of 0, so there is no causal inner product;/u;
    const table = printed(...args, '--ridge', '0');
    assert.match(table, problem);
    assert.match(table, /concept 0 [^]*Euclidean inner product/u);
    const half = JSON.parse(printed(...args, '--ridge', '0', '--json')) as Document & {
      causalProblem: string;
    };
    assert.match(half.causalProblem, problem);
    assert.deepEqual([half.covariance, Object.keys(half.directions)], [null, ['euclidean', 'control']]);
    assert.ok(!('causal' in half.concepts[0]!));
    refused(1, problem, ...args, '--ridge', '0', '--product', 'causal');
  });

  it('rejects wrong values with exit code 2', () => {
    const wrong = (message: RegExp, ...args: string[]): void => {
      refused(2, message, 'probe', file, '--model', model, ...args);
    };
    wrong(/--product must be one of euclidean, causal, both, not “x”/u, '--product', 'x');
    wrong(/--direction must be one of mean, normalised, principal, not “median”/u, '--direction', 'median');
    for (const ridge of ['-0.1', '1.5', 'x', '', 'NaN'])
      wrong(/--ridge needs a number from 0 to 1/u, `--ridge=${ridge}`);
    for (const option of ['--random-pairs', '--permutations', '--bootstrap'])
      for (const value of ['-1', '1.5', 'many', ''])
        wrong(new RegExp(`${option} needs whole numbers`, 'u'), `${option}=${value}`);
    wrong(/'--compare <value>' argument missing/u, '--compare');
  });
});

describe('concept-probe probe --compare', () => {
  const numbersOf = (value: unknown): number[] => {
    if (typeof value === 'number') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
  };
  interface Compared extends Document {
    readonly comparison: Document & { difference: Document };
  }
  const compared = (second: string): Compared => document('--compare', second) as Compared;

  it('finds no difference between a model and itself', () => {
    const { comparison, concepts } = compared(model);
    const numbers = numbersOf(comparison.difference);
    assert.ok(numbers.length > 300, `${numbers.length} numbers`);
    assert.ok(numbers.every((value) => value === 0));
    assert.deepEqual(comparison.concepts, concepts);
  });

  it('prints every number of the second model and its difference', () => {
    const other = smallWorld(someHead(310, 20), []);
    const { comparison, concepts } = compared(other.model);
    concepts.forEach(({ causal, euclidean }, i) => {
      const [second, difference] = [comparison.concepts[i]!, comparison.difference.concepts[i]!];
      assert.equal(difference.causal.meanCosine, second.causal.meanCosine - causal.meanCosine);
      assert.deepEqual(
        difference.euclidean.leaveOneOut.cosines,
        second.euclidean.leaveOneOut.cosines.map((value, k) => value - euclidean.leaveOneOut.cosines[k]!),
      );
    });
    assert.equal(comparison.difference.covariance!.vocabSize, 10);
    const table = text('--compare', other.model);
    assert.match(table, /Compared: first model, onnx\/model\.onnx; second model, onnx\/model\.onnx/u);
    assert.match(table, /concept 0 +9 \/ 9 +\S+ +\S+ +\S+/u);
  });

  it('compares two files of one folder', () => {
    const both = smallWorld(someHead(300, 20), []);
    copyFileSync(join(both.model, 'onnx', 'model.onnx'), join(both.model, 'onnx', 'model_other.onnx'));
    const { comparison } = compared(join(both.model, 'onnx', 'model_other.onnx'));
    assert.ok(numbersOf(comparison.difference.concepts).every((value) => value === 0));
  });

  it('compares any number of models in one table, and says what is wrong with one', () => {
    const other = smallWorld(someHead(310, 20), []);
    const several = ['--compare', other.model, 'nowhere', model];
    const table = text(...several);
    assert.match(table, /Compared: 4 models/u);
    assert.match(table, /3 +nowhere +– /u);
    assert.match(table, /3: Not compared\. There is no model folder nowhere/u);
    assert.match(table, /Concept +n +1 +2 +3 +4\n +concept 0 +9 /u);
    assert.match(table, /Agreement of the maps of 3 concepts/u);
    assert.match(
      table,
      /No trend: it needs three different numbers of parameters \(known of 0 of 4 models\)/u,
    );
    interface Many {
      schema: number;
      concepts: { causal: Geometry & { leaveOneOut: { mean: number } } }[];
      manyModels: { models: { problem: string | null }[]; causal: { leaveOneOut: { common: number[][] } } };
    }
    const { schema, concepts, manyModels } = JSON.parse(text('--json', ...several)) as Many;
    assert.equal(schema, 2);
    assert.equal(manyModels.models.filter(({ problem }) => problem !== null).length, 1);
    const means = concepts.map(({ causal }) => causal.leaveOneOut.mean);
    const { common } = manyModels.causal.leaveOneOut;
    assert.deepEqual([common[0], common[3], common[2]], [means, means, means.map(() => null)]);
    // The same, with the concept file behind the models, and with an option for each.
    const behind = printed('probe', '--model', model, ...quick, ...several, file);
    const each = text(...several.slice(1).flatMap((named) => ['--compare', named]));
    assert.deepEqual([behind, each], [table, table]);
    withFolder((folder) => {
      text('--csv', folder, ...several);
      const lines = readFileSync(join(folder, 'geometry.models.csv'), 'utf8').trimEnd().split('\r\n');
      assert.equal(lines.length, 1 + 4 * 3);
    });
  });

  it('takes a folder of lists behind one model, if there is no other input', () => {
    withFolder((folder) => {
      copyFileSync(file, join(folder, 'small.concepts.json'));
      assert.match(
        printed('probe', '--model', model, ...quick, '--compare', model, folder),
        /Compared: first model/u,
      );
    });
  });

  it('rejects an invalid second model', () => {
    refused(
      1,
      /There is no model folder .*nowhere/u,
      'probe',
      file,
      '--model',
      model,
      '--compare',
      'nowhere',
    );
  });
});

describe('concept-probe probe, into files', () => {
  it('writes every matrix for NumPy and as CSV, with the numbers of the document', () => {
    withFolder((folder) => {
      const [npy, csv] = [join(folder, 'npy', 'deep'), join(folder, 'csv')];
      const { directions, concepts } = document();
      assert.match(text('--npy', npy, '--csv', csv), /Wrote .*csv, .*deep\n$/u);
      const names = readdirSync(npy).map((name) => name.replace(/\.npy$/u, ''));
      const expected = (['euclidean', 'causal'] as const).flatMap((product) => [
        ...['directions', 'differences', 'shared-tokens', 'directions-p', 'directions-q'].map(
          (what) => `geometry.${what}.${product}`,
        ),
        ...concepts.map((_, i) => `geometry.pairs.${product}.0${i + 1}-concept-${i}`),
      ]);
      assert.deepEqual(names.sort(), [...expected, 'geometry.directions.control'].sort());
      const tables = ['about', 'concepts', 'pairs'].map((name) => `geometry.${name}.csv`);
      assert.deepEqual(readdirSync(csv).sort(), [...names.map((name) => `${name}.csv`), ...tables].sort());
      for (const name of names) {
        const { rows, columns, data } = readDoubles(join(npy, `${name}.npy`));
        const lines = readFileSync(join(csv, `${name}.csv`), 'utf8')
          .trimEnd()
          .split('\r\n')
          .slice(1);
        assert.deepEqual([rows, columns], [lines.length, lines.length], name);
        // None of the labels contains a comma.
        const cells = lines.flatMap((line) => line.split(',').slice(1));
        assert.deepEqual(
          cells.map((cell) => (cell === '' ? NaN : Number(cell))),
          [...data],
          name,
        );
      }
      const causal = readDoubles(join(npy, 'geometry.directions.causal.npy'));
      assert.deepEqual([...causal.data], directions.causal.cosine.flat());
      assert.equal(readDoubles(join(npy, 'geometry.pairs.causal.01-concept-0.npy')).rows, concepts[0]!.kept);
    });
  });

  it('writes only the requested product', () => {
    withFolder((folder) => {
      text('--npy', folder, '--product', 'causal');
      assert.ok(readdirSync(folder).every((name) => /\.(causal|control)\./u.test(name)));
    });
  });

  it('includes a comparison in the report', () => {
    withFolder((folder) => {
      const html = join(folder, 'report.html');
      text('--html', html, '--compare', model);
      const state = /id="concept-probe-state">(.*?)<\/script>/su.exec(readFileSync(html, 'utf8'))![1]!;
      const { comparison, result } = decodeState(state);
      assert.deepEqual(comparison!.second.concepts, result!.concepts);
    });
  });
});
