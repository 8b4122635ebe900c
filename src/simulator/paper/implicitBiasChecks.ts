import { t } from '@vscode/l10n';
import type { OnePairPoint } from './onePair';
import { theoremCheck, type TheoremCheck } from './theoremCheck';
import type { TwoContextsSnapshot } from './twoContexts';

/** J, Theorem 4, or Theorem 5 if the embeddings were trained too. @param snapshots at the start, halfway and at the end */
export function twoContextsCheck(
  trainEmbeddings: boolean,
  [first, middle, last]: readonly [TwoContextsSnapshot, TwoContextsSnapshot, TwoContextsSnapshot],
): TheoremCheck {
  const rises = last.u > middle.u && middle.u > first.u;
  const grows = last.meanNorm > middle.meanNorm && middle.meanNorm > first.meanNorm;
  const aligned = last.u > 0.99 && (!trainEmbeddings || last.ue > 0.99);
  return theoremCheck(
    trainEmbeddings ? 'Theorem 5' : 'Theorem 4',
    trainEmbeddings
      ? t(
          'With contexts trained as well, steering vectors turn towards each other and towards f1 − f0, and norms grow.',
        )
      : t(
          'With two contexts fixed, gradient descent on the exponential loss turns all steering vectors in one direction, and norms grow.',
        ),
    {
      'mean cosine at the start': first.u,
      'mean cosine halfway': middle.u,
      'mean cosine at the end': last.u,
      ...(trainEmbeddings ? { 'mean cosine with f1 − f0': last.ue } : {}),
      'mean norm at the start': first.meanNorm,
      'mean norm at the end': last.meanNorm,
      'loss at the end': last.loss,
    },
    rises && grows && aligned,
    trainEmbeddings
      ? t`After ${last.step} steps the mean cosine is ${last.u.toFixed(4)}, that with f1 − f0 ${last.ue.toFixed(4)}; norms went from ${first.meanNorm.toFixed(2)} to ${last.meanNorm.toFixed(2)}.`
      : t`After ${last.step} steps the mean cosine is ${last.u.toFixed(4)}; norms went from ${first.meanNorm.toFixed(2)} to ${last.meanNorm.toFixed(2)}.`,
  );
}

/** J, Theorem 12. @param points one per step */
export function onePairCheck(points: readonly OnePairPoint[]): TheoremCheck {
  const [first, last] = [points[0]!, points.at(-1)!];
  const rises = points.every(({ cosine }, i) => i === 0 || cosine >= points[i - 1]!.cosine - 1e-12);
  return theoremCheck(
    'Theorem 12',
    t(
      'For one pair with loss exp(−uᵀv) and a rate below 1 / loss(0), cos(u, v) rises at every step towards 1 while both norms grow.',
    ),
    {
      'cosine at the start': first.cosine,
      'cosine at the end': last.cosine,
      'norm at the start': first.norm,
      'norm at the end': last.norm,
      'loss at the end': last.loss,
    },
    rises && last.cosine > 0.99 && last.norm > first.norm,
    rises
      ? t`The cosine never fell in ${last.step} steps and went from ${first.cosine.toFixed(3)} to ${last.cosine.toFixed(4)}.`
      : t`The cosine fell in ${last.step} steps and went from ${first.cosine.toFixed(3)} to ${last.cosine.toFixed(4)}.`,
  );
}
