import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import type { SimulationResult } from '../training/averageRuns';
import { parseContext } from '../world/context';
import type { CurvePoint } from '../training/runSimulation';
import { paperCurve } from './paperNumbers';

/**
 * U, E and UE when a run's loss first reaches that of a point in the paper's Fig. 5, whose epochs the paper does not define.
 */
export interface EqualLoss {
  readonly paper: { readonly loss: number; readonly u: number; readonly e: number; readonly ue: number };
  /** Null if the loss never reached that value. */
  readonly ours: CurvePoint | null;
}

/** @param runs only the first is compared */
export function curveAtEqualLoss({ runs }: SimulationResult): EqualLoss[] {
  return paperCurve.map((paper) => ({
    paper,
    ours: runs[0]!.curve.find(({ loss }) => loss <= paper.loss) ?? null,
  }));
}

/**
 * Fig. 7a: range of the diagonal and of the other cells of the unembedding heat map, and the mean absolute value of the
 * latter.
 */
export interface MapSummary {
  readonly diagonal: readonly [number, number];
  readonly offDiagonal: readonly [number, number];
  readonly meanAbsolute: number;
}

export function mapSummary({ runs }: SimulationResult): MapSummary {
  const diagonal: number[] = [];
  const rest: number[] = [];
  for (const { maps } of runs) {
    maps.unembedding.forEach((line, i) => {
      line.forEach((value, j) => (i === j ? diagonal : rest).push(value));
    });
  }
  return {
    diagonal: [Math.min(...diagonal), Math.max(...diagonal)],
    offDiagonal: [Math.min(...rest), Math.max(...rest)],
    meanAbsolute: rest.reduce((sum, value) => sum + Math.abs(value), 0) / rest.length,
  };
}

/**
 * Fig. 2: tokens that no context distinguishes by a known concept form a group. `separation` is the smallest distance
 * between the groups' centres divided by the largest distance of a token from its own centre; null for groups of one.
 */
export interface Clusters {
  readonly groups: number;
  readonly separation: number | null;
  /** Variance between the groups as a share of the total. */
  readonly explained: number;
}

export function clustersOf({ config, runs }: SimulationResult): Clusters {
  const points = runs[0]!.unembeddings;
  if (points === null)
    throw new UserError(t`Clusters are of at most 16 tokens, not ${2 ** config.concepts}.`);
  const everything = 2 ** config.concepts - 1;
  const core = (config.contexts ?? [])
    .map((text) => parseContext(text, config.concepts).known)
    .reduce((bits, known) => bits | known, config.contexts === null ? everything : 0);
  const byCore = new Map<number, (readonly number[])[]>();
  points.forEach((point, token) => byCore.set(token & core, [...(byCore.get(token & core) ?? []), point]));
  const groups = [...byCore.values()];
  const centres = groups.map(centre);
  const middle = centre(points);
  const spread = groups.flatMap((group, i) => group.map((point) => distance(point, centres[i]!)));
  const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + value ** 2, 0);
  const apart = centres.flatMap((a, i) => centres.slice(i + 1).map((b) => distance(a, b)));
  return {
    groups: groups.length,
    separation: groups.length === points.length ? null : Math.min(...apart) / Math.max(...spread),
    explained: 1 - squares(spread) / squares(points.map((point) => distance(point, middle))),
  };
}

function centre(points: readonly (readonly number[])[]): number[] {
  return points[0]!.map((_, j) => points.reduce((sum, point) => sum + point[j]!, 0) / points.length);
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0));
}
