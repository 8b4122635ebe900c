import { t } from '@vscode/l10n';
import { includedPairs } from '../../concepts/concept';
import { matrix, row, type Matrix } from '../../geometry/matrix';
import { distance, dot } from '../../geometry/vector';
import { randomSource } from '../../geometry/random';
import type { Model } from '../../model/model';
import type { FindPairsRequest } from '../../protocol/engineMessages';
import type { FoundPair, FoundPairsResult } from '../../protocol/vocabularyResult';
import { conceptAxis, paddingOf, vocabularyScores, type ConceptAxis } from './conceptAxis';
import { continuingWords } from './continuingWords';
import type { Embedder } from '../embed';
import type { ReportProgress } from '../../protocol/progress';
import type { ModelGeometry } from '../modelGeometry';
import { streams } from '../geometry/streams';
import { BestPartners } from './bestPartners';
import { vocabularyWords } from './vocabularyWords';

/** Dimensions of the sketch: squared norms have a relative error of √(2/128), one eighth. */
const sketchSize = 128;
/** Words per tile of the all-pairs product. */
const tileWords = 2048;
/**
 * Rows of untrained tokens hardly differ, so a pair must move along the direction by at least this share of the concept's
 * own.
 */
const leastShare = 0.2;
/** Number of partners on either side of a word that are checked exactly. */
const partnersKept = 6;
/** Maximum number of tokens in the pairs whose exact cosine is computed. */
const mostTokens = 2500;
/** Words that the model checks in one pass over its head. */
const wordsAtOnce = 64;

/**
 * Pairs of whole words whose difference is most parallel to the concept's direction. A random sketch of the vocabulary
 * (Johnson–Lindenstrauss), computed in one pass over the head, compares all pairs; the best ones are then computed exactly.
 * Each word is used once, and words that are only pieces are left out ({@link continuingWords}).
 *
 * @throws UserError, ModelError see {@link conceptAxis}
 */
export async function findPairs(
  model: Model,
  geometry: ModelGeometry,
  embedder: Embedder,
  request: FindPairsRequest,
  progress: ReportProgress,
): Promise<FoundPairsResult> {
  const axis = await conceptAxis(model, geometry, request, request.concept, progress);
  const { vocabSize, hiddenSize } = model.unembedding.head;
  const pieces = model.tokenizer.pieces(vocabSize);
  const words = wholeWords(pieces, axis, request.tokens.leadingSpace);
  const sketched = await vocabularyScores(
    geometry,
    request,
    sketchVectors(axis.direction, hiddenSize, request.seed),
    progress,
  );
  progress({ message: t('Comparing all pairs of words'), fraction: null });
  const ids = Int32Array.from(words.keys()).sort((a, b) => score(sketched, a) - score(sketched, b));
  const least = leastShare * dot(axis.difference, axis.direction);
  const candidates = fewTokens(await sketchCandidates(sketched, ids, least, geometry));
  progress({ message: t('Measuring the best pairs'), fraction: null });
  const exact = await exactPairs(candidates, sketched, axis, words);
  // From several concepts if possible, because the model may not know the words of one of them.
  const firsts = request.concepts.flatMap((concept) => includedPairs(concept)[0] ?? []);
  const others = [...firsts, ...axis.pairs].slice(0, 3).map(({ base }) => base);
  const found = await withoutPieces(exact, request.count, (some) =>
    continuingWords(model, geometry, embedder, { words: some, others, pieces }, progress),
  );
  return {
    product: request.product,
    concept: request.concept,
    ...found,
    tokens: ids.length,
    candidates: candidates.length,
    ...paddingOf(model, request),
  };
}

/** The best pairs whose words the model treats as whole; `areWordsChecked` is false if the model could not be used. */
async function withoutPieces(
  exact: readonly FoundPair[],
  count: number,
  continuing: (words: ReadonlyMap<number, string>) => Promise<ReadonlySet<number> | undefined>,
): Promise<Pick<FoundPairsResult, 'pairs' | 'areWordsChecked'>> {
  const checked = new Set<number>();
  let left = exact;
  for (;;) {
    const pairs = eachWordOnce(left).slice(0, count);
    const words = pairs.flatMap(({ base, target, baseId, targetId }): [number, string][] => [
      [baseId, base],
      [targetId, target],
    ]);
    const some = new Map(words.filter(([id]) => !checked.has(id)).slice(0, wordsAtOnce));
    if (some.size === 0) return { pairs, areWordsChecked: true };
    const pieces = await continuing(some);
    if (!pieces) return { pairs, areWordsChecked: false };
    for (const id of some.keys()) checked.add(id);
    left = left.filter(({ baseId, targetId }) => !pieces.has(baseId) && !pieces.has(targetId));
  }
}

/** The words of the vocabulary without those of the concept's own pairs, in any spelling. */
function wholeWords(
  pieces: readonly string[],
  { words: given }: ConceptAxis,
  leadingSpace: boolean,
): ReadonlyMap<number, string> {
  const own = new Set(given.map((word) => word.toLowerCase()));
  const words = vocabularyWords(pieces, leadingSpace);
  return new Map([...words].filter(([, word]) => !own.has(word.toLowerCase())));
}

/** The direction and the random vectors of a Gaussian sketch: `[1 + sketch, hidden]`. */
function sketchVectors(direction: Float64Array, hiddenSize: number, seed: number): Matrix {
  const random = randomSource(seed, streams.sketch);
  const data = new Float64Array((1 + sketchSize) * hiddenSize);
  data.set(direction);
  const scale = 1 / Math.sqrt(sketchSize);
  for (let i = hiddenSize; i < data.length; i++) data[i] = scale * random.gaussian();
  return matrix(1 + sketchSize, hiddenSize, data);
}

function score(sketched: Matrix, id: number): number {
  return sketched.data[id * sketched.columns]!;
}

interface Candidate {
  readonly base: number;
  readonly target: number;
}

/**
 * Words are in ascending order on the direction: a pair goes from one word to a later one at least `leastGap` away. Best
 * first.
 */
async function sketchCandidates(
  sketched: Matrix,
  ids: Int32Array,
  leastGap: number,
  { algebra }: ModelGeometry,
): Promise<readonly Candidate[]> {
  const [targetsOf, basesOf] = [
    new BestPartners(ids.length, partnersKept),
    new BestPartners(ids.length, partnersKept),
  ];
  const tiles = Array.from({ length: Math.ceil(ids.length / tileWords) }, (_, tile) =>
    sketchTile(sketched, ids.subarray(tile * tileWords, (tile + 1) * tileWords), tile * tileWords),
  );
  for (const [b, later] of tiles.entries()) {
    for (const earlier of tiles.slice(0, b + 1)) {
      if (later.scores.at(-1)! - earlier.scores[0]! < leastGap) continue;
      const { data } = await algebra.multiply(earlier.sketch, later.sketch);
      compareTiles(earlier, later, data, leastGap, targetsOf, basesOf);
    }
  }
  const found = [
    ...[...targetsOf.entries()].map(({ word, partner, value }) => ({ base: word, target: partner, value })),
    ...[...basesOf.entries()].map(({ word, partner, value }) => ({ base: partner, target: word, value })),
  ].sort((x, y) => y.value - x.value);
  const once = new Map(found.map(({ base, target }) => [base * ids.length + target, { base, target }]));
  return Array.from(once.values(), ({ base, target }) => ({ base: ids[base]!, target: ids[target]! }));
}

type SketchTile = ReturnType<typeof sketchTile>;

function sketchTile(sketched: Matrix, ids: Int32Array, first: number) {
  const data = new Float32Array(ids.length * sketchSize);
  ids.forEach((id, i) => {
    data.set(row(sketched, id).subarray(1), i * sketchSize);
  });
  const sketch = matrix(ids.length, sketchSize, data);
  const squares = Float64Array.from(ids, (_, i) => dot(row(sketch, i), row(sketch, i)));
  return { first, sketch, squares, scores: Float64Array.from(ids, (id) => score(sketched, id)) };
}

/** The inner loop over all pairs: two comparisons each, and square roots only for pairs that are kept. */
function compareTiles(
  earlier: SketchTile,
  later: SketchTile,
  products: Matrix['data'],
  leastGap: number,
  targetsOf: BestPartners,
  basesOf: BestPartners,
): void {
  const { scores, squares, first } = later;
  const columns = scores.length;
  const leastOfBases = basesOf.least;
  // Both tiles are ascending, so the first word that is far enough away only moves forward.
  let start = 0;
  for (let i = 0; i < earlier.scores.length; i++) {
    const [word, score, own] = [earlier.first + i, earlier.scores[i]!, earlier.squares[i]!];
    let least = targetsOf.least[word]!;
    while (start < columns && scores[start]! - score < leastGap) start++;
    for (let j = start; j < columns; j++) {
      const gap = scores[j]! - score;
      const square = own + squares[j]! - 2 * products[i * columns + j]!;
      if (gap * gap <= Math.min(least, leastOfBases[first + j]!) * square) continue;
      const cosine = gap / Math.sqrt(square);
      targetsOf.add(word, first + j, cosine);
      basesOf.add(first + j, word, cosine);
      least = targetsOf.least[word]!;
    }
  }
}

/** The best candidates, up to the limit on the tokens whose rows they need. */
function fewTokens(candidates: readonly Candidate[]): readonly Candidate[] {
  const tokens = new Set<number>();
  return candidates.filter(({ base, target }) => {
    const more = (tokens.has(base) ? 0 : 1) + (tokens.has(target) ? 0 : 1);
    if (tokens.size + more > mostTokens) return false;
    tokens.add(base).add(target);
    return true;
  });
}

async function exactPairs(
  candidates: readonly Candidate[],
  sketched: Matrix,
  { source }: ConceptAxis,
  words: ReadonlyMap<number, string>,
): Promise<FoundPair[]> {
  const ids = [...new Set(candidates.flatMap(({ base, target }) => [base, target]))];
  const place = new Map(ids.map((id, index) => [id, index]));
  const rows = await source.rows(ids);
  return candidates
    .map(({ base, target }): FoundPair => {
      const length = distance(row(rows, place.get(target)!), row(rows, place.get(base)!));
      const projection = score(sketched, target) - score(sketched, base);
      return {
        base: words.get(base)!,
        target: words.get(target)!,
        baseId: base,
        targetId: target,
        cosine: length > 0 ? projection / length : 0,
        projection,
      };
    })
    .sort((a, b) => b.cosine - a.cosine);
}

function eachWordOnce(pairs: readonly FoundPair[]): FoundPair[] {
  const used = new Set<string>();
  return pairs.filter(({ base, target }) => {
    const words = [base, target].map((word) => word.toLowerCase());
    if (words[0] === words[1] || words.some((word) => used.has(word))) return false;
    words.forEach((word) => used.add(word));
    return true;
  });
}
