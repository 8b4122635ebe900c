import type { OnnxModel, OnnxNode } from '../onnx/onnxWriter';
import { cast, model, node, type Values } from './graphBuilder';

/** `rest` = c − aᵀ·b: products in single precision, as those that c was made of, and differences in double. */
function unexplained(output: string): OnnxNode[] {
  return [
    node('Gemm', ['a', 'b'], 'product', { transA: 1 }),
    cast('product', 'double', 'float64'),
    node('Sub', ['c', 'double'], output),
  ];
}

const explained: Values = { a: 'float32', b: 'float32' };

/** `y` = c − aᵀ·b. */
export function unexplainedGraph(): OnnxModel {
  return model({ ...explained, c: 'float64' }, { y: 'float64' }, unexplained('y'));
}

/**
 * A block below the diagonal: `r` = d·(c − aᵀ·b)ᵀ, and `l` = rᵀ.
 *
 * @param isFirst nothing is explained yet: there is no a, b
 */
export function belowGraph(isFirst: boolean): OnnxModel {
  const inputs: Values = { ...(isFirst ? {} : explained), c: 'float64', d: 'float64' };
  return model(inputs, { r: 'float32', l: 'float32' }, [
    ...(isFirst ? [] : unexplained('rest')),
    node('Gemm', ['d', isFirst ? 'c' : 'rest'], 'solved', { transB: 1 }),
    cast('solved', 'r', 'float32'),
    node('Transpose', ['r'], 'l'),
  ]);
}
