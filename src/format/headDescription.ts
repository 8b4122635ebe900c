import { t } from '@vscode/l10n';
import type { HeadSummary } from '../protocol/modelSummary';

/**
 * Readable description of the head: "MatMul, float16, stored [vocab, hidden], tied to the embedding, scale 0.0625" or "GGUF
 * output.weight, Q4_K, stored [vocab, hidden]".
 */
export function describeHead(head: HeadSummary): string {
  const { format, tensor, operator, parts = 1, elementType, layout, tied, after = [], output } = head;
  return [
    operator === undefined
      ? `${format} ${tensor}`
      : parts === 1
        ? operator
        : t`${operator} in ${parts} parts`,
    elementType,
    layout === 'mixed' ? t('stored in both orders') : t`stored ${layout}`,
    ...(tied ? [t('tied to the embedding')] : []),
    ...after,
    ...(output === undefined ? [] : [t`logits from the output ${output}`]),
  ].join(', ');
}
