import { meanInterval } from '../../geometry/bootstrapInterval';
import { randomSource } from '../../geometry/random';
import { combined, slopeWeights } from '../../geometry/slope';
import { fewestForInterval } from '../../protocol/geometryResult';
import type { ComparedModel, ManyModelsRequest, Slope, Trend } from '../../protocol/manyModels';
import { streamOf, streams } from '../geometry/streams';
import type { MeasuredProduct } from './measureModel';

/**
 * How the means change with the number of parameters, over the models of which it is known. The models are fixed: intervals are
 * over pairs for a concept, and over concepts for their mean.
 *
 * @param shared the concepts with a mean in every model
 */
export function trendOf(
  measured: readonly (MeasuredProduct & { readonly row: number })[],
  shared: readonly number[],
  rows: readonly ComparedModel[],
  { concepts, settings, seed }: ManyModelsRequest,
  isKept: readonly (readonly boolean[])[],
): Trend | null {
  const known = measured.filter(({ row }) => rows[row]!.parameters !== null);
  const weights = slopeWeights(known.map(({ row }) => Math.log10(rows[row]!.parameters!)));
  if (!weights) return null;
  const slopeOf = (index: number): Slope | null => {
    const means = known.map((model) => model.concepts[index]!);
    const slope = dot(
      weights,
      means.map(({ common }) => common),
    );
    if (Number.isNaN(slope)) return null;
    if (means.some(({ interval }) => interval === null)) return { slope, interval: null };
    // The interval depends on the words that count, not on where their concept is in the file.
    const words = concepts[index]!.pairs.filter((_, i) => isKept[index]![i]);
    const random = randomSource(seed, streamOf('trend', JSON.stringify(words)));
    const contributions = combined(
      weights,
      means.map(({ influences }) => influences),
    );
    return {
      slope,
      interval: meanInterval(contributions, unbounded, { resamples: settings.bootstrap, random }),
    };
  };
  const slopes = concepts.map((_, index) => slopeOf(index));
  const perConcept = Float64Array.from(shared, (index) => slopes[index]!.slope);
  const random = randomSource(seed, streams.meanOverConcepts);
  return {
    models: known.map(({ row }) => row),
    mean:
      perConcept.length === 0
        ? null
        : {
            slope: perConcept.reduce((sum, value) => sum + value, 0) / perConcept.length,
            interval:
              perConcept.length < fewestForInterval
                ? null
                : meanInterval(perConcept, unbounded, { resamples: settings.bootstrap, random }),
          },
    concepts: slopes,
  };
}

/** A slope has no bounds. */
function unbounded(value: number): number {
  return value;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
