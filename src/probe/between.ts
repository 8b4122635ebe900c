import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import { cosinesOf, unitBlocks } from '../geometry/crossCosines';
import { differences } from '../geometry/differences';
import { meanCrossCosine, summarizeDifferences } from '../geometry/parallelism';
import type { Model } from '../model/model';
import type { BetweenProduct, BetweenRequest, BetweenResult, BetweenSide } from '../protocol/betweenResult';
import { largestPairMap } from '../protocol/geometryResult';
import { keptPairs } from '../protocol/probeResult';
import type { ReportProgress } from '../protocol/progress';
import type { ModelGeometry } from './modelGeometry';
import { readPairs } from './words/readPairs';
import type { TokenizedConcept } from './words/tokenizeConcepts';

/**
 * The cosine of every difference of one concept with every difference of another, in each inner product (Jiang et al. 2403.03867,
 * Fig. 3, before its mean).
 *
 * @throws UserError if there is no such concept, or one keeps no pair; ModelError if the model cannot be read
 */
export async function between(
  model: Model,
  geometry: ModelGeometry,
  request: BetweenRequest,
  progress: ReportProgress,
): Promise<BetweenResult> {
  const euclidean = await geometry.source('euclidean', null, progress);
  const wanted = [request.a, request.b].map((name) => {
    const found = request.concepts.find((concept) => concept.name === name);
    if (found) return found;
    const names = request.concepts.map((concept) => concept.name).join(', ');
    throw new UserError(t`There is no concept “${name}”; there are ${names}.`);
  });
  const { tokenized, concepts, raw } = await readPairs(model, euclidean, { ...request, concepts: wanted });
  const [a, b] = tokenized.map(sideOf) as [BetweenSide, BetweenSide];
  const deltas = concepts.map(({ pairs }) => differences(raw, pairs));
  const products: BetweenProduct[] = [];
  for (const product of request.products) {
    const source = await geometry.source(product, request.settings.ridge, progress);
    const [ofA, ofB] = await source.mapped(deltas);
    const mean = meanCrossCosine(summarizeDifferences(ofA!), summarizeDifferences(ofB!));
    const cosine = cosinesOf(
      await geometry.algebra.multiply(unitBlocks(ofA!, a.pairsPerCell), unitBlocks(ofB!, b.pairsPerCell)),
    );
    products.push({ product, cosine, mean: Number.isNaN(mean) ? null : mean });
  }
  return { a, b, products };
}

function sideOf({ name, pairs }: TokenizedConcept): BetweenSide {
  const kept = keptPairs({ pairs }).map(({ base, target }) => ({ base, target }));
  if (kept.length === 0) throw new UserError(t`“${name}” keeps no pair, so there is nothing to compare.`);
  return { concept: name, pairs: kept, pairsPerCell: Math.ceil(kept.length / largestPairMap) };
}
