import { t } from '@vscode/l10n';
import type { ConceptGeometry } from '../protocol/geometryResult';
import {
  droppedPairs,
  dropReason,
  keptPairs,
  type ConceptResult,
  type PairResult,
} from '../protocol/probeResult';
import { isolatedPair, isolatedPairLabel } from './isolated';
import { formatCosine, formatCount } from './numbers';

/** The one thing of a concept that deserves a look first. */
export interface LookAt {
  readonly pair: PairResult;
  /** "men → women stands apart: −0.03" */
  readonly text: string;
  /** Why, in a sentence. */
  readonly why: string;
}

/**
 * The first of these that the concept has: a pair whose difference outweighs all others together, the outlier farthest from
 * the mean, a dropped pair, the pair that contradicts the others most.
 */
export function lookAt(concept: ConceptResult, geometry: ConceptGeometry): LookAt | undefined {
  const pairs = keptPairs(concept);
  return (
    outweighing(pairs, geometry) ??
    outlier(pairs, geometry) ??
    dropped(concept) ??
    contradicting(pairs, geometry)
  );
}

function outweighing(pairs: readonly PairResult[], { norms }: ConceptGeometry): LookAt | undefined {
  if (pairs.length < 3) return undefined;
  const longest = norms.reduce((most, norm, at) => (norm > norms[most]! ? at : most), 0);
  const all = norms.reduce((sum, norm) => sum + norm, 0);
  const pair = pairs[longest]!;
  if (!(norms[longest]! > all - norms[longest]!)) return undefined;
  return {
    pair,
    text: t`${isolatedPairLabel(pair)} outweighs the rest`,
    why: t('Its difference is longer than all others together, so it decides the direction alone.'),
  };
}

function outlier(pairs: readonly PairResult[], { leaveOneOut }: ConceptGeometry): LookAt | undefined {
  const { outliers, cosines, mean } = leaveOneOut;
  const away = (at: number): number => Math.abs(cosines[at]! - (mean ?? 0));
  const [at] = [...outliers].sort((a, b) => away(b) - away(a));
  if (at === undefined) return undefined;
  const pair = pairs[at]!;
  return {
    pair,
    text: t`${isolatedPairLabel(pair)} stands apart: ${formatCosine(cosines[at]!)}`,
    why: t('Its leave-one-out cosine is an outlier: a modified z-score beyond 3.5.'),
  };
}

function dropped(concept: ConceptResult): LookAt | undefined {
  const [pair, ...others] = droppedPairs(concept);
  if (!pair) return undefined;
  const label = isolatedPairLabel(pair);
  return {
    pair,
    text:
      others.length === 0 ? t`${label} dropped` : t`${label} and ${formatCount(others.length)} more dropped`,
    why: `${label}: ${dropReason(isolatedPair(pair)) ?? ''}`,
  };
}

function contradicting(pairs: readonly PairResult[], { leaveOneOut }: ConceptGeometry): LookAt | undefined {
  const { cosines } = leaveOneOut;
  const at = cosines.reduce(
    (lowest, cosine, index) => (cosine < (cosines[lowest] ?? 0) ? index : lowest),
    -1,
  );
  const pair = pairs[at];
  if (!pair) return undefined;
  return {
    pair,
    text: t`${isolatedPairLabel(pair)} contradicts: ${formatCosine(cosines[at]!)}`,
    why: t('Its leave-one-out cosine is negative: it points against the direction of the others.'),
  };
}
