import { plainDot, plainProduct } from './plainCovariance';

/*
 * The geometry of concepts, computed only from the inner products of their differences: ⟨u, v⟩ = uᵀMv written out, with M
 * the inverse of the covariance, or the identity. Shares no code with src/.
 */

type Gram = readonly Float64Array[];

export function plainGram(
  vectors: readonly ArrayLike<number>[],
  inverse: readonly Float64Array[] | null,
): Gram {
  const images = inverse ? vectors.map((vector) => plainProduct(inverse, vector)) : vectors;
  return vectors.map((u) => Float64Array.from(images, (v) => plainDot(u, v)));
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const sumOver = (gram: Gram, rows: readonly number[], columns: readonly number[]): number =>
  rows.reduce((all, i) => all + columns.reduce((sum, j) => sum + gram[i]![j]!, 0), 0);

/** For the differences `own` among those of the Gram matrix. */
export function plainConcept(gram: Gram, own: readonly number[]) {
  const norms = own.map((i) => Math.sqrt(gram[i]![i]!));
  const pairwise = own.map((i) => own.map((j) => gram[i]![j]! / Math.sqrt(gram[i]![i]! * gram[j]![j]!)));
  const left = own.map((i) => {
    const others = own.filter((j) => j !== i);
    const projection = sumOver(gram, [i], others) / Math.sqrt(sumOver(gram, others, others));
    return { projection, cosine: projection / Math.sqrt(gram[i]![i]!) };
  });
  const length = Math.sqrt(sumOver(gram, own, own));
  return {
    norms,
    pairwise: pairwise.flat(),
    meanCosine: mean(pairwise.flatMap((line, i) => line.filter((_, j) => j !== i))),
    meanCosineWithSelf: mean(pairwise.flat()),
    cosines: left.map(({ cosine }) => cosine),
    projections: left.map(({ projection }) => projection),
    withDirection: own.map((i) => sumOver(gram, [i], own) / length / Math.sqrt(gram[i]![i]!)),
    effectiveRank:
      own.reduce((sum, i) => sum + gram[i]![i]!, 0) ** 2 /
      own.reduce((all, i) => all + own.reduce((sum, j) => sum + gram[i]![j]! ** 2, 0), 0),
  };
}

/** For concepts, each given by its differences. */
export function plainDirections(gram: Gram, concepts: readonly (readonly number[])[]) {
  const lengths = concepts.map((own) => Math.sqrt(sumOver(gram, own, own)));
  const cosine = concepts.map((a, i) =>
    concepts.map((b, j) => sumOver(gram, a, b) / lengths[i]! / lengths[j]!),
  );
  const differenceCosine = concepts.map((a) =>
    concepts.map((b) =>
      mean(
        a.flatMap((i) =>
          b.filter((j) => j !== i).map((j) => gram[i]![j]! / Math.sqrt(gram[i]![i]! * gram[j]![j]!)),
        ),
      ),
    ),
  );
  const off = cosine.flatMap((line, i) =>
    line.flatMap((value, j) => (j > i ? [{ value: Math.abs(value), pair: [i, j] }] : [])),
  );
  const largest = off.reduce((a, b) => (b.value > a.value ? b : a));
  return {
    cosine: cosine.flat(),
    differenceCosine: differenceCosine.flat(),
    offDiagonal: { mean: mean(off.map(({ value }) => value)), largest: largest.value, pair: largest.pair },
  };
}
