import { ModelError } from '../../errors';

/** A name out of a file as messages show it: on one line and short, whatever the file says. */
export function shown(name: string): string {
  const plain = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}

/** What helps where numbers are stored in a way that we do not read. */
export const inFloat = 'export the model in float32 or float16';
/** What helps where the graph computes something that never changes. */
export const foldConstants =
  'store the head as it is used, with constant folding when exporting or with onnxsim';
/** What helps where a local function does what we read only in the graph itself. */
export const inlineFunctions = 'inline the functions with onnx.inliner.inline_local_functions';
/** What helps where something stands between the head and the logits. */
export const plainLogits = 'export the model so that logits are what its head gives';
/** What helps where the file does not tell how many axes a value has. */
export const withShapes = 'add the shapes with onnx.shape_inference.infer_shapes';

/** A head that we have no reading for. @param instead what to do about it */
export function notYet(label: string, form: string, instead: string): ModelError {
  return new ModelError(`${label}: this head form is not read yet: ${form}; ${instead}.`);
}

/** A tensor whose shape contradicts the rest of the model. */
export function wrongShape(
  label: string,
  tensor: { readonly name: string; readonly dimensions: readonly number[] },
  needed: string,
): ModelError {
  const shape = tensor.dimensions.join(', ');
  return new ModelError(
    `${label} gives ${shown(tensor.name)} the shape [${shape}], which cannot be where ${needed}; export the model again.`,
  );
}
