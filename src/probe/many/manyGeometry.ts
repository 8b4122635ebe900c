import { bootstrapInterval } from '../../geometry/bootstrapInterval';
import { mantelTest } from '../../geometry/mantelTest';
import { matrix, submatrix, type Matrix } from '../../geometry/matrix';
import { randomSource } from '../../geometry/random';
import { fewestForInterval, type InnerProduct } from '../../protocol/geometryResult';
import type {
  ComparedModel,
  ManyGeometry,
  ManyModelsRequest,
  MapAgreement,
  MeanOverConcepts,
} from '../../protocol/manyModels';
import { streams } from '../geometry/streams';
import type { MeasuredMean, MeasuredModel, MeasuredProduct } from './measureModel';
import { trendOf } from './trend';

/** A model that has the inner product, and its row. */
interface Measured extends MeasuredProduct {
  readonly row: number;
}

/**
 * Puts the measured models together in one inner product.
 *
 * @param rows every model of the request, also those that could not be measured
 * @param isKept of each concept, which of its pairs every model keeps
 */
export function manyGeometry(
  product: InnerProduct,
  models: readonly (MeasuredModel & { readonly row: number })[],
  rows: readonly ComparedModel[],
  request: ManyModelsRequest,
  isKept: readonly (readonly boolean[])[],
): ManyGeometry {
  const measured = models.flatMap((model): Measured[] => {
    const own = model[product];
    return own ? [{ ...own, row: model.row }] : [];
  });
  const table = (value: (mean: MeasuredMean) => number): Matrix => {
    const columns = request.concepts.length;
    const data = undefinedNumbers(rows.length * columns);
    for (const { row, concepts } of measured) data.set(concepts.map(value), row * columns);
    return matrix(rows.length, columns, data);
  };
  const shared = request.concepts.flatMap((_, index) =>
    measured.every(({ concepts }) => !Number.isNaN(concepts[index]!.common)) ? [index] : [],
  );
  return {
    own: table(({ own }) => own),
    common: table(({ common }) => common),
    low: table(({ interval }) => interval?.low ?? NaN),
    high: table(({ interval }) => interval?.high ?? NaN),
    mean: meanOf(measured, shared, rows.length, request),
    agreement: agreementOf(measured, rows.length, request),
    trend: trendOf(measured, shared, rows, request, isKept),
  };
}

function meanOf(
  measured: readonly Measured[],
  shared: readonly number[],
  models: number,
  { settings, seed }: ManyModelsRequest,
): MeanOverConcepts {
  const [values, low, high] = [undefinedNumbers(models), undefinedNumbers(models), undefinedNumbers(models)];
  for (const { row, concepts } of measured) {
    const means = Float64Array.from(shared, (index) => concepts[index]!.common);
    if (means.length > 0) values[row] = means.reduce((sum, value) => sum + value, 0) / means.length;
    const interval = overConcepts(means, seed, settings.bootstrap);
    if (!interval) continue;
    low[row] = interval.low;
    high[row] = interval.high;
  }
  return { concepts: shared.length, values, low, high };
}

/** The same resamples of concepts for every model. */
function overConcepts(means: Float64Array, seed: number, resamples: number) {
  if (means.length < fewestForInterval) return null;
  return bootstrapInterval(means, { resamples, random: randomSource(seed, streams.meanOverConcepts) });
}

function agreementOf(
  measured: readonly Measured[],
  models: number,
  { concepts, settings, seed }: ManyModelsRequest,
): MapAgreement {
  const shared = concepts.flatMap((_, index) =>
    measured.every(({ map }) => !Number.isNaN(map.data[index * map.columns + index]!)) ? [index] : [],
  );
  const maps = measured.map(({ map }) => submatrix(map, shared));
  const [rho, p] = [undefinedNumbers(models * models), undefinedNumbers(models * models)];
  let [permutations, resolution] = [0, NaN];
  measured.forEach(({ row: a }, i) => {
    rho[a * models + a] = 1;
    measured.slice(0, i).forEach(({ row: b }, j) => {
      const random = randomSource(seed, streams.mapAgreement);
      const found = mantelTest(maps[j]!, maps[i]!, { permutations: settings.permutations, random });
      if (!found) return;
      rho[a * models + b] = rho[b * models + a] = found.rho;
      p[a * models + b] = p[b * models + a] = found.p;
      ({ permutations, resolution } = found);
    });
  });
  return {
    ...{ concepts: shared.length, permutations, resolution },
    ...{ rho: matrix(models, models, rho), p: matrix(models, models, p) },
  };
}

function undefinedNumbers(length: number): Float64Array {
  return new Float64Array(length).fill(NaN);
}
