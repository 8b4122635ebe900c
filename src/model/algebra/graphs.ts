import type { OnnxModel } from '../onnx/writer';
import { cast, model, node, type ElementName } from './graphBuilder';

/** `y` = a·bᵀ, in single precision. */
export function productGraph(): OnnxModel {
  const inputs = { a: 'float32', b: 'float32' } as const;
  return model(inputs, { y: 'float32' }, [node('Gemm', ['a', 'b'], 'y', { transB: 1 })]);
}

/** `y` = projections of the tile's tokens on directions `w`, `[tokens, directions]`. */
export function projectGraph(type: ElementName, tokensFirst: boolean): OnnxModel {
  const transA = tokensFirst ? 0 : 1;
  return model({ x: type, w: 'float32' }, { y: 'float32' }, [
    // float16 is converted here, where that is fastest.
    cast('x', 'x32', 'float32'),
    node('Gemm', ['x32', 'w'], 'y', { transA, transB: 1 }),
  ]);
}
