import type { ProbeResult } from '../protocol/probeResult';
import { resultDocument } from './resultDocument';

/** The JSON document of a result, with its comparison where there is one. */
export function exportDocument(
  result: ProbeResult,
  comparison: ProbeResult | null,
  options = { includeSelf: false },
) {
  return {
    ...resultDocument(result, options),
    ...(comparison && { comparison: comparisonDocument(result, comparison, options) }),
  };
}

/** Two results of the same concepts: the second one, and every number of it minus that of the first. */
export function comparisonDocument(
  first: ProbeResult,
  second: ProbeResult,
  options = { includeSelf: false },
) {
  const [a, b] = [resultDocument(first, options), resultDocument(second, options)];
  const { model, covariance, concepts, directions } = b;
  const difference = differenceOf(
    { concepts: a.concepts, directions: a.directions, covariance: a.covariance },
    { concepts, directions, covariance },
  );
  return { model, covariance, concepts, directions, difference };
}

/**
 * Numbers become second − first, wherever both have one; names and words stay. Lists of different lengths, as where one
 * tokenizer keeps a pair that the other drops, have no difference: `null`.
 */
function differenceOf(first: unknown, second: unknown): unknown {
  if (typeof first === 'number' && typeof second === 'number') return second - first;
  if (Array.isArray(first) && Array.isArray(second)) {
    if (first.length !== second.length) return null;
    return first.map((value: unknown, i) => differenceOf(value, second[i]));
  }
  if (isRecord(first) && isRecord(second)) {
    const common = Object.keys(first).filter((key) => key in second);
    return Object.fromEntries(common.map((key) => [key, differenceOf(first[key], second[key])]));
  }
  return typeof first === 'string' && first === second ? first : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
