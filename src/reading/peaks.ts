/** A token whose value stands out from those around it. */
export interface Peak {
  /** Its position among the tokens. */
  readonly index: number;
  readonly z: number;
}

/** Tokens within which only the strongest counts as a peak. */
const neighbourhood = 12;

/**
 * The places where |z| is largest, strongest first: of tokens close to each other only the strongest.
 *
 * @param z NaN where there is no value
 */
export function peaksOf(z: Float64Array, count: number): Peak[] {
  // A peak takes its neighbourhood with it, so no more than this many tokens can matter. Numbers sort faster than indices.
  const strengths = z
    .map(Math.abs)
    .filter((strength) => !Number.isNaN(strength))
    .sort();
  const least = strengths.at(-count * (2 * neighbourhood + 1)) ?? 0;
  const order = [...z.keys()]
    .filter((index) => Math.abs(z[index]!) >= least)
    .sort((a, b) => Math.abs(z[b]!) - Math.abs(z[a]!) || a - b);
  const taken = new Uint8Array(z.length);
  const peaks: Peak[] = [];
  for (const index of order) {
    if (peaks.length === count) break;
    if (taken[index] === 1) continue;
    peaks.push({ index, z: z[index]! });
    taken.fill(1, Math.max(0, index - neighbourhood), index + neighbourhood + 1);
  }
  return peaks;
}
