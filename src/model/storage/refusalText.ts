import { ModelError } from '../../errors';

/** A name from a file for messages: on one line and shortened. */
export function shown(name: string): string {
  const plain = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}

/** The remedy for an unsupported number format. */
export const inFloat = 'export the model in float32 or float16';
/** The remedy for constants that the graph computes. */
export const foldConstants =
  'store the LM head as it is used, with constant folding during export or with onnxsim';
/** The remedy for operations supported only outside local functions. */
export const inlineFunctions = 'inline the functions with onnx.inliner.inline_local_functions';
/** The remedy for unsupported operators between the head and the logits. */
export const plainLogits = 'export the model so that the logits are the direct output of its LM head';
/** The remedy for values with an unknown number of axes. */
export const withShapes = 'add the shapes with onnx.shape_inference.infer_shapes';

/** The error for an unsupported LM head. @param instead what the user can do */
export function unsupportedHead(label: string, form: string, instead: string): ModelError {
  return new ModelError(`${label}: unsupported LM-head format: ${form}; ${instead}.`);
}

/** A tensor whose shape contradicts the rest of the model. */
export function wrongShape(
  label: string,
  tensor: { readonly name: string; readonly dimensions: readonly number[] },
  needed: string,
): ModelError {
  const shape = tensor.dimensions.join(', ');
  return new ModelError(
    `${label} gives ${shown(tensor.name)} the shape [${shape}], which is not possible because ${needed}; export the model again.`,
  );
}
