import type { Matrix } from '../geometry/matrix';
import type { CategoriesResult } from './categoriesResult';
import type { BetweenResult } from './betweenResult';
import type { AlignResult, MeasureResult } from './contextResult';
import type { ConceptGeometry, DirectionGeometry, Spread } from './geometryResult';
import type { ModelComparison } from './modelComparison';
import { keptPairs, leftOutPairs, type ConceptResult, type ProbeResult } from './probeResult';
import type { SteeredContext } from './steeringMessages';
import type { NearestResult, VocabularyResult } from './vocabularyResult';

/*
 * Checks that a result arrived complete: every array has the length that its subject requires. Reading past the end of a
 * short array yields undefined, and no view should have to handle that.
 */

/** @throws RangeError that names what is inconsistent */
export function checkResult({ concepts, directions }: ProbeResult): void {
  const hasCausal = directions.causal !== null;
  for (const concept of concepts) {
    const where = `concept “${concept.name}”`;
    agree(`${where}: pairs`, concept.pairs.length, concept.given + leftOutPairs(concept).length);
    agree(`${where}: kept pairs`, keptPairs(concept).length, concept.kept);
    checkGeometry(`${where}, Euclidean`, concept.euclidean, concept);
    if ((concept.causal !== null) !== hasCausal)
      throw new RangeError(`${where} and the directions disagree on the causal inner product.`);
    if (concept.causal) checkGeometry(`${where}, causal`, concept.causal, concept);
  }
  const names = new Set(concepts.map(({ name }) => name));
  checkDirections('Euclidean directions', directions.euclidean, names);
  if (directions.causal) checkDirections('causal directions', directions.causal, names);
  checkSquare('control', directions.control, directions.euclidean.concepts.length);
}

/** @throws RangeError that names what is inconsistent */
export function checkComparison({ second, common }: ModelComparison): void {
  checkResult(second);
  const kept = new Map(second.concepts.map((concept) => [concept.name, concept.kept]));
  for (const { name, pairs } of common.concepts)
    if (!(pairs <= (kept.get(name) ?? 0)))
      throw new RangeError(`comparison: the second model does not keep ${pairs} pairs of “${name}”.`);
}

/** @throws RangeError that names what is inconsistent */
export function checkNearest({ concept, products, tokens }: NearestResult): void {
  for (const { piece, cosines } of tokens)
    agree(`nearest tokens on “${concept}”: cosines of ${piece}`, cosines.length, products.length);
}

/** @throws RangeError that names what is inconsistent */
export function checkBetween({ a, b, products }: BetweenResult): void {
  const [rows, columns] = [a, b].map(({ pairs, pairsPerCell }) => Math.ceil(pairs.length / pairsPerCell));
  if (products.length === 0) throw new RangeError('pairs of two concepts: there is no inner product.');
  for (const { product, cosine } of products) {
    const where = `pairs of “${a.concept}” and “${b.concept}”, ${product}`;
    agree(`${where}: rows`, cosine.rows, rows!);
    agree(`${where}: columns`, cosine.columns, columns!);
    checkNumbers(where, cosine.data, rows! * columns!);
  }
}

/** @throws RangeError that names what is inconsistent */
export function checkVocabulary({ x, y, pieces, tokens }: VocabularyResult): void {
  if (!(tokens <= pieces.length))
    throw new RangeError(`vocabulary: ${tokens} tokens of ${pieces.length} count.`);
  for (const { concept, scores, top, bottom } of y ? [x, y] : [x]) {
    const where = `vocabulary on “${concept}”`;
    checkNumbers(`${where}: scores`, scores, pieces.length);
    for (const { id } of [...top, ...bottom])
      if (pieces[id] === undefined) throw new RangeError(`${where}: token ${id} does not exist.`);
  }
}

/** @throws RangeError that names what does not fit */
export function checkAlignment({ sets, concepts, cosine, p, q, random95 }: AlignResult): void {
  for (const set of sets) {
    const where = `contexts “${set.name}”`;
    agree(`${where}: kept pairs`, set.pairs.filter(({ dropped }) => dropped === null).length, set.kept);
    checkGeometry(where, set.geometry, set);
  }
  for (const [what, values] of Object.entries({ cosines: cosine, p, q })) {
    agree(`alignment: rows of ${what}`, values.rows, sets.length);
    agree(`alignment: columns of ${what}`, values.columns, concepts.length);
    checkNumbers(`alignment: ${what}`, values.data, sets.length * concepts.length);
  }
  checkNumbers('alignment: quantiles of chance', random95, concepts.length);
}

/** @throws RangeError that names what does not fit */
export function checkMeasurement({ sets, concepts }: MeasureResult): void {
  for (const { name, sets: measured } of concepts) {
    const where = `measurement of “${name}”`;
    agree(`${where}: sets`, measured.length, sets.length);
    measured.forEach(({ values }, i) => {
      checkNumbers(`${where}: values`, values, sets[i]!.given);
    });
  }
}

/** @throws RangeError that names what does not fit */
export function checkCategories({ categories, cosine, randomTokens, simplices }: CategoriesResult): void {
  checkSquare('categories: cosines', cosine, categories.length);
  for (const { name, kept, heldOut } of categories) {
    if (!heldOut) continue;
    checkNumbers(`category “${name}”: held-out words`, heldOut.words, kept);
    checkNumbers(`category “${name}”: random tokens`, heldOut.others, randomTokens);
  }
  for (const { names, wordsOf, corners, words, edges } of simplices) {
    const where = `simplex of “${names.join(', ')}”`;
    agree(`${where}: words`, words.rows, wordsOf.flat().length);
    checkNumbers(`${where}: corners`, corners.data, 3 * names.length);
    checkNumbers(`${where}: words`, words.data, 3 * words.rows);
    checkNumbers(`${where}: edges`, edges, (names.length * (names.length - 1)) / 2);
  }
}

/** @throws RangeError that names what does not fit */
export function checkSteering({ result }: SteeredContext): void {
  const { logits, shift, ids, pieces, pairs, concepts, concept, moves, hiddenNorm, stepNorm } = result;
  const rows = pieces.length;
  checkNumbers('steering: logits', logits, rows);
  checkNumbers('steering: shift', shift, rows);
  if (!(ids instanceof Int32Array) || ids.length === 0)
    throw new RangeError('steering: there are no tokens.');
  for (const id of ids)
    if (!(id >= 0 && id < rows)) throw new RangeError(`steering: there is no token ${id}.`);
  if (!concepts.includes(concept)) throw new RangeError(`steering: there is no concept “${concept}”.`);
  for (const pair of pairs) {
    if (!concepts.includes(pair.concept))
      throw new RangeError(`steering: there is no concept “${pair.concept}”.`);
    for (const id of [pair.baseId, pair.targetId])
      if (!(id >= 0 && id < rows)) throw new RangeError(`steering: there is no token ${id}.`);
  }
  agree('steering: rows of moves', moves.rows, concepts.length);
  agree('steering: columns of moves', moves.columns, pairs.length);
  checkNumbers('steering: moves', moves.data, concepts.length * pairs.length);
  if (!(hiddenNorm >= 0 && stepNorm >= 0)) throw new RangeError('steering: a norm is missing.');
}

function checkGeometry(
  where: string,
  geometry: ConceptGeometry,
  { kept }: Pick<ConceptResult, 'kept'>,
): void {
  const { leaveOneOut, withDirection, norms, pairwise, pairsPerCell, random } = geometry;
  checkNumbers(`${where}: leave-one-out cosines`, leaveOneOut.cosines, kept);
  checkNumbers(`${where}: leave-one-out projections`, leaveOneOut.projections, kept);
  checkNumbers(`${where}: cosines with the direction`, withDirection, kept);
  checkNumbers(`${where}: norms`, norms, kept);
  for (const position of leaveOneOut.outliers)
    if (!(position < kept)) throw new RangeError(`${where}: outlier ${position} is not a kept pair.`);
  // Without pairs the map has no cells.
  checkSquare(`${where}: pair × pair`, pairwise, kept === 0 ? 0 : Math.ceil(kept / pairsPerCell));
  if (!random) return;
  checkSpread(`${where}: random cosines`, random.cosine);
  checkSpread(`${where}: random projections`, random.projection);
  if (random.normMatched) checkSpread(`${where}: norm-matched projections`, random.normMatched);
}

function checkDirections(where: string, geometry: DirectionGeometry, names: ReadonlySet<string>): void {
  const { concepts, cosine, differenceCosine, differenceSelfCosine, sharedTokens, offDiagonal, chance } =
    geometry;
  const n = concepts.length;
  for (const name of concepts)
    if (!names.has(name)) throw new RangeError(`${where}: concept “${name}” does not exist.`);
  checkSquare(`${where}: cosines`, cosine, n);
  checkSquare(`${where}: cosines of differences`, differenceCosine, n);
  checkNumbers(`${where}: cosines of differences with self-pairs`, differenceSelfCosine, n);
  checkSquare(`${where}: shared tokens`, sharedTokens, n);
  for (const row of offDiagonal?.pair ?? [])
    if (!(row < n)) throw new RangeError(`${where}: concept ${row} does not exist.`);
  if (!chance) return;
  checkSquare(`${where}: p`, chance.p, n);
  checkSquare(`${where}: q`, chance.q, n);
  checkSquare(`${where}: quantiles of chance`, chance.quantile95, n);
}

function checkSquare(where: string, source: Matrix, n: number): void {
  agree(`${where}: rows`, source.rows, n);
  agree(`${where}: columns`, source.columns, n);
  checkNumbers(where, source.data, n * n);
}

function checkSpread(where: string, { histogram: { counts, from, to } }: Spread): void {
  checkNumbers(where, counts, counts.length);
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to) || counts.length === 0)
    throw new RangeError(`${where}: the histogram has no bins.`);
}

function checkNumbers(where: string, values: Float32Array | Float64Array, length: number): void {
  if (!(values instanceof Float64Array) && !(values instanceof Float32Array))
    throw new RangeError(`${where}: expected an array of numbers.`);
  agree(where, values.length, length);
}

/** @throws RangeError if the two numbers differ */
export function agree(where: string, found: number, expected: number): void {
  if (found !== expected) throw new RangeError(`${where}: expected ${expected}, found ${found}.`);
}
