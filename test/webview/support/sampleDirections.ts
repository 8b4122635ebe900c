import { benjaminiHochberg } from '../../../src/geometry/falseDiscoveryRate';
import { matrix, type Matrix } from '../../../src/geometry/matrix';
import { offDiagonal } from '../../../src/geometry/offDiagonal';
import {
  summarizeDifferences,
  meanCrossCosine,
  meanPairwiseCosineOf,
  pairwiseCosine,
} from '../../../src/geometry/parallelism';
import { cosine } from '../../../src/geometry/vector';
import type { DirectionChance, DirectionGeometry } from '../../../src/protocol/geometryResult';
import { normal, randomNumbers } from './randomNumbers';
import type { SampleGeometry } from './sampleGeometry';

const chanceDirections = 1500;
/** More dimensions than the sample words have, so that some concepts are distinguishable from chance and some are not. */
const chanceDimensions = 96;

/** The directions of concepts, compared with each other and with random ones. */
export function sampleDirections(
  names: readonly string[],
  samples: readonly SampleGeometry[],
  withStatistics: boolean,
): DirectionGeometry {
  const n = samples.length;
  const hidden = samples[0]?.direction.length ?? 0;
  const cosines = pairwiseCosine(
    matrix(n, hidden, Float64Array.from(samples.flatMap(({ direction }) => [...direction]))),
  );
  const described = samples.map(({ differences }) => summarizeDifferences(differences));
  const between = Float64Array.from({ length: n * n }, (_, cell) => {
    const [a, b] = [described[Math.floor(cell / n)]!, described[cell % n]!];
    return a === b ? (meanPairwiseCosineOf(a) ?? NaN) : meanCrossCosine(a, b);
  });
  return {
    concepts: names,
    cosine: cosines,
    differenceCosine: matrix(n, n, between),
    differenceSelfCosine: Float64Array.from(described, (one) => meanPairwiseCosineOf(one, true) ?? NaN),
    offDiagonal: offDiagonal(cosines),
    sharedTokens: sharedTokens(n),
    chance: withStatistics ? chanceOf(cosines) : null,
  };
}

/** The first two concepts share three tokens. */
function sharedTokens(n: number): Matrix {
  const cell = (a: number, b: number): number => (a === b ? 20 : a + b === 1 ? 3 : 0);
  return matrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, at) => cell(Math.floor(at / n), at % n)),
  );
}

function chanceOf(cosines: Matrix): DirectionChance {
  const random = randomNumbers(13);
  const vector = () => Float64Array.from({ length: chanceDimensions }, () => normal(random));
  const chance = Array.from({ length: chanceDirections }, () => Math.abs(cosine(vector(), vector()))).sort(
    (a, b) => a - b,
  );
  const n = cosines.rows;
  const [p, q] = [new Float64Array(n * n).fill(NaN), new Float64Array(n * n).fill(NaN)];
  const cells: (readonly [number, number])[] = [];
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) cells.push([a, b]);
  const values = cells.map(([a, b]) => {
    const observed = Math.abs(cosines.data[a * n + b]!);
    return (1 + chance.filter((value) => value >= observed).length) / (1 + chance.length);
  });
  const rates = benjaminiHochberg(values);
  cells.forEach(([a, b], index) => {
    p[a * n + b] = p[b * n + a] = values[index]!;
    q[a * n + b] = q[b * n + a] = rates[index]!;
  });
  return {
    p: matrix(n, n, p),
    q: matrix(n, n, q),
    quantile95: matrix(n, n, new Float64Array(n * n).fill(chance[Math.floor(chance.length * 0.95)]!)),
    resolution: 1 / (1 + chance.length),
  };
}
