import { ModelError } from '../../errors';
import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { ByteSource } from './byteSource';
import { shown } from './refusalText';

/**
 * Opens the file that holds a tensor's data. It must lie inside the model folder or, where the .onnx file itself is a
 * link (as in the Hugging Face cache), beside the file that the link points to: a model from the net must not make us
 * read elsewhere.
 *
 * @throws ModelError if the file is missing or lies elsewhere, also through a symbolic link
 */
export function openExternalData(
  location: string,
  tensor: string,
  file: ByteSource,
  modelFolder: string,
): ByteSource {
  const keeps = `${file.label} keeps ${shown(tensor)} in ${shown(location)}`;
  const path = join(dirname(file.path), location);
  if (location.includes('\0') || isAbsolute(location) || !isInside(path, modelFolder)) {
    throw new ModelError(`${keeps}, outside the model folder; put the data beside the .onnx file.`);
  }
  const real = realPathOf(path) ?? realPathOf(join(dirname(realpathSync(file.path)), location));
  if (real === null) {
    throw new ModelError(`${keeps}, which is missing; copy that file beside the .onnx file.`);
  }
  const besideOnnx = isInside(real, dirname(realpathSync(file.path)));
  if (!besideOnnx && !isInside(real, realpathSync(modelFolder))) {
    throw new ModelError(`${keeps}, a link that leaves the model folder; put the file itself there.`);
  }
  return new ByteSource(real, shown(location));
}

/** Null where there is no such regular file. */
function realPathOf(path: string): string | null {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? realpathSync(path) : null;
  } catch {
    // A link to itself, a name too long, a folder that may not be entered: no file for us.
    return null;
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
