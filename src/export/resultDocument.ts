import { row, type Matrix } from '../geometry/matrix';
import type { ConceptResult, ProbeResult } from '../protocol/probeResult';

/** The JSON document of a result: the contract of `concept-probe probe --json`. Undefined numbers are `null`. */
export function resultDocument(result: ProbeResult) {
  const { concepts, directions, ...head } = result;
  return {
    ...head,
    concepts: concepts.map(conceptDocument),
    directions: {
      euclidean: { concepts: directions.euclidean.concepts, cosine: nested(directions.euclidean.cosine) },
    },
  };
}

function conceptDocument({ name, given, kept, pairs, euclidean }: ConceptResult) {
  const { meanCosine, leaveOneOut } = euclidean;
  const cosines = [...leaveOneOut.cosines].map(definedOrNull);
  return {
    name,
    given,
    kept,
    pairs,
    euclidean: { meanCosine, leaveOneOut: { mean: leaveOneOut.mean, cosines } },
  };
}

function nested(source: Matrix): (number | null)[][] {
  return Array.from({ length: source.rows }, (_, i) => [...row(source, i)].map(definedOrNull));
}

function definedOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
