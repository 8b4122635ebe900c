import { matrix, type Matrix } from '../geometry/matrix';
import type { RunResult } from '../simulator/training/runSimulation';

/** A matrix of a run, with the name of its file. */
export interface NamedMatrix {
  readonly name: string;
  readonly values: Matrix;
}

/** The heat maps of a run, [m, m], and its tables f [contexts, k] and g [tokens, k]. */
export function simulationMatrices(
  { maps }: RunResult,
  { f, g }: { readonly f: Matrix; readonly g: Matrix },
): NamedMatrix[] {
  const named = Object.entries(maps).map(([space, map]) => ({
    name: `map.${space}`,
    values: matrix(map.length, map.length, Float64Array.from(map.flat())),
  }));
  return [{ name: 'f', values: f }, { name: 'g', values: g }, ...named];
}
