import assert from 'node:assert/strict';
import { probeText } from '../../../src/cli/text/textReport';
import { resultDocument } from '../../../src/export/resultDocument';
import { resultTables } from '../../../src/export/resultTables';
import { conceptMetrics, meanLeaveOneOut, metricsOf } from '../../../src/format/conceptMetrics';
import { productName } from '../../../src/format/numbers';
import { conceptFormulas } from '../../../src/geometry/conceptFormulas';
import { innerProducts } from '../../../src/protocol/geometryResult';
import { sampleResult } from '../support/sampleResult';

const { concepts } = sampleResult;

/** Every metric of every concept in both products. */
const cases = conceptMetrics.flatMap((metric) =>
  innerProducts.flatMap((product) =>
    concepts.map((concept, index) => {
      const value = metric.value(concept[product]!);
      return { metric, product, index, value, what: `${metric.csv} of ${concept.name}, ${product}` };
    }),
  ),
);

describe('the table of concept metrics', () => {
  it('names and explains each, with a column of its own', () => {
    for (const { label, csv, explain } of conceptMetrics) {
      assert.match(label, /^\S.*[^.]$/u);
      assert.match(explain, /^\S.{20,}[^.]$/u, label);
      assert.match(csv, /^[\w -]+$/u, label);
    }
    assert.equal(new Set(conceptMetrics.map(({ csv }) => csv)).size, conceptMetrics.length);
    const places = conceptMetrics.map(({ key, selfPairs }) => `${key} ${String(selfPairs)}`);
    assert.equal(new Set(places).size, conceptMetrics.length);
  });

  it('has every number of the formulas', () => {
    const [concept] = concepts;
    for (const name of Object.keys(conceptFormulas)) {
      const changed = { ...concept!.euclidean, [name]: 12.5 };
      assert.equal(conceptMetrics.filter(({ value }) => value(changed) === 12.5).length, 1, name);
    }
  });

  it('has the values that the JSON document has at their keys', () => {
    const documents = [false, true].map((includeSelf) => resultDocument(sampleResult, { includeSelf }));
    for (const { metric, product, index, value, what } of cases) {
      const document = documents[metric.selfPairs === true ? 1 : 0]!;
      const found = metric.key
        .split('.')
        .reduce<unknown>(
          (part, key) => (part as Record<string, unknown> | null)?.[key] ?? null,
          document.concepts[index]![product],
        );
      assert.equal(found, value, what);
    }
  });

  it('has the values of the CSV table, in its order', () => {
    const table = resultTables(sampleResult).find(({ name }) => name === 'geometry.concepts.csv')!;
    const [header, ...rows] = table.text.split('\r\n').map((line) => line.replace('male, ', '').split(','));
    assert.deepEqual(
      header,
      ['concept', 'given', 'kept'].concat(
        ...innerProducts.map((product) =>
          [...conceptMetrics.map(({ csv }) => csv), 'verdict'].map(
            (column) => `${column} (${productName(product)})`,
          ),
        ),
      ),
    );
    for (const { metric, product, index, value, what } of cases) {
      const column = header.indexOf(`${metric.csv} (${productName(product)})`);
      assert.equal(rows[index]![column], value === null ? '' : String(value), what);
    }
  });

  it('has the values of the text report, formatted', () => {
    for (const includeSelf of [false, true]) {
      const metrics = metricsOf('terminal', includeSelf);
      const blocks = probeText(sampleResult, includeSelf).split('\n\n');
      for (const product of innerProducts) {
        const block = blocks.find((text) => text.includes(`differences, ${productName(product)}`))!;
        const [header, ...rows] = block
          .split('\n')
          .slice(1)
          .map((line) => line.trim().split(/ {2,}/u));
        assert.deepEqual(
          header,
          ['Concept', 'Kept'].concat(
            ...metrics.map(({ terminal }) => terminal.map(({ heading }) => heading)),
            'Verdict',
          ),
        );
        for (const { terminal, format, value, label } of metrics) {
          const column = header.indexOf(terminal[0]!.heading);
          concepts.forEach((concept, index) => {
            assert.equal(
              rows[index]![column],
              format(value(concept[product]!)),
              `${label} of ${concept.name}`,
            );
          });
        }
      }
    }
  });

  it('has an interval and random pairs next to the mean leave-one-out cosine, or a dash', () => {
    const texts = concepts.map(({ euclidean }) =>
      meanLeaveOneOut.terminal!.map(({ text }) => text?.(euclidean)),
    );
    assert.deepEqual(texts, [
      [undefined, '0.50 … 0.88', '−0.13 ± 0.06'],
      [undefined, '–', '–'],
    ]);
  });

  it('shows means with self-pairs in place of those without', () => {
    for (const place of ['terminal', 'figure'] as const) {
      const [without, withSelf] = [false, true].map((selfPairs) => metricsOf(place, selfPairs));
      assert.equal(without!.length, withSelf!.length, place);
      const geometry = concepts[0]!.euclidean;
      assert.deepEqual([without![0]!.value(geometry), withSelf![0]!.value(geometry)], [0.25, 0.625]);
    }
  });

  it('says what a number is based on, or why there is none', () => {
    const { details } = conceptMetrics.find(({ key }) => key === 'permutation.p')!;
    const [two, one] = concepts.map(({ euclidean }) => details!(euclidean, sampleResult));
    assert.match(two!, /q changes when another concept does/u);
    assert.match(
      two!,
      /With fewer than 5 pairs there is no verdict, whatever p is\.$/u,
      'as the verdict says',
    );
    assert.match(two!, /All 2 permutations of 2 pairs; smallest p possible \.5\. p = \.500, q = 1 /u);
    assert.match(one!, /needs two pairs/u);
    assert.match(meanLeaveOneOut.details!(concepts[0]!.euclidean, sampleResult), /2,000 resamples/u);
  });
});
