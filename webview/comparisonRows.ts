import type { ConceptResult, ProbeResult } from '../src/protocol/probeResult';
import type { ConceptGeometry } from '../src/protocol/geometryResult';
import type { Geometry } from './geometryOf';

/** One concept in two results; `undefined` where one of them does not have it. */
export interface ComparisonRow {
  readonly name: string;
  readonly a: Side;
  readonly b: Side | undefined;
}

interface Side {
  readonly kept: number;
  readonly geometry: ConceptGeometry;
}

/** The first result's concepts with the second's of the same names. */
export function comparisonRows(
  a: ProbeResult,
  b: ProbeResult,
  inA: Geometry,
  inB: Geometry,
): readonly ComparisonRow[] {
  const side = (concept: ConceptResult, { of }: Geometry) => ({ kept: concept.kept, geometry: of(concept) });
  return a.concepts.map((concept) => {
    const other = b.concepts.find(({ name }) => name === concept.name);
    return { name: concept.name, a: side(concept, inA), b: other && side(other, inB) };
  });
}

/** B − A; `null` where either is missing. */
export function change(a: number | null | undefined, b: number | null | undefined): number | null {
  return typeof a === 'number' && typeof b === 'number' ? b - a : null;
}

/** The concept whose mean leave-one-out cosine differs most. */
export function largestChange(rows: readonly ComparisonRow[]) {
  let largest: { readonly name: string; readonly a: number; readonly b: number } | undefined;
  for (const { name, a, b } of rows) {
    const [meanA, meanB] = [a.geometry.leaveOneOut.mean, b?.geometry.leaveOneOut.mean ?? null];
    if (meanA === null || meanB === null) continue;
    if (largest && Math.abs(meanB - meanA) <= Math.abs(largest.b - largest.a)) continue;
    largest = { name, a: meanA, b: meanB };
  }
  return largest;
}

/** Mean and largest |cosine| between different concepts' directions. */
export function besideDiagonal({ directions }: Geometry) {
  const { mean = null, largest = null } = directions.offDiagonal ?? {};
  return { mean, largest };
}
