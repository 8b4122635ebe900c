import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { pairKey, swappedPair } from '../../concepts/concept';
import type { ContextPairs } from '../../concepts/contexts';
import { conceptDirection } from '../../geometry/conceptDirection';
import { benjaminiHochberg } from '../../geometry/falseDiscoveryRate';
import { matrix, row, stack, type Matrix } from '../../geometry/matrix';
import { quantile } from '../../geometry/quantile';
import { randomDirections } from '../../geometry/randomDirections';
import { randomSource } from '../../geometry/random';
import { signFlipTest } from '../../geometry/signFlips';
import type { Model } from '../../model/model';
import type { AlignedSet, AlignRequest, AlignResult, ContextDrop } from '../../protocol/contextResult';
import type { ReportProgress } from '../../protocol/progress';
import type { Embedder } from '../embed';
import { randomConcepts } from '../geometry/directionComparison';
import { streams } from '../geometry/streams';
import type { ModelGeometry } from '../modelGeometry';
import { conceptVectors, type ConceptVectors } from './conceptVectors';
import { embeddingCoordinates } from './embeddingCoordinates';
import { readContexts, type ReadContext } from './readContexts';
import { setGeometry, type SetContexts } from './setGeometry';

type ListedPair = AlignedSet['pairs'][number];

/**
 * Embedding directions of sets of context pairs, λ(target) − λ(base), and their cosines with the concepts' unembedding
 * directions. In the causal product both are mapped by Cov(γ): the embedding direction of a concept is Cov⁻¹γ̄_W (Park et
 * al. 2311.03658, §3.3); the Euclidean cosines are those of Jiang et al. 2403.03867, §5.2.
 *
 * @throws UserError if no pair counts, or no concept has a direction; ModelError if the model cannot be run
 */
export async function align(
  model: Model,
  geometry: ModelGeometry,
  embedder: Embedder,
  request: AlignRequest,
  progress: ReportProgress,
): Promise<AlignResult> {
  const { product, settings, seed } = request;
  const { algebra } = geometry;
  const { vectors, skipped } = await conceptVectors(model, geometry, request, progress);
  const texts = request.sets.flatMap(({ pairs }) => pairs.flatMap(({ base, target }) => [base, target]));
  const contexts = await readContexts(model, embedder, texts, request, progress);
  let next = 0;
  const read = request.sets.map(({ pairs }) =>
    pairs.map(() => [contexts[next++]!, contexts[next++]!] as const),
  );
  const map = await embeddingCoordinates(geometry, request, progress);
  progress({ message: t('Comparing contexts with concepts'), fraction: null });
  const sets = request.sets.map((set, index) => {
    const pairs = listedPairs(set, read[index]!);
    const kept = [...pairs.keys()].filter((i) => pairs[i]!.dropped === null);
    const side = (which: 0 | 1): Matrix =>
      map(kept.map((i) => (read[index]![i]![which] as ReadContext).hidden));
    const own: SetContexts = { name: set.name, bases: side(0), targets: side(1) };
    return { name: set.name, pairs, own };
  });
  if (sets.every(({ own }) => own.bases.rows === 0))
    throw new UserError(t('No pair of contexts could be read; give two different texts for each pair.'));
  const geometries = await setGeometry(
    sets.map(({ own }) => own),
    { settings, seed },
    algebra,
  );
  const directions = stack(
    geometries.map(({ deltas }) => conceptDirection(deltas, settings.direction)),
    model.unembedding.head.hiddenSize,
  );
  const units = unitsOf(vectors);
  const cosine = matrix(
    sets.length,
    vectors.length,
    Float64Array.from((await algebra.multiply(directions, units)).data, (value, at) =>
      hasLength(row(directions, Math.floor(at / vectors.length))) ? value : NaN,
    ),
  );
  const p = new Float64Array(cosine.data.length).fill(NaN);
  for (const [index, { deltas }] of geometries.entries()) {
    if (deltas.rows < 2) continue;
    const projections = await algebra.multiply(deltas, units);
    const random = randomSource(seed, streams.signFlips);
    p.set(signFlipTest(projections, { flips: settings.permutations, random }), index * vectors.length);
  }
  return {
    product,
    sets: sets.map(({ name, pairs, own }, index) => ({
      ...{ name, pairs, kept: own.bases.rows },
      geometry: geometries[index]!.geometry,
    })),
    concepts: vectors.map(({ name }) => name),
    skipped,
    cosine,
    p: matrix(sets.length, vectors.length, p),
    q: matrix(sets.length, vectors.length, benjaminiHochberg(p)),
    random95: await randomQuantiles(geometry, request, vectors, directions, progress),
  };
}

/** Which pairs count: two contexts that were read, that differ, and that no earlier pair of the set has. */
function listedPairs(
  { pairs }: ContextPairs,
  contexts: readonly (readonly [ReadContext | ContextDrop, ReadContext | ContextDrop])[],
): ListedPair[] {
  const seen = new Set<string>();
  return pairs.map((pair, index): ListedPair => {
    const [base, target] = contexts[index]!;
    const windowed = [base, target].some((one) => typeof one === 'object' && one.windowed);
    const drop = dropOf(base, target) ?? (seen.has(pairKey(pair)) ? 'repeated' : null);
    seen.add(pairKey(pair)).add(pairKey(swappedPair(pair)));
    return { ...pair, dropped: drop, windowed };
  });
}

function dropOf(base: ReadContext | ContextDrop, target: ReadContext | ContextDrop): ContextDrop | null {
  if (typeof base === 'string') return base;
  if (typeof target === 'string') return target;
  return base.ids.join() === target.ids.join() ? 'same' : null;
}

function unitsOf(vectors: readonly ConceptVectors[]): Matrix {
  return stack(
    vectors.map(({ direction }) => direction),
    vectors[0]!.direction.length,
  );
}

function hasLength(direction: ArrayLike<number>): boolean {
  return Array.prototype.some.call(direction, (value: number) => value !== 0);
}

/** For each concept, the 95 % quantile of |cosines| of random concepts of its size with the sets' directions. */
async function randomQuantiles(
  geometry: ModelGeometry,
  { product, settings, seed }: AlignRequest,
  vectors: readonly ConceptVectors[],
  directions: Matrix,
  progress: ReportProgress,
): Promise<Float64Array> {
  const none = new Float64Array(vectors.length).fill(NaN);
  if (settings.randomPairs === 0 || settings.direction === 'principal') return none;
  const source = await geometry.source(product, settings.ridge, progress);
  const { rows } = await geometry.baseline(source, seed, settings.randomPairs);
  const sizes = [...new Set(vectors.map(({ pairs }) => pairs.length))];
  const made = randomDirections(rows, sizes, {
    count: randomConcepts,
    random: (chain) => randomSource(seed, streams.directions + chain),
    normalised: settings.direction === 'normalised',
  });
  const cosines = await geometry.algebra.multiply(made, directions);
  const usable = [...Array(directions.rows).keys()].filter((set) => hasLength(row(directions, set)));
  const quantileOf = new Map(
    sizes.map((size, s) => {
      const own: number[] = [];
      for (let chain = 0; chain < randomConcepts; chain++) {
        const at = s * randomConcepts + chain;
        if (hasLength(row(made, at)))
          for (const set of usable) own.push(Math.abs(cosines.data[at * cosines.columns + set]!));
      }
      return [size, own.length === 0 ? NaN : quantile(Float64Array.from(own).sort(), 0.95)];
    }),
  );
  return none.map((_, i) => quantileOf.get(vectors[i]!.pairs.length)!);
}
