import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { probeText } from '../../../src/cli/text/textReport';
import { resultDocument } from '../../../src/export/resultDocument';
import { resultTables } from '../../../src/export/resultTables';
import {
  verdictOf,
  verdictRules,
  verdictSummary,
  type VerdictKind,
} from '../../../src/format/conceptVerdict';
import type { ConceptGeometry } from '../../../src/protocol/geometryResult';
import { sampleResult } from '../support/sampleResult';

interface Numbers {
  readonly pairs?: number;
  readonly mean?: number;
  /** Lower end of the interval; `null`: no interval. */
  readonly low?: number | null;
  /** `null`: no test. */
  readonly q?: number | null;
  /** Standard deviation of the random pairs around 0; `null`: none. */
  readonly sd?: number | null;
}

const base = sampleResult.concepts[0]!.euclidean;

function geometryOf({ pairs = 12, mean = 0.5, low = 0.3, q = 0.001, sd = 0.1 }: Numbers): ConceptGeometry {
  const spread = { ...base.random!.cosine, mean: 0, sd: sd ?? 0 };
  return {
    ...base,
    leaveOneOut: {
      ...base.leaveOneOut,
      mean,
      // A pair whose difference is zero has no cosine.
      cosines: Float64Array.of(...new Array<number>(pairs).fill(mean), NaN),
      interval: low === null ? null : { low, high: 0.9, level: 0.95, resamples: 2000 },
    },
    random: sd === null ? null : { ...base.random!, cosine: spread },
    norms: new Float64Array(12).fill(1),
    permutation: q === null ? null : { ...base.permutation!, q },
  };
}

const verdict = (numbers: Numbers) => verdictOf(geometryOf(numbers), sampleResult);

describe('the verdict on a concept', () => {
  const cases: readonly (readonly [Numbers, VerdictKind, string])[] = [
    [{}, 'parallel', 'parallel: beyond chance, q = .001'],
    [{ q: 0.0001 }, 'parallel', 'parallel: beyond chance, q < .001'],
    [{ pairs: 5 }, 'parallel', 'parallel: beyond chance, q = .001'],
    [{ pairs: 4 }, 'too-few', 'too few pairs for a verdict: 5 are needed'],
    [{ pairs: 0 }, 'too-few', 'too few pairs for a verdict: 5 are needed'],
    [{ pairs: 4, q: null }, 'too-few', 'too few pairs for a verdict: 5 are needed'],
    [{ q: null }, 'untested', 'missing'],
    [{ q: NaN }, 'untested', 'being computed'],
    [{ q: 0.0499 }, 'parallel', 'parallel: beyond chance, q = .050'],
    [{ q: 0.05 }, 'not-beyond-chance', 'not beyond chance, q = .050'],
    [{ q: 0.05, low: 0 }, 'no-direction', 'no direction shown, q = .050'],
    [{ q: 0.6, low: null }, 'no-direction', 'no direction shown, q = .600'],
    [{ low: 0 }, 'doubtful', 'doubtful: interval includes 0, q = .001'],
    [{ low: null }, 'parallel', 'parallel: beyond chance, q = .001'],
    [{ sd: 0.25 }, 'like-random', 'in the range of random pairs, q = .001'],
    [{ sd: 0.249 }, 'parallel', 'parallel: beyond chance, q = .001'],
    [{ sd: null }, 'parallel', 'parallel: beyond chance, q = .001'],
    [{ mean: 0.3 }, 'parallel', 'parallel: beyond chance, q = .001'],
    [{ mean: 0.299 }, 'weak', 'weakly parallel: beyond chance, q = .001'],
  ];
  for (const [numbers, kind, text] of cases)
    it(`is “${text}” with ${JSON.stringify(numbers)}`, () => {
      const found = verdict(numbers);
      assert.equal(found.kind, kind);
      assert.equal(found.text, text);
    });

  it('exists for all kinds of numbers', () => {
    const kinds = new Set(cases.map(([, kind]) => kind));
    assert.deepEqual(
      verdictRules.filter(({ kind }) => !kinds.has(kind)),
      [],
    );
  });

  it('says that a test was not requested', () => {
    const asked = { settings: { ...sampleResult.settings, permutations: 0 } };
    assert.equal(verdictOf(geometryOf({ q: null }), asked).text, 'no test was requested');
  });

  it('is counted for all concepts', () => {
    const verdicts = [{}, {}, { pairs: 2 }, { q: 0.5, low: -0.1 }].map(verdict);
    assert.equal(
      verdictSummary(verdicts),
      '2 parallel beyond chance, 1 without a direction shown, 1 with fewer than 5 pairs',
    );
    assert.equal(verdictSummary([]), '');
  });

  it('is the same in the text report, the JSON document and the CSV table', () => {
    const concepts = sampleResult.concepts.map((concept) => ({
      ...concept,
      euclidean: geometryOf({ q: 0.2 }),
    }));
    const result = { ...sampleResult, concepts };
    const text = 'not beyond chance, q = .200';
    assert.match(probeText(result), new RegExp(`${text}\n`, 'u'));
    const document = JSON.parse(JSON.stringify(resultDocument(result))) as {
      concepts: { euclidean: { verdict: unknown } }[];
    };
    assert.deepEqual(document.concepts[0]!.euclidean.verdict, { kind: 'not-beyond-chance', text });
    const table = resultTables(result).find(({ name }) => name === 'geometry.concepts.csv')!.text;
    assert.match(table, /,verdict \(Euclidean\)[,\r]/u);
    assert.ok(table.includes(`"${text}"`));
  });

  it('is explained in the docs, each in the order in which the rules apply', () => {
    const page = readFileSync(join(__dirname, '../../../docs/how-to-read-this.md'), 'utf8');
    const places = verdictRules.map(({ kind }) => page.indexOf(`\`${kind}\``));
    assert.ok(
      places.every((place) => place > 0),
      places.join(', '),
    );
    assert.deepEqual(
      [...places].sort((a, b) => a - b),
      places,
    );
  });
});
