import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers determined by a seed, the same on every machine. */
export interface RandomSource {
  /** In [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform in 0 … below − 1, for a positive integer `below` up to 2³². */
  integer(below: number): number;
  /** Standard normal. */
  gaussian(): number;
}

/**
 * An independent source for every seed and stream (pure-rand's xoroshiro128+): drawing from one stream does not change the
 * numbers of another.
 *
 * @param seed an integer
 * @param stream an integer that identifies the purpose of the numbers
 */
export function randomSource(seed: number, stream = 0): RandomSource {
  const generator = xoroshiro128plusFromState(mixedState(seed, stream));
  let spare = NaN;
  // The highest bits of two draws, because the lowest bits of xoroshiro128+ are weak.
  const uniform = (): number =>
    ((generator.next() >>> 5) * 0x4000000 + (generator.next() >>> 6)) / 0x20000000000000;

  /** Marsaglia's polar method, which needs only a square root and a logarithm that give the same bits on every machine. */
  const gaussian = (): number => {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = NaN;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
  return { uniform, integer: (below) => Math.floor(uniform() * below), gaussian };
}

/** Shuffles `values` uniformly at random, in place (Fisher–Yates). */
export function shuffle(values: Int32Array, random: RandomSource): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const value = values[i]!;
    values[i] = values[j]!;
    values[j] = value;
  }
}

/** Four words that each depend on all bits of seed and stream, so that adjacent seeds have very different states. */
function mixedState(seed: number, stream: number): readonly number[] {
  const parts = [seed >>> 0, Math.floor(seed / 0x100000000) >>> 0, stream >>> 0];
  return [0x9e3779b9, 0x7f4a7c15, 0xf39cc060, 0x5cedc834].map((start) =>
    parts.reduce((state, part) => mixed(Math.imul(state, 0x2c1b3c6d) + part), mixed(start)),
  );
}

/** A bijection on 32 bits in which every bit depends on every other (finalizer of MurmurHash3). */
function mixed(word: number): number {
  let value = word | 0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
