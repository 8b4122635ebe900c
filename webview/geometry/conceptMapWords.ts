import type { Matrix } from '../../src/geometry/matrix';
import { offDiagonal } from '../../src/geometry/offDiagonal';
import { capital, formatCosine, formatCount, sampleSize } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { sharingPairs, type DirectionChance } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { UiState } from '../state/uiState';
import type { ConceptMap } from './conceptMap';
import { equation } from '../../src/format/statistics';
import type { Asked } from '../../src/format/statisticsText';
import { distinguishedPairs, levelText } from '../../src/format/verdict';
import { isolated } from '../../src/format/isolated';

/* What the map across concepts says, in plain words. */

const meanings: Readonly<Record<ConceptMap['kind'], string>> = {
  directions: 'Between different concepts',
  differences: 'Between the differences of different concepts',
  control:
    'After a random linear map of the Euclidean directions, an inner product that knows nothing of the model,',
};

/** Mean and largest |cosine| off the diagonal. */
export function summaryOf({ kind, cosine, concepts, product }: ConceptMap): string {
  const beside = offDiagonal(cosine);
  if (!beside) return 'The cosines between these concepts are missing.';
  const [row, column] = beside.pair;
  return (
    `${meanings[kind]} the mean |cosine| is ${formatCosine(beside.mean)} and the largest ` +
    `${formatCosine(beside.largest)} (${isolated(concepts[row]!)} × ${isolated(concepts[column]!)}); 0 is orthogonal. ` +
    `${capital(product)}, ${sampleSize(concepts.length)} concepts.`
  );
}

/** How many pairs of concepts chance would not explain; what that is compared with, or why there is nothing. */
export function chanceSentence(map: ConceptMap, asked: Asked): string {
  if (map.kind === 'control')
    return 'Only what differs clearly from this map can be the merit of an inner product.';
  if (map.kind === 'differences') return 'These means are not tested against chance; the directions are.';
  if (!map.chance) return noChance(asked);
  const found = distinguished(map, map.chance);
  const all = testedPairs(map.chance);
  if (all === 0) return 'The comparison with random concepts is missing.';
  const pairs = `of ${plural(all, 'pair')} of concepts ${found.length === 1 ? 'is' : 'are'}`;
  const test =
    `${found.length === 0 ? 'None' : formatCount(found.length)} ${pairs} less orthogonal than random concepts of ` +
    `the same sizes at level ${levelText} (Benjamini–Hochberg)`;
  const [first] = found;
  const largest = first
    ? `; the largest is ${isolated(map.concepts[first.row]!)} × ${isolated(map.concepts[first.column]!)}, ${formatCosine(first.value)}`
    : '';
  return `${test}${largest}.${sharingSentence(map.sharedTokens)}`;
}

/** The same in the shortest form, for a map beside others. */
export function testedWords({ kind, chance }: ConceptMap): string {
  if (kind === 'control' || !chance) return 'Not compared with chance.';
  const all = testedPairs(chance);
  if (all === 0) return 'The comparison with random concepts is missing.';
  const found = distinguishedPairs(chance).length;
  return `${formatCount(found)} of ${plural(all, 'pair')} less orthogonal than random concepts.`;
}

function testedPairs({ q }: DirectionChance): number {
  // Each is there twice.
  return q.data.filter((value) => !Number.isNaN(value)).length / 2;
}

/** In which order several maps show the concepts. @param product of the map whose values decide */
export function orderWords(order: UiState['conceptOrder'], product: string): string {
  switch (order) {
    case 'file':
      return 'that of the file';
    case 'name':
      return 'by name';
    case 'size':
      return 'by pairs kept';
    case 'value':
      return `by mean cosine in the ${product} map`;
    case 'clustered':
      return `clustered by the ${product} map`;
  }
}

function sharingSentence(sharedTokens: Matrix): string {
  const sharing = sharingPairs(sharedTokens).length;
  if (sharing === 0) return '';
  const [have, are] = sharing === 1 ? ['has', 'is'] : ['have', 'are'];
  return (
    ` ${plural(sharing, 'pair')} of concepts ${have} tokens in common, and ${are} compared with random concepts ` +
    'that have as many in common, in the same roles.'
  );
}

/** Why nothing is compared with chance. */
export function noChance({ settings: { randomPairs, direction }, isEarly }: Asked): string {
  if (randomPairs === 0) return 'No random pairs were requested, so there is no chance to compare with.';
  if (direction === 'principal') return 'Principal directions are not tested against random concepts.';
  return isEarly
    ? 'The comparison with random concepts is being computed.'
    : 'There is no comparison with random concepts.';
}

/** Those of different concepts that chance would not explain, the largest |cosine| first. */
function distinguished({ cosine }: ConceptMap, chance: DirectionChance) {
  return distinguishedPairs(chance)
    .map(([row, column]) => ({ row, column, value: cosine.data[row * cosine.columns + column]! }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** The lines of a cell’s tooltip; positions are those of the result. */
export function describeCell(map: ConceptMap, result: ProbeResult, row: number, column: number): string[] {
  const { concepts, cosine, chance, sharedTokens, product, what } = map;
  const at = row * cosine.columns + column;
  const kept = (name: string) => result.concepts.find((concept) => concept.name === name)?.kept ?? 0;
  const [rowName, columnName] = [concepts[row]!, concepts[column]!];
  const isSelf = row === column;
  const sizes = isSelf
    ? `${sampleSize(kept(rowName))} pairs`
    : `${sampleSize(kept(rowName))} and ${formatCount(kept(columnName))} pairs`;
  const lines = [
    isSelf ? isolated(rowName) : `${isolated(rowName)} × ${isolated(columnName)}`,
    `${what} ${formatCosine(cosine.data[at]!)}, ${product}`,
  ];
  if (chance && !isSelf) {
    lines.push(
      `${equation('p', chance.p.data[at]!)}, ${equation('q', chance.q.data[at]!)}; ` +
        `95\u00a0% of random concepts lie below |${formatCosine(chance.quantile95.data[at]!)}|`,
    );
  }
  const shared = isSelf ? 0 : sharedTokens.data[at]!;
  return [...lines, shared === 0 ? sizes : `${sizes}, ${plural(shared, 'token')} in common`];
}
