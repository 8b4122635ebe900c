import { conceptMetrics, counts } from '../format/conceptMetrics';
import { verdictOf } from '../format/conceptVerdict';
import type { Asked } from '../format/statisticsText';
import type { ConceptNumbers } from '../geometry/conceptFormulas';
import type { ConceptGeometry, DirectionGeometry, Histogram, Spread } from '../protocol/geometryResult';
import { dropReason, type ConceptResult, type ProbeResult } from '../protocol/probeResult';
import { cosineWithDirection, positionedPairs } from './pairNumbers';
import { definedOrNull, nested, plain } from './plainNumbers';

/**
 * Incremented when a field is removed or changes its meaning. 2: a pair's cosine is an object with one value per inner
 * product.
 */
const schema = 2;

/** The JSON document of a result: the contract of `concept-probe probe --json`. Undefined numbers are `null`. */
export function resultDocument(result: ProbeResult, { includeSelf = false } = {}) {
  const { concepts, directions, ...head } = result;
  const { allRows, ...settings } = result.settings;
  const isPadded = allRows || (result.model.rowsWithoutToken ?? 0) > 0;
  const hasEuclidean = settings.products.includes('euclidean');
  return {
    schema,
    ...head,
    // Included only if it makes a difference.
    settings: { ...settings, includeSelf, ...(isPadded && { allRows }) },
    concepts: concepts.map((concept) => conceptDocument(concept, result, includeSelf)),
    directions: {
      ...(hasEuclidean && { euclidean: directionDocument(directions.euclidean, includeSelf) }),
      ...(directions.causal && { causal: directionDocument(directions.causal, includeSelf) }),
      control: { concepts: directions.euclidean.concepts, cosine: nested(directions.control) },
    },
  };
}

function conceptDocument(concept: ConceptResult, asked: Asked, includeSelf: boolean) {
  const { name, note, given, kept, euclidean, causal } = concept;
  const hasEuclidean = asked.settings.products.includes('euclidean');
  return {
    name,
    ...(note !== undefined && { note }),
    given,
    kept,
    pairs: positionedPairs(concept).map(({ pair, position }) => ({
      ...pair,
      cosine: {
        ...(hasEuclidean && { euclidean: cosineWithDirection(euclidean, position) }),
        ...(causal && { causal: cosineWithDirection(causal, position) }),
      },
      reason: dropReason(pair) ?? null,
    })),
    ...(hasEuclidean && { euclidean: geometryDocument(euclidean, asked, includeSelf) }),
    ...(causal && { causal: geometryDocument(causal, asked, includeSelf) }),
  };
}

/** Without the pair × pair map, which `--csv` and `--npy` write. */
function geometryDocument(geometry: ConceptGeometry, asked: Asked, includeSelf: boolean) {
  const { leaveOneOut, random, permutation } = geometry;
  const { meanCosine, ...others } = numbersDocument(geometry, includeSelf);
  const { kind, text } = verdictOf(geometry, asked);
  return {
    verdict: { kind, text },
    meanCosine,
    leaveOneOut: {
      ...leaveOneOut,
      cosines: plain(leaveOneOut.cosines),
      projections: plain(leaveOneOut.projections),
    },
    withDirection: plain(geometry.withDirection),
    norms: plain(geometry.norms),
    ...others,
    random: random && {
      ...spreadDocument(random.projection),
      pairs: random.pairs,
      tokens: random.tokens,
      cosine: spreadDocument(random.cosine),
      normMatched: random.normMatched && spreadDocument(random.normMatched),
    },
    permutation,
  };
}

/** The metrics that are not part of a nested object. */
function numbersDocument(
  geometry: ConceptGeometry,
  includeSelf: boolean,
): Omit<ConceptNumbers, 'meanCosineWithSelf'> {
  const metrics = conceptMetrics.filter((metric) => !metric.key.includes('.') && counts(metric, includeSelf));
  return Object.fromEntries(metrics.map(({ key, value }) => [key, value(geometry)])) as ReturnType<
    typeof numbersDocument
  >;
}

function directionDocument(geometry: DirectionGeometry, includeSelf: boolean) {
  const { concepts, cosine, differenceCosine, differenceSelfCosine, offDiagonal, sharedTokens, chance } =
    geometry;
  return {
    concepts,
    cosine: nested(cosine),
    differenceCosine: nested(differenceCosine).map((values, i) =>
      includeSelf ? values.with(i, definedOrNull(differenceSelfCosine[i]!)) : values,
    ),
    offDiagonal,
    sharedTokens: nested(sharedTokens),
    chance: chance && {
      p: nested(chance.p),
      q: nested(chance.q),
      quantile95: nested(chance.quantile95),
      resolution: chance.resolution,
    },
  };
}

function spreadDocument({ mean, sd, histogram }: Spread) {
  return { mean: definedOrNull(mean), sd: definedOrNull(sd), histogram: histogramDocument(histogram) };
}

function histogramDocument({ from, to, counts }: Histogram) {
  return { from, to, counts: [...counts] };
}
