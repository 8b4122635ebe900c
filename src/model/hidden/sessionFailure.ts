import { ModelError } from '../../errors';
import { basename } from 'node:path';
import { firstLine } from '../runtime/sessionRuntime';

/** Turns an error of ONNX Runtime into one sentence: what is missing, and what still works. */
export function sessionFailure(error: unknown, label: string, elementType: string | null): ModelError {
  const reason = firstLine(error);
  const missing = /Could not find an implementation for (\w+)/u.exec(reason)?.[1];
  if (missing !== undefined) {
    const numbers = elementType === null ? '' : ` on ${elementType} numbers`;
    return new ModelError(
      `${label} cannot be run: ONNX Runtime has no ${missing}${numbers} on the CPU; export the model in float32 or float16 for hidden states (the geometry of pairs works without them).`,
    );
  }
  const missingData = /External data path[^"]* does not exist[^"]*"([^"]*)"/u.exec(reason)?.[1];
  if (missingData !== undefined) {
    return new ModelError(
      `${label} keeps numbers in ${basename(missingData)}, which is missing; copy that file next to the .onnx file.`,
    );
  }
  if (/Absolute path not allowed|External data path escapes/u.test(reason)) {
    return new ModelError(
      `${label} keeps numbers in a file outside its folder; put the file itself next to the .onnx file.`,
    );
  }
  return new ModelError(
    `${label} cannot be run by ONNX Runtime (${reason}); export the model again with a current exporter.`,
  );
}
