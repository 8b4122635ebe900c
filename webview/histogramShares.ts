import type { Histogram } from '../src/protocol/geometryResult';

/** How large a part of the counted values is at least so large. */
export interface ShareAtLeast {
  readonly share: number;
  /** The value lies in the outermost bin or beyond it, where values from outside count too: it is at most this share. */
  readonly isBound: boolean;
}

/** Values are taken to lie evenly within a bin. */
export function shareAtLeast({ from, to, counts }: Histogram, value: number): ShareAtLeast {
  const total = sum(counts);
  const last = counts.length - 1;
  const position = ((value - from) / (to - from)) * counts.length;
  if (position >= last) return { share: counts[last]! / total, isBound: true };
  const bin = Math.max(0, Math.floor(position));
  const within = Math.min(1, Math.max(0, position - bin));
  return { share: (sum(counts.subarray(bin + 1)) + counts[bin]! * (1 - within)) / total, isBound: false };
}

/** The value at or above which such a share lies; the last bin's lower end if more lies in it. */
export function valueWithShareAbove({ from, to, counts }: Histogram, share: number): number {
  const wanted = share * sum(counts);
  const width = (to - from) / counts.length;
  let above = 0;
  for (let bin = counts.length - 1; bin > 0; bin--) {
    const count = counts[bin]!;
    if (above + count >= wanted) {
      const within = bin === counts.length - 1 ? 1 : (wanted - above) / count;
      return from + (bin + 1 - within) * width;
    }
    above += count;
  }
  return from;
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
