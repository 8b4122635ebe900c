import type { SimulationResult } from '../training/averageRuns';
import { measureNames, perMeasure, type PerMeasure } from '../config/measureNames';

/** A mean in the paper and its standard error; null if the paper gives none. */
export interface PaperValue {
  readonly mean: number;
  readonly standardError: number | null;
}

/** U, E and UE in a row of a table (J § 3), with standard errors in the same order. */
export function paperLine(
  means: readonly number[],
  errors: readonly number[] | null,
): PerMeasure<PaperValue> {
  return perMeasure((name) => {
    const at = measureNames.indexOf(name);
    return { mean: means[at]!, standardError: errors === null ? null : errors[at]! };
  });
}

/** J, Tables 1 and 2: m = 3 … 7. */
export const paperTables = {
  sgd: [
    paperLine([0.972, 0.982, 0.98], [0.006, 0.005, 0.005]),
    paperLine([0.975, 0.971, 0.973], [0.005, 0.005, 0.005]),
    paperLine([0.988, 0.981, 0.984], [0.004, 0.004, 0.004]),
    paperLine([0.997, 0.985, 0.99], [0, 0.002, 0.001]),
    paperLine([0.995, 0.972, 0.981], [0.001, 0.004, 0.003]),
  ],
  adam: [
    paperLine([0.91, 0.923, 0.926], [0.015, 0.013, 0.012]),
    paperLine([0.972, 0.959, 0.965], [0.005, 0.005, 0.005]),
    paperLine([0.985, 0.97, 0.975], [0.004, 0.004, 0.004]),
    paperLine([0.996, 0.977, 0.983], [0.001, 0.002, 0.001]),
    paperLine([0.966, 0.918, 0.929], [0.012, 0.016, 0.015]),
  ],
} as const;

/** A simulated value compared with the paper's. */
export interface Comparison {
  readonly paper: PaperValue;
  readonly ours: PaperValue;
  readonly difference: number;
  /** The difference in units of √(simulated SE² + the paper's SE²); null if neither has one. */
  readonly inStandardErrors: number | null;
}

export function compareWithPaper(
  paper: PerMeasure<PaperValue>,
  { mean, standardError }: SimulationResult,
): PerMeasure<Comparison> {
  return perMeasure((name) => {
    const own = Number.isNaN(standardError[name]) ? null : standardError[name];
    const combined = Math.sqrt((own ?? 0) ** 2 + (paper[name].standardError ?? 0) ** 2);
    const difference = mean[name] - paper[name].mean;
    return {
      paper: paper[name],
      ours: { mean: mean[name], standardError: own },
      difference,
      inStandardErrors: combined > 0 ? difference / combined : null,
    };
  });
}

/** J, Fig. 5, values read from the figure (± .005): loss and U, E, UE during training at m = 7. */
export const paperCurve = [
  { loss: 4.25, u: 0.57, e: 0.4, ue: 0.48 },
  { loss: 3.25, u: 0.76, e: 0.67, ue: 0.71 },
  { loss: 2.76, u: 0.84, e: 0.78, ue: 0.81 },
  { loss: 2.47, u: 0.9, e: 0.86, ue: 0.88 },
  { loss: 2.4, u: 0.95, e: 0.92, ue: 0.93 },
  { loss: 2.35, u: 0.996, e: 0.968, ue: 0.981 },
] as const;

/** J, Fig. 7a, values read from the figure: the unembedding heat map at m = 7. */
export const paperMap = { diagonal: [0.87, 0.98], offDiagonal: [-0.04, 0.07], meanAbsolute: 0.016 } as const;
