import { ModelError } from '../../errors';
import type { Matrix } from '../../geometry/matrix';
import type { Algebra } from '../algebra/algebra';
import type { Model } from '../model';

/**
 * The logits U·λ of hidden states `[contexts, hidden]`: `[vocab, contexts]`.
 *
 * @throws ModelError if the model adds a bias or changes the logits after the product
 */
export async function headLogits({ unembedding }: Model, algebra: Algebra, hidden: Matrix): Promise<Matrix> {
  const { head, label } = unembedding;
  // What is cut off or masked has no token.
  const changed = head.after.filter((step) => step !== 'mask');
  if (changed.length > 0)
    throw new ModelError(
      `The logits of ${label} are not U·λ alone (${changed.join(', ')}), so its probabilities cannot be computed; use a model without that, such as LLaMA-2.`,
    );
  return algebra.project(unembedding, hidden, () => undefined);
}
