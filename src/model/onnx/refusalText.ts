import { ModelError } from '../modelError';

/** A name out of a file as messages show it: on one line and short, whatever the file says. */
export function shown(name: string): string {
  const plain = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
}

/** A head that we have no reading for. @param instead what to do about it */
export function notYet(
  label: string,
  form: string,
  instead = 'export the model in float32 or float16',
): ModelError {
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
