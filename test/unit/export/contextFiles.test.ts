import assert from 'node:assert/strict';
import { contextDocuments, contextMatrices, contextTables } from '../../../src/export/contextFiles';
import { matrix } from '../../../src/geometry/matrix';
import type { AlignResult, MeasureResult } from '../../../src/protocol/contextResult';
import { sampleResult } from '../support/sampleResult';

const [{ euclidean: geometry }] = sampleResult.concepts as [(typeof sampleResult.concepts)[number]];
const numbers = (...values: number[]) => matrix(2, 2, Float64Array.from(values));

const alignment: AlignResult = {
  product: 'causal',
  sets: ['girls', 'French'].map((name) => ({ name, pairs: [], kept: 3, geometry })),
  concepts: ['gender', 'tense'],
  cosine: numbers(0.5, -0.25, 0.125, 0.75),
  p: numbers(0.01, 0.5, 0.25, 0.02),
  q: numbers(0.04, 0.5, 0.5, 0.04),
  random95: Float64Array.of(0.375, 0.3125),
  skipped: [],
};

const measurement: MeasureResult = {
  product: 'euclidean',
  sets: ['boys', 'girls'].map((label) => ({ label, given: 2, empty: 0, broken: 0, windowed: 0 })),
  concepts: [
    {
      name: 'gender',
      sets: [
        { label: 'boys', values: Float64Array.of(-1, -2) },
        { label: 'girls', values: Float64Array.of(3, 4) },
      ],
      separation: null,
    },
  ],
  skipped: [{ name: 'tense', reason: 'It has no pair.' }],
};

describe('files with the results on contexts', () => {
  const both = { alignment: [alignment], measurement: [measurement], categories: null };
  const none = { alignment: null, measurement: null, categories: null };

  it('contain what is open, in each inner product', () => {
    const documents = contextDocuments(both);
    assert.deepEqual(documents.alignment![0]!.cosine, [
      [0.5, -0.25],
      [0.125, 0.75],
    ]);
    assert.equal(documents.alignment![0]!.product, 'causal');
    assert.deepEqual(documents.measurement![0]!.concepts[0]!.sets[1], { label: 'girls', values: [3, 4] });
    assert.deepEqual(documents.measurement![0]!.skipped, measurement.skipped);
    assert.deepEqual([contextDocuments(none), contextTables(none), contextMatrices(none)], [{}, [], []]);
  });

  it('are tables with a line for each set and concept, and for each text', () => {
    const [cells, texts] = contextTables(both);
    assert.equal(cells!.name, 'geometry.alignment.causal.csv');
    assert.equal(cells!.text.split(/\r?\n/u)[2], 'girls,tense,-0.25,0.5,0.5,0.3125');
    assert.equal(texts!.name, 'geometry.measurement.euclidean.csv');
    assert.equal(texts!.text.split(/\r?\n/u)[3], 'gender,girls,1,3');
  });

  it('are matrices of sets by concepts, and of texts by concepts', () => {
    const [cosines, values] = contextMatrices(both);
    assert.deepEqual([cosines!.name, cosines!.values], ['geometry.alignment.causal', alignment.cosine]);
    assert.deepEqual([...values!.values.data], [-1, -2, 3, 4]);
    assert.deepEqual([values!.values.rows, values!.values.columns], [4, 1]);
  });
});
