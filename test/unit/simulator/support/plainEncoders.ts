import { matrix, type Matrix } from '../../../../src/geometry/matrix';
import { dimensionOf, type SimulationConfig } from '../../../../src/simulator/config/simulationConfig';
import type { World } from '../../../../src/simulator/world/world';

/** The numbers that a learner trains: `f`, whatever its encoder makes of them, and g, [tokens][columns], with its bias. */
export interface Numbers {
  readonly f: readonly number[];
  readonly g: readonly (readonly number[])[];
}

/** Every embedding from the definition, [contexts, columns], with ones for the bias. */
export function plainEmbeddings(world: World, config: SimulationConfig, { f, g }: Numbers): Matrix {
  const columns = dimensionOf(config) + (config.bias ? 1 : 0);
  const rows = Array.from(world.weights, (_, place) => {
    if (!config.tied) return f.slice(place * columns, (place + 1) * columns);
    return meanOfAgreeing(world, place, g).map((value, j) => (j < dimensionOf(config) ? value : 1));
  });
  return matrix(rows.length, columns, Float64Array.from(rows.flat()));
}

function meanOfAgreeing(world: World, place: number, g: Numbers['g']): number[] {
  const known = world.known[place]!;
  const agreeing = g.filter((_, token) => ((world.tokens[token]! ^ world.values[place]!) & known) === 0);
  return g[0]!.map((_, j) => agreeing.reduce((sum, vector) => sum + vector[j]!, 0) / agreeing.length);
}
