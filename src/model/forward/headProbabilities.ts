import { matrix, type Matrix } from '../../geometry/matrix';
import type { Algebra } from '../algebra/algebra';
import type { RowSet } from '../head/rowSet';
import type { Model } from '../model';
import { headLogits } from './headLogits';

/**
 * log p(y | context) from the last hidden states of contexts, as {@link ForwardPass.logProbabilities} returns them.
 *
 * @param states `[hidden]` for each context
 * @throws ModelError as {@link headLogits}
 */
export async function headProbabilities(
  model: Model,
  algebra: Algebra,
  states: readonly Float32Array[],
  which: readonly number[] | 'all',
): Promise<Float32Array[]> {
  const { hiddenSize, vocabSize } = model.unembedding.head;
  const last = new Float32Array(states.length * hiddenSize);
  states.forEach((state, i) => {
    last.set(state, i * hiddenSize);
  });
  const logits = await headLogits(model, algebra, matrix(states.length, hiddenSize, last));
  const rows = model.tokenizer.tokenIds(vocabSize);
  return states.map((_, column) => {
    const all = logProbabilitiesOf(logits, column, rows);
    return which === 'all' ? all : Float32Array.from(which, (id) => all[id]!);
  });
}

function logProbabilitiesOf(logits: Matrix, column: number, rows: RowSet['ids']): Float32Array {
  const at = (id: number): number => logits.data[id * logits.columns + column]!;
  let most = -Infinity;
  for (const id of rows) most = Math.max(most, at(id));
  let sum = 0;
  for (const id of rows) sum += Math.exp(at(id) - most);
  const normalizer = most + Math.log(sum);
  const found = new Float32Array(logits.rows).fill(-Infinity);
  for (const id of rows) found[id] = at(id) - normalizer;
  return found;
}
