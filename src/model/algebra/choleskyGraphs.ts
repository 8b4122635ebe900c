import type { OnnxModel, OnnxNode } from '../onnx/writer';
import { minusProduct, model, node, type Values } from './graphBuilder';

const explained: Values = { a: 'float32', b: 'float32' };

/** c − aᵀ·b. */
function unexplained(output: string): OnnxNode {
  return minusProduct(['a', 'b', 'c'], output, 'transA');
}

/** `y` = c − aᵀ·b. */
export function unexplainedGraph(): OnnxModel {
  return model({ ...explained, c: 'float32' }, { y: 'float32' }, [unexplained('y')]);
}

/**
 * A block below the diagonal: `r` = d·(c − aᵀ·b)ᵀ, and `l` = rᵀ.
 *
 * @param isFirst whether this is the first panel, without a and b
 */
export function belowGraph(isFirst: boolean): OnnxModel {
  const inputs: Values = { ...(isFirst ? {} : explained), c: 'float32', d: 'float32' };
  return model(inputs, { r: 'float32', l: 'float32' }, [
    ...(isFirst ? [] : [unexplained('rest')]),
    node('Gemm', ['d', isFirst ? 'c' : 'rest'], 'r', { transB: 1 }),
    node('Transpose', ['r'], 'l'),
  ]);
}
