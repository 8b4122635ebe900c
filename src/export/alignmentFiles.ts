import { row, type Matrix } from '../geometry/matrix';
import type { AlignResult } from '../protocol/contextResult';
import type { Cell } from './csv';

/** The part of the JSON document that an alignment is: a row for each set, a column for each concept. */
export function alignmentDocument({ sets, concepts, cosine, p, q, random95, skipped }: AlignResult) {
  const rows = (of: Matrix): number[][] => sets.map((_, i) => [...row(of, i)]);
  return {
    sets: sets.map(({ name }) => name),
    concepts,
    cosine: rows(cosine),
    p: rows(p),
    q: rows(q),
    random95: [...random95],
    contexts: sets.map(({ name, pairs, kept, geometry }) => ({
      ...{ name, kept, pairs },
      leaveOneOut: {
        mean: geometry.leaveOneOut.mean,
        interval: geometry.leaveOneOut.interval,
        cosines: [...geometry.leaveOneOut.cosines],
      },
      ...{ meanCosine: geometry.meanCosine, permutation: geometry.permutation },
    })),
    skipped,
  };
}

/** A line for each set and concept. */
export function alignmentTable({ sets, concepts, cosine, p, q, random95 }: AlignResult): Cell[][] {
  return [
    ['set', 'concept', 'cosine', 'p', 'q', 'random 95 %'],
    ...sets.flatMap(({ name }, i) =>
      concepts.map((concept, c): Cell[] => [
        ...[name, concept],
        ...[row(cosine, i)[c]!, row(p, i)[c]!, row(q, i)[c]!, random95[c]!],
      ]),
    ),
  ];
}
