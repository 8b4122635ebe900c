import { row, type Matrix } from '../geometry/matrix';
import { distance } from '../geometry/vector';
import type { RowSource } from './rowSource';

/** The vocabulary around its mean. */
export interface TokenNorms {
  /** ‖γ(y) − mean‖ by token id. `[vocab]` */
  readonly norms: Float64Array;
  /** `[hidden]` */
  readonly mean: Float64Array;
}

/** Rows read at a time: 32 MB. */
const mostNumbers = 2 ** 23;

interface Shape {
  readonly vocabSize: number;
  readonly hiddenSize: number;
}

/** In the coordinates of `source`. @param progress share done, 0…1 */
export async function tokenNorms(
  source: RowSource,
  shape: Shape,
  progress: (share: number) => void,
): Promise<TokenNorms> {
  const { vocabSize, hiddenSize } = shape;
  const mean = new Float64Array(hiddenSize);
  // Causal rows are centred already.
  if (source.product !== 'causal') {
    await eachRow(source, shape, progress, (values) => {
      for (let j = 0; j < hiddenSize; j++) mean[j]! += values[j]! / vocabSize;
    });
  }
  const norms = new Float64Array(vocabSize);
  await eachRow(source, shape, progress, (values, id) => {
    norms[id] = distance(values, mean);
  });
  return { norms, mean };
}

async function eachRow(
  source: RowSource,
  { vocabSize, hiddenSize }: Shape,
  progress: (share: number) => void,
  visit: (values: Matrix['data'], id: number) => void,
): Promise<void> {
  const tile = Math.max(1, Math.floor(mostNumbers / hiddenSize));
  for (let first = 0; first < vocabSize; first += tile) {
    progress(first / vocabSize);
    const ids = Array.from({ length: Math.min(tile, vocabSize - first) }, (_, i) => first + i);
    const rows = await source.rows(ids);
    for (let i = 0; i < ids.length; i++) visit(row(rows, i), first + i);
  }
}
