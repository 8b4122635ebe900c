import { matrix, type Matrix } from '../../../../src/geometry/matrix';
import { dimensionOf, type SimulationConfig } from '../../../../src/simulator/config/simulationConfig';
import type { World } from '../../../../src/simulator/world/world';

/** The numbers that a learner trains: `f`, whatever its encoder makes of them, and g, [tokens][columns], with its bias. */
export interface Numbers {
  readonly f: readonly number[];
  readonly g: readonly (readonly number[])[];
}

/** Every embedding from the definition, [contexts, columns], with ones for the bias. */
export function plainEmbeddings(world: World, config: SimulationConfig, numbers: Numbers): Matrix {
  const k = dimensionOf(config);
  const columns = k + (config.bias ? 1 : 0);
  const rows = Array.from(world.weights, (_, place) => {
    const row = embedding(world, config, numbers, place);
    return config.bias ? [...row.slice(0, k), 1] : row;
  });
  return matrix(rows.length, columns, Float64Array.from(rows.flat()));
}

function embedding(world: World, config: SimulationConfig, { f, g }: Numbers, place: number): number[] {
  const k = dimensionOf(config);
  const mean = meanOfAgreeing(world, place, g).slice(0, k);
  if (config.learner === 'hidden') return layer(config, f, config.tied ? mean : oneHot(world, place));
  const columns = k + (config.bias ? 1 : 0);
  return config.tied ? mean : f.slice(place * columns, place * columns + k);
}

function meanOfAgreeing(world: World, place: number, g: Numbers['g']): number[] {
  const known = world.known[place]!;
  const agreeing = g.filter((_, token) => ((world.tokens[token]! ^ world.values[place]!) & known) === 0);
  return g[0]!.map((_, j) => agreeing.reduce((sum, vector) => sum + vector[j]!, 0) / agreeing.length);
}

function oneHot(world: World, place: number): number[] {
  return Array.from({ length: world.concepts }, (_, concept) => {
    if (((world.known[place]! >> concept) & 1) === 0) return [0, 0, 1];
    return ((world.values[place]! >> concept) & 1) === 0 ? [1, 0, 0] : [0, 1, 0];
  }).flat();
}

/** @param f W₁, [inputs, width], b₁, W₂, [k, width], and b₂ */
function layer(config: SimulationConfig, f: readonly number[], input: readonly number[]): number[] {
  const { hiddenWidth: width, activation } = config;
  const first = input.length * width;
  const second = first + width;
  const last = second + dimensionOf(config) * width;
  const hidden = Array.from({ length: width }, (_, h) => {
    const z = input.reduce((sum, x, i) => sum + x * f[i * width + h]!, f[first + h]!);
    if (activation === 'relu') return Math.max(z, 0);
    return (z / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)));
  });
  return Array.from({ length: dimensionOf(config) }, (_, j) =>
    hidden.reduce((sum, value, h) => sum + value * f[second + j * width + h]!, f[last + j]!),
  );
}
