import type { Algebra } from '../algebra/algebra';
import type { Model } from '../model';
import type { SessionOptions } from '../runtime/sessionRuntime';
import type { ForwardPass } from './forwardPass';
import { LlamaForward } from './llamaForward';
import { OnnxForward } from './onnxForward';

/** Opens a model to run it, by what can run its format. @throws ModelError if it cannot be run here */
export function openForward(model: Model, algebra: Algebra, options: SessionOptions): Promise<ForwardPass> {
  return (model.folder.format === 'GGUF' ? LlamaForward : OnnxForward).open(model, algebra, options);
}
