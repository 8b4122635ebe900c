import { exactRun, implicitBias, onePair } from './theoremExperiments';
import { logOdds } from './logOdds';

/** A theorem of J tried out: plain data. */
export interface TheoremCheck {
  readonly theorem: string;
  readonly prediction: string;
  readonly measured: readonly { readonly name: string; readonly value: number }[];
  readonly holds: boolean;
  /** What was found, in words. */
  readonly verdict: string;
}

/** One check each; a few seconds together. */
export const theoremChecks: Readonly<Record<string, (seed: number) => TheoremCheck>> = {
  'Theorem 3': theorem3,
  'Theorem 4': (seed) => implicitBiasCheck('Theorem 4', seed, false),
  'Theorem 5': (seed) => implicitBiasCheck('Theorem 5', seed, true),
  'Theorem 12': theorem12,
};

function theorem3(seed: number): TheoremCheck {
  const run = exactRun(seed, { concepts: 3, edges: [], conditionals: [0.1, 0.4] });
  const [f, g] = [run.embeddings(), run.unembeddings()];
  const odds = [0, 1, 2].map((concept) => logOdds(run.world, f, g, concept));
  const deviation = Math.max(...odds.map((one) => one.deviation));
  const overall = Math.max(...odds.map((one) => one.deviationOverall));
  const projected = Math.min(...odds.map(({ projectedCosine }) => projectedCosine));
  return checkOf(
    'Theorem 3',
    'Where the learned log-odds of a concept are the true ones, its unembedding steering vectors are parallel.',
    {
      'greatest deviation of log-odds, tokens that agree with the context': deviation,
      'greatest deviation of log-odds, all tokens': overall,
      'least mean cosine of projected steering vectors': projected,
    },
    deviation < 0.05 && projected > 0.99,
    `Three independent concepts, exact gradient: on the tokens that agree with the context the log-odds are matched to ${deviation.toFixed(4)}, and the steering vectors have a mean cosine of at least ${projected.toFixed(4)}.`,
  );
}

function implicitBiasCheck(theorem: string, seed: number, trainEmbeddings: boolean): TheoremCheck {
  const [first, middle, last] = implicitBias(seed, trainEmbeddings);
  const rises = last.u > middle.u && middle.u > first.u;
  const grows = last.meanNorm > middle.meanNorm && middle.meanNorm > first.meanNorm;
  const aligned = last.u > 0.99 && (!trainEmbeddings || last.ue > 0.99);
  return checkOf(
    theorem,
    trainEmbeddings
      ? 'With contexts trained as well, steering vectors turn towards each other and towards f1 − f0, and norms grow.'
      : 'With two contexts fixed, gradient descent on the exponential loss turns all steering vectors in one direction, and norms grow.',
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
    `After ${last.step} steps the mean cosine is ${last.u.toFixed(4)}${trainEmbeddings ? `, that with f1 − f0 ${last.ue.toFixed(4)}` : ''}; norms went from ${first.meanNorm.toFixed(2)} to ${last.meanNorm.toFixed(2)}.`,
  );
}

function theorem12(seed: number): TheoremCheck {
  const points = onePair(seed);
  const [first, last] = [points[0]!, points.at(-1)!];
  const rises = points.every(({ cosine }, i) => i === 0 || cosine >= points[i - 1]!.cosine - 1e-12);
  return checkOf(
    'Theorem 12',
    'For one pair with loss exp(−uᵀv) and a rate below 1 / loss(0), cos(u, v) rises at every step towards 1 while both norms grow.',
    {
      'cosine at the start': first.cosine,
      'cosine at the end': last.cosine,
      'norm at the start': first.norm,
      'norm at the end': last.norm,
      'loss at the end': last.loss,
    },
    rises && last.cosine > 0.99 && last.norm > first.norm,
    `The cosine ${rises ? 'never fell' : 'fell'} in ${last.step} steps and went from ${first.cosine.toFixed(3)} to ${last.cosine.toFixed(4)}.`,
  );
}

function checkOf(
  theorem: string,
  prediction: string,
  measured: Readonly<Record<string, number>>,
  holds: boolean,
  found: string,
): TheoremCheck {
  return {
    ...{ theorem, prediction, holds },
    measured: Object.entries(measured).map(([name, value]) => ({ name, value })),
    verdict: `${holds ? 'Holds' : 'Does not hold here'}. ${found}`,
  };
}
