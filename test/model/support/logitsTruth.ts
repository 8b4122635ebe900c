import { InferenceSession, Tensor } from 'onnxruntime-node';
import {
  onnxDataType,
  serializeOnnx,
  type OnnxFunction,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from '../../../src/model/onnx/writer';

/** `hidden` is `[batch, sequence, 4]`. */
export const hiddenSize = 4;

export interface LogitsForm {
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  readonly functions?: readonly OnnxFunction[];
  readonly input?: OnnxValueInfo;
  /** Shape of `logits`; if missing, the file does not specify one. */
  readonly shape?: readonly (number | string)[];
  readonly opset?: number;
}

export function modelOf({
  node,
  initializer,
  functions = [],
  input,
  shape,
  opset = 18,
}: LogitsForm): OnnxModel {
  const hidden: OnnxValueInfo = {
    name: 'hidden',
    elemType: onnxDataType.float,
    shape: ['batch', 'sequence', hiddenSize],
  };
  return {
    irVersion: 8,
    opsetImport: {
      '': opset,
      'com.microsoft': 1,
      ...Object.fromEntries(functions.map(({ domain }) => [domain, 1])),
    },
    functions,
    graph: {
      name: 'logits',
      node,
      initializer,
      input: [input ?? hidden],
      output: [{ name: 'logits', elemType: onnxDataType.float, ...(shape && { shape }) }],
    },
  };
}

/**
 * U according to ONNX Runtime, `[vocab, hidden]`: the logits of each unit vector minus those of zero. Every position
 * contains the same vector, so it does not matter which of them remain.
 *
 * @returns null if ONNX Runtime rejects the model; positions that differ give NaN
 */
export async function runtimeUnembedding(
  form: LogitsForm,
  positions: readonly number[] = [2, 3],
): Promise<{ readonly vocab: number; readonly data: Float32Array } | null> {
  const options = { graphOptimizationLevel: 'disabled', logSeverityLevel: 4 } as const;
  const session = await InferenceSession.create(serializeOnnx(modelOf(form)), options).catch(() => null);
  if (!session) return null;
  try {
    const zero = await logitsOf(session, -1, positions);
    const vocab = zero.dims.at(-1) ?? 0;
    const data = new Float32Array(vocab * hiddenSize);
    for (let j = 0; j < hiddenSize; j++) {
      const unit = await logitsOf(session, j, positions);
      for (let token = 0; token < vocab; token++) {
        const differences: number[] = [];
        for (let at = token; at < unit.data.length; at += vocab)
          differences.push(unit.data[at]! - zero.data[at]!);
        const [first = NaN, ...others] = differences;
        const areSame = others.every((difference) => Math.abs(difference - first) < 1e-5);
        data[token * hiddenSize + j] = areSame ? first : NaN;
      }
    }
    return { vocab, data };
  } catch {
    return null;
  } finally {
    await session.release();
  }
}

/** The logits if all positions contain unit vector `j`, or zeros for −1. */
async function logitsOf(session: InferenceSession, j: number, positions: readonly number[]) {
  const count = positions.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: count * hiddenSize }, (_, i) => Number(i % hiddenSize === j));
  const { logits } = await session.run({
    hidden: new Tensor('float32', values, [...positions, hiddenSize]),
  });
  return { dims: logits!.dims, data: logits!.data as Float32Array };
}

export function int64s(
  name: string,
  values: readonly number[],
  dims: readonly number[] = [values.length],
): OnnxTensor {
  return { name, dims, dataType: onnxDataType.int64, int64Data: values.map((value) => clamped(value)) };
}

/** Infinity as exporters write it: the largest integer. */
function clamped(value: number): bigint {
  if (value === Infinity) return 2n ** 63n - 1n;
  return value === -Infinity ? -(2n ** 63n) : BigInt(value);
}
