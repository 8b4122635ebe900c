import { benjaminiHochberg } from '../../geometry/falseDiscoveryRate';
import { matrix, row, type Matrix } from '../../geometry/matrix';
import { randomPairs } from '../../geometry/randomTokens';
import { randomSource, shuffle, type RandomSource } from '../../geometry/random';
import type { Algebra } from '../../model/algebra/algebra';
import type { AlignRequest } from '../../protocol/contextResult';
import type { ConceptGeometry } from '../../protocol/geometryResult';
import { baselineOf } from '../geometry/baseline';
import { intervalOf, measureConcept } from '../geometry/conceptGeometry';
import { pairingChoice, pairingTest } from '../geometry/pairingTest';
import { assembled } from '../geometry/productGeometry';
import { compareWithRandom } from '../geometry/randomComparison';
import { streams } from '../geometry/streams';

/** The contexts of a set's pairs that count, in coordinates where the product is the dot product. */
export interface SetContexts {
  readonly name: string;
  /** `[pairs, hidden]` */
  readonly bases: Matrix;
  readonly targets: Matrix;
}

/** Fewer contexts make no random pairs worth comparing with. */
const fewestContexts = 8;

/** The statistics of word pairs for pairs of contexts. Chance is from random pairs of all contexts, of any set. */
export async function setGeometry(
  sets: readonly SetContexts[],
  { settings, seed }: Pick<AlignRequest, 'settings' | 'seed'>,
  algebra: Algebra,
): Promise<{ readonly geometry: ConceptGeometry; readonly deltas: Matrix }[]> {
  const own = [];
  for (const { name, bases, targets } of sets) {
    const deltas = difference(bases, targets);
    const measured = await measureConcept(deltas, settings.direction, algebra);
    const { tested, random } = pairingChoice(deltas.rows, name, seed);
    const words = centred(bases, targets, tested);
    const test =
      settings.permutations > 0 && deltas.rows > 1
        ? await pairingTest(words, { permutations: settings.permutations, random }, algebra)
        : null;
    own.push({ measured, test, interval: intervalOf(measured, settings, name, seed), deltas });
  }
  const draw = randomSource(seed, streams.contextPairs);
  const contexts = shuffled(
    sets.flatMap(({ bases, targets }) => [bases, targets]),
    draw,
  );
  const random =
    settings.randomPairs > 0 && contexts.rows >= fewestContexts
      ? await compareWithRandom(
          own.map(({ measured }) => measured),
          await baselineOf(
            { rows: contexts, ...randomPairs(contexts.rows, settings.randomPairs, draw) },
            algebra,
          ),
          algebra,
        )
      : own.map(() => null);
  const rates = benjaminiHochberg(own.map(({ test }) => test?.p ?? NaN));
  return own.map((set, index) => ({
    geometry: assembled(set, random[index]!, rates[index]!),
    deltas: set.deltas,
  }));
}

function difference(bases: Matrix, targets: Matrix): Matrix {
  return matrix(
    bases.rows,
    bases.columns,
    Float64Array.from(targets.data, (value, at) => value - bases.data[at]!),
  );
}

/** Bases above targets around their common mean, which says nothing of the pairing. */
function centred(bases: Matrix, targets: Matrix, tested: Int32Array): Matrix {
  const { columns } = bases;
  const rows = [bases, targets].flatMap((side) => Array.from(tested, (position) => row(side, position)));
  const mean = new Float64Array(columns);
  for (const values of rows) for (let j = 0; j < columns; j++) mean[j]! += values[j]! / rows.length;
  const data = new Float64Array(rows.length * columns);
  rows.forEach((values, i) => {
    for (let j = 0; j < columns; j++) data[i * columns + j] = values[j]! - mean[j]!;
  });
  return matrix(rows.length, columns, data);
}

/** All rows in random order, because random pairs are drawn from neighbours. */
function shuffled(parts: readonly Matrix[], random: RandomSource): Matrix {
  const rows = parts.flatMap((part) => Array.from({ length: part.rows }, (_, i) => row(part, i)));
  const order = Int32Array.from(rows.keys());
  shuffle(order, random);
  const columns = parts[0]?.columns ?? 0;
  const data = new Float64Array(rows.length * columns);
  order.forEach((position, i) => {
    data.set(rows[position]!, i * columns);
  });
  return matrix(rows.length, columns, data);
}
