import { differences, type RowPair } from '../geometry/differences';
import type { Matrix } from '../geometry/matrix';
import { centredBases, type PairingChoice } from './pairingTest';
import type { RowSource } from './rowSource';

/** A concept's pairs, and which of them are paired anew (`null`: none). */
export interface WantedPairs {
  readonly pairs: readonly RowPair[];
  readonly choice: PairingChoice | null;
}

/** Of one concept, in the coordinates of an inner product. */
export interface MappedPairs {
  /** `[pairs, hidden]` */
  readonly deltas: Matrix;
  /** Of the pairs that are paired anew, see centredBases; their targets are a difference away. */
  readonly bases: Matrix | null;
}

/** The vectors of all concepts' pairs. Both inner products begin with the same differences. */
export class PairVectors {
  readonly #differences = new Map<readonly RowPair[], Matrix>();

  /** @param raw rows of U for the words that the pairs name, `[words, hidden]` */
  constructor(private readonly raw: Matrix) {}

  /** All at once: a whole batch costs little more than one row. */
  async mapped(source: RowSource, wanted: readonly WantedPairs[]): Promise<MappedPairs[]> {
    const bases = wanted.flatMap(({ pairs, choice }) =>
      choice
        ? [
            centredBases(
              this.raw,
              Array.from(choice.positions, (position) => pairs[position]!),
            ),
          ]
        : [],
    );
    const all = await source.mapped([...wanted.map(({ pairs }) => this.#differencesOf(pairs)), ...bases]);
    let next = wanted.length;
    return wanted.map(({ choice }, index) => ({
      deltas: all[index]!,
      bases: choice ? all[next++]! : null,
    }));
  }

  #differencesOf(pairs: readonly RowPair[]): Matrix {
    const known = this.#differences.get(pairs) ?? differences(this.raw, pairs);
    this.#differences.set(pairs, known);
    return known;
  }
}
