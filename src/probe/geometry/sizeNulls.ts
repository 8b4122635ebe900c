import { matrix, row, type Matrix } from '../../geometry/matrix';
import type { Algebra } from '../../model/algebra/algebra';

/** Directions of random concepts of one size, from even and from odd chains, which share no word. */
interface Chains {
  /** `[count / 2, hidden]` */
  readonly even: Matrix;
  readonly odd: Matrix;
}

/**
 * Ascending |cosines| of random concepts of every two sizes. Each null depends only on its two sizes: when a concept
 * changes its size, only new nulls are computed, and those that no concept needs are dropped.
 */
export class SizeNulls {
  #chains = new Map<number, Chains>();
  #nulls = new Map<string, Float64Array>();

  /** @param directions from {@link randomDirections}: its rows for sizes, `count` for each */
  constructor(
    private readonly directions: (sizes: readonly number[]) => Matrix,
    private readonly algebra: Algebra,
  ) {}

  /** @returns the null of two of the sizes, in either order; empty if there are no random directions */
  async of(sizes: readonly number[]): Promise<(a: number, b: number) => Float64Array> {
    const sorted = [...new Set(sizes)].sort((a, b) => a - b);
    // Another probe may request other sizes in the meantime.
    const chains = this.#chainsOf(sorted);
    this.#chains = chains;
    const nulls = new Map<string, Float64Array>();
    for (const [i, small] of sorted.entries()) {
      for (const large of sorted.slice(i)) {
        const key = keyOf(small, large);
        nulls.set(
          key,
          this.#nulls.get(key) ?? (await this.#null(chains.get(small)!.even, chains.get(large)!.odd)),
        );
      }
    }
    this.#nulls = nulls;
    return (a, b) => nulls.get(keyOf(Math.min(a, b), Math.max(a, b)))!;
  }

  #chainsOf(sizes: readonly number[]): Map<number, Chains> {
    const unknown = sizes.filter((size) => !this.#chains.has(size));
    const made = this.directions(unknown);
    const count = unknown.length === 0 ? 0 : made.rows / unknown.length;
    return new Map(
      sizes.map((size) => {
        const first = unknown.indexOf(size) * count;
        return [size, this.#chains.get(size) ?? chains(made, first, count)];
      }),
    );
  }

  async #null(even: Matrix, odd: Matrix): Promise<Float64Array> {
    const { data } = await this.algebra.multiply(even, odd);
    return Float64Array.from(data, Math.abs).sort();
  }
}

/** Rows first, first + 2, … and first + 1, first + 3, …, without zero directions. */
function chains(made: Matrix, first: number, count: number): Chains {
  const every = (parity: 0 | 1): Matrix => {
    const positions = Array.from({ length: count }, (_, chain) => chain)
      .filter((chain) => chain % 2 === parity)
      .map((chain) => first + chain)
      .filter((position) => row(made, position).some((value) => value !== 0));
    const data = new Float32Array(positions.length * made.columns);
    positions.forEach((position, i) => {
      data.set(row(made, position), i * made.columns);
    });
    return matrix(positions.length, made.columns, data);
  };
  return { even: every(0), odd: every(1) };
}

function keyOf(small: number, large: number): string {
  return `${small} ${large}`;
}
