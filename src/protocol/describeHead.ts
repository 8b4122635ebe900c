import type { HeadSummary } from './modelSummary';

/** "MatMul, float16, stored [vocab, hidden], tied to the embedding, scale 0.0625": the head for a person. */
export function describeHead({
  operator,
  elementType,
  layout,
  tied,
  after = [],
  output,
}: HeadSummary): string {
  return [
    operator,
    elementType,
    `stored ${layout}`,
    ...(tied ? ['tied to the embedding'] : []),
    ...after,
    ...(output === undefined ? [] : [`logits from the output ${output}`]),
  ].join(', ');
}
