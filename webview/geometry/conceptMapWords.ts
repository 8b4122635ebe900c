import { t } from '@vscode/l10n';
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

/** Mean and largest |cosine| off the diagonal. */
export function summaryOf({ kind, cosine, concepts, product }: ConceptMap): string {
  const beside = offDiagonal(cosine);
  if (!beside) return t('The cosines between these concepts are missing.');
  const [row, column] = beside.pair;
  const found = {
    mean: formatCosine(beside.mean),
    largest: `${formatCosine(beside.largest)} (${isolated(concepts[row]!)} × ${isolated(concepts[column]!)})`,
  };
  return `${meanWords(kind, found)} ${t`${capital(product)}, ${sampleSize(concepts.length)} concepts.`}`;
}

function meanWords(kind: ConceptMap['kind'], { mean, largest }: { mean: string; largest: string }): string {
  switch (kind) {
    case 'directions':
      return t`Between different concepts the mean |cosine| is ${mean} and the largest ${largest}; 0 is orthogonal.`;
    case 'differences':
      return t`Between the differences of different concepts the mean |cosine| is ${mean} and the largest ${largest}; 0 is orthogonal.`;
    case 'control':
      return t`After a random linear map of the Euclidean directions, an inner product that knows nothing of the model, the mean |cosine| is ${mean} and the largest ${largest}; 0 is orthogonal.`;
  }
}

/** How many pairs of concepts chance would not explain; what that is compared with, or why there is nothing. */
export function chanceSentence(map: ConceptMap, asked: Asked): string {
  if (map.kind === 'control')
    return t('Only what differs clearly from this map can be the merit of an inner product.');
  if (map.kind === 'differences') return t('These means are not tested against chance; the directions are.');
  if (!map.chance) return noChance(asked);
  const found = distinguished(map, map.chance);
  const all = testedPairs(map.chance);
  if (all === 0) return t('The comparison with random concepts is missing.');
  const [n, pairs] = [formatCount(found.length), plural(all, 'pair')];
  const test =
    all === 1
      ? found.length === 0
        ? t`Chance can explain the cosine of the two concepts: it is not beyond those of random concepts of the same sizes at level ${levelText} (Benjamini–Hochberg)`
        : t`The pair of concepts is less orthogonal than random concepts of the same sizes at level ${levelText} (Benjamini–Hochberg)`
      : found.length === 0
        ? t`None of ${pairs} of concepts are less orthogonal than random concepts of the same sizes at level ${levelText} (Benjamini–Hochberg)`
        : found.length === 1
          ? t`${n} of ${pairs} of concepts is less orthogonal than random concepts of the same sizes at level ${levelText} (Benjamini–Hochberg)`
          : t`${n} of ${pairs} of concepts are less orthogonal than random concepts of the same sizes at level ${levelText} (Benjamini–Hochberg)`;
  const [first] = found;
  const sentence = first
    ? t`${test}; the largest is ${isolated(map.concepts[first.row]!)} × ${isolated(map.concepts[first.column]!)}, ${formatCosine(first.value)}.`
    : `${test}.`;
  return [sentence, ...sharingSentence(map.sharedTokens)].join(' ');
}

/** The same in the shortest form, for a map beside others. */
export function testedWords({ kind, chance }: ConceptMap): string {
  if (kind === 'control' || !chance) return t('Not compared with chance.');
  const all = testedPairs(chance);
  if (all === 0) return t('The comparison with random concepts is missing.');
  const found = distinguishedPairs(chance).length;
  return t`${formatCount(found)} of ${plural(all, 'pair')} less orthogonal than random concepts.`;
}

function testedPairs({ q }: DirectionChance): number {
  // Each is there twice.
  return q.data.filter((value) => !Number.isNaN(value)).length / 2;
}

/** In which order several maps show the concepts. @param product of the map whose values decide */
export function orderWords(order: UiState['conceptOrder'], product: string): string {
  switch (order) {
    case 'file':
      return t('that of the file');
    case 'name':
      return t('by name');
    case 'size':
      return t('by pairs kept');
    case 'value':
      return t`by mean cosine in the ${product} map`;
    case 'clustered':
      return t`clustered by the ${product} map`;
  }
}

function sharingSentence(sharedTokens: Matrix): string[] {
  const sharing = sharingPairs(sharedTokens).length;
  if (sharing === 0) return [];
  const pairs = plural(sharing, 'pair');
  return [
    sharing === 1
      ? t`${pairs} of concepts has tokens in common, and is compared with random concepts that have as many in common, in the same roles.`
      : t`${pairs} of concepts have tokens in common, and are compared with random concepts that have as many in common, in the same roles.`,
  ];
}

/** Why nothing is compared with chance. */
export function noChance({ settings: { randomPairs, direction }, isEarly }: Asked): string {
  if (randomPairs === 0) return t('No random pairs were requested, so there is no chance to compare with.');
  if (direction === 'principal') return t('Principal directions are not tested against random concepts.');
  return isEarly
    ? t('The comparison with random concepts is being computed.')
    : t('There is no comparison with random concepts.');
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
    ? t`${sampleSize(kept(rowName))} pairs`
    : t`${sampleSize(kept(rowName))} and ${formatCount(kept(columnName))} pairs`;
  const lines = [
    isSelf ? isolated(rowName) : `${isolated(rowName)} × ${isolated(columnName)}`,
    `${what} ${formatCosine(cosine.data[at]!)}, ${product}`,
  ];
  if (chance && !isSelf) {
    lines.push(
      t`${equation('p', chance.p.data[at]!)}, ${equation('q', chance.q.data[at]!)}; 95\u00a0% of random concepts lie below |${formatCosine(chance.quantile95.data[at]!)}|`,
    );
  }
  const shared = isSelf ? 0 : sharedTokens.data[at]!;
  return [...lines, shared === 0 ? sizes : t`${sizes}, ${plural(shared, 'token')} in common`];
}
