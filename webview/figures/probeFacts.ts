import { t } from '@vscode/l10n';
import { version } from '../../package.json';
import type { FigureFacts } from '../../src/format/figureCaption';
import { formatCosine, formatCount, productName, sampleSize } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { equation } from '../../src/format/statistics';
import type { ConceptGeometry, RandomComparison, Spread } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { drawsIn } from '../charts/histogram';
import type { ExperimentResult } from '../../src/simulator/experiments/experimentPoints';
import { dimensionOf, type SimulationConfig } from '../../src/simulator/config/simulationConfig';

/** What only the view knows. */
type OwnFacts = Pick<FigureFacts, 'title' | 'product' | 'n' | 'comparedWith' | 'notes'>;

/** The facts of a figure of probed concepts. */
export function probeFacts({ model, seed, version: probed }: ProbeResult, own: OwnFacts): FigureFacts {
  return {
    ...own,
    model: model.name,
    precision: `${model.head.elementType}, ${model.file}`,
    seed,
    version: probed,
  };
}

/** The facts of a figure of a simulation. */
export function simulationFacts(
  { config, runs }: { readonly config: SimulationConfig; readonly runs: number },
  own: Pick<FigureFacts, 'title' | 'notes'>,
): FigureFacts {
  return {
    ...own,
    model: t`simulated latent model of ${plural(config.concepts, 'concept')} in ${plural(dimensionOf(config), 'dimension')}`,
    precision: 'float32',
    product: productName('euclidean'),
    n: runs === 1 ? t`${sampleSize(runs)} run` : t`${sampleSize(runs)} runs`,
    comparedWith: null,
    seed: config.seed,
    version,
  };
}

/** The facts of a figure of an experiment. */
export function sweepFacts(
  { seed, points }: ExperimentResult,
  own: Pick<FigureFacts, 'title' | 'notes'>,
): FigureFacts {
  return {
    ...own,
    model: t('simulated latent models'),
    precision: 'float32',
    product: productName('euclidean'),
    n: t`${sampleSize(points[0]!.runs.length)} runs of each point`,
    comparedWith: null,
    seed,
    version,
  };
}

/** The random pairs that a concept's pairs are compared with, with their mean and standard deviation. */
export function randomPairsText({ tokens }: RandomComparison, spread: Spread): string {
  const { mean, sd, histogram } = spread;
  const [pairs, values] = [drawsIn(histogram), `${formatCosine(mean)}\u00a0±\u00a0${formatCosine(sd)}`];
  return t`${formatCount(pairs)} random pairs of ${formatCount(tokens)} tokens: ${values}`;
}

/** The permutation test that a concept's pairs are compared with. */
export function permutationFacts({ permutation }: ConceptGeometry): string | null {
  if (!permutation) return null;
  const { permutations, p, q } = permutation;
  const found = `${equation('p', p)}${Number.isNaN(q) ? '' : `, ${equation('q', q)}`}`;
  return t`the same words paired at random (${plural(permutations, 'permutation')}): ${found}`;
}
