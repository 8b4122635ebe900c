import { differences, type RowPair } from '../../geometry/differences';
import { matrix, row, type Matrix } from '../../geometry/matrix';
import type { RowSource } from '../rowSource';

/** A concept's pairs, and the positions of the pairs to use in the permutation test (`null`: none). */
export interface WantedPairs {
  readonly pairs: readonly RowPair[];
  readonly tested: Int32Array | null;
}

/** Vectors of one concept in the coordinates of an inner product. */
export interface MappedPairs {
  /** `[pairs, hidden]` */
  readonly deltas: Matrix;
  /** Bases of the tested pairs, minus the mean of their words, `[tested, hidden]`. */
  readonly bases: Matrix | null;
}

/** The vectors of all concepts' pairs. Both inner products start from the same differences. */
export class PairVectors {
  readonly #differences = new Map<readonly RowPair[], Matrix>();

  /** @param raw rows of U for the words that the pairs refer to, `[words, hidden]` */
  constructor(private readonly raw: Matrix) {}

  /**
   * Maps all concepts at once, because a batch takes little more time than one row.
   *
   * @param wanted for each concept; `null`: nothing
   */
  async mapped(
    source: RowSource,
    wanted: readonly (WantedPairs | null)[],
  ): Promise<readonly (MappedPairs | null)[]> {
    const deltas = wanted.flatMap((own) => (own ? [this.#differencesOf(own.pairs)] : []));
    const bases = wanted.flatMap((own) => (own?.tested ? [this.#centredBases(own.pairs, own.tested)] : []));
    const all = await source.mapped([...deltas, ...bases]);
    let [nextDeltas, nextBases] = [0, deltas.length];
    return wanted.map(
      (own) => own && { deltas: all[nextDeltas++]!, bases: own.tested ? all[nextBases++]! : null },
    );
  }

  #differencesOf(pairs: readonly RowPair[]): Matrix {
    const known = this.#differences.get(pairs) ?? differences(this.raw, pairs);
    this.#differences.set(pairs, known);
    return known;
  }

  /** Centred on the mean of all their words: the shared part does not affect the pairing, but would cost precision. */
  #centredBases(pairs: readonly RowPair[], tested: Int32Array): Matrix {
    const { columns } = this.raw;
    const mean = new Float64Array(columns);
    for (const position of tested) {
      const { base, target } = pairs[position]!;
      const [b, t] = [row(this.raw, base), row(this.raw, target)];
      for (let j = 0; j < columns; j++) mean[j]! += b[j]! + t[j]!;
    }
    for (let j = 0; j < columns; j++) mean[j]! /= 2 * tested.length;
    const data = new Float32Array(tested.length * columns);
    tested.forEach((position, i) => {
      const values = row(this.raw, pairs[position]!.base);
      for (let j = 0; j < columns; j++) data[i * columns + j] = values[j]! - mean[j]!;
    });
    return matrix(tested.length, columns, data);
  }
}

/**
 * The words of the tested pairs, bases above targets, in the input's precision: `[2 × tested, hidden]`. Targets need no
 * mapping because a target is its base plus the difference.
 */
export function testedWords({ deltas, bases }: MappedPairs, tested: Int32Array): Matrix {
  if (!bases) throw new RangeError('The bases of these pairs were not mapped.');
  const { columns } = bases;
  const n = tested.length;
  const length = 2 * n * columns;
  const data = bases.data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  data.set(bases.data);
  tested.forEach((position, i) => {
    const [base, delta] = [row(bases, i), row(deltas, position)];
    for (let j = 0; j < columns; j++) data[(n + i) * columns + j] = base[j]! + delta[j]!;
  });
  return matrix(2 * n, columns, data);
}
