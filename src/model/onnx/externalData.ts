import { ModelError } from '../../errors';
import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { ByteSource } from './byteSource';
import { shown } from './refusalText';

/**
 * Opens the file with a tensor's data. It must be inside the model folder or, if the .onnx file itself is a link (as in the
 * Hugging Face cache), next to the link's target: a downloaded model must not be able to make the extension read other
 * files.
 *
 * @throws ModelError if the file is missing or elsewhere, also through a symbolic link
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
    throw new ModelError(`${keeps}, outside the model folder; put the data next to the .onnx file.`);
  }
  const real = realPathOf(path) ?? realPathOf(join(dirname(realpathSync(file.path)), location));
  if (real === null) {
    throw new ModelError(`${keeps}, which is missing; copy that file next to the .onnx file.`);
  }
  const besideOnnx = isInside(real, dirname(realpathSync(file.path)));
  if (!besideOnnx && !isInside(real, realpathSync(modelFolder))) {
    throw new ModelError(`${keeps}, a link to a file outside the model folder; put the file itself there.`);
  }
  return new ByteSource(real, shown(location));
}

/** Null if there is no such regular file. */
function realPathOf(path: string): string | null {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? realpathSync(path) : null;
  } catch {
    // Not readable: a circular link, a name that is too long, or a folder without permission.
    return null;
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
