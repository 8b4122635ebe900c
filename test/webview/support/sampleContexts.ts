import { matrix } from '../../../src/geometry/matrix';
import { separation } from '../../../src/geometry/separation';
import type { AlignedSet, AlignResult, MeasureResult } from '../../../src/protocol/contextResult';
import type { InnerProduct } from '../../../src/protocol/geometryResult';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { normal, randomNumbers } from './randomNumbers';
import { sampleGeometry } from './sampleGeometry';

const hidden = 24;

/** Labelled contexts in which the first concept differs much, and the others little; some contexts have no word. */
export function sampleMeasurement(
  { concepts }: ProbeResult,
  {
    labels = ['boys', 'girls'],
    count = 20,
    product = 'causal',
    empty = 0,
  }: {
    labels?: readonly string[];
    count?: number;
    product?: InnerProduct;
    empty?: number;
  } = {},
): MeasureResult {
  const random = randomNumbers(product === 'causal' ? 31 : 37);
  return {
    product,
    sets: labels.map((label, set) => ({
      ...{ label, given: count, broken: 0, windowed: set === 1 ? 1 : 0 },
      empty: set === 0 ? empty : 0,
    })),
    concepts: concepts.map(({ name }, c) => {
      const sets = labels.map((label, set) => ({
        label,
        values: Float64Array.from({ length: count }, (_, i) =>
          set === 0 && i < empty ? NaN : normal(random) + 3 + (c === 0 ? 2.5 * set : 0.2 * set),
        ),
      }));
      const [first, second] = sets.map(({ values }) => values.filter((value) => !Number.isNaN(value)));
      return { name, sets, separation: first && second ? separation(first, second) : null };
    }),
    skipped: [],
  };
}

/** Sets of context pairs, the first with the name of the first concept, with which it aligns. */
export function sampleAlignment(
  { concepts }: ProbeResult,
  {
    names = [concepts[0]!.name, 'English → French'],
    count = 12,
    product = 'causal',
  }: {
    names?: readonly string[];
    count?: number;
    product?: InnerProduct;
  } = {},
): AlignResult {
  const random = randomNumbers(product === 'causal' ? 41 : 43);
  const n = concepts.length;
  const values = (of: (set: number, concept: number) => number) =>
    matrix(
      names.length,
      n,
      Float64Array.from({ length: names.length * n }, (_, at) => of(Math.floor(at / n), at % n)),
    );
  return {
    product,
    sets: names.map((name, set) => sampleSet(name, set, count, random)),
    concepts: concepts.map(({ name }) => name),
    skipped: [],
    cosine: values((set, c) =>
      set === 0 && c === 0 ? 0.43 : Math.max(-0.3, Math.min(0.3, 0.06 * normal(random))),
    ),
    p: values((set, c) => (set === 0 && c === 0 ? 0.0002 : 0.2 + 0.7 * random())),
    q: values((set, c) => (set === 0 && c === 0 ? 0.004 : 0.9)),
    random95: Float64Array.from({ length: n }, () => 0.1 + 0.02 * random()),
  };
}

function sampleSet(name: string, set: number, count: number, random: () => number): AlignedSet {
  const own = Float64Array.from({ length: hidden }, () => normal(random));
  const words = new Float32Array(2 * count * hidden);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < hidden; j++) {
      const base = normal(random);
      words[2 * i * hidden + j] = base;
      words[(2 * i + 1) * hidden + j] = base + own[j]! + 0.8 * normal(random);
    }
  }
  const { geometry } = sampleGeometry(matrix(2 * count, hidden, words), true);
  const kept = Array.from({ length: count }, (_, i) => ({
    base: `Once upon a time there was a little boy named Tim ${i} who liked to play with his`,
    target: `Once upon a time there was a little girl named Sue ${i} who liked to play with her`,
    dropped: null,
    windowed: i === 0,
  }));
  const same = { base: 'One day.', target: 'One day.', dropped: 'same' as const, windowed: false };
  return { name, pairs: set === 0 ? [...kept, same] : kept, kept: count, geometry };
}
