import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { ByteSource } from './byteSource';
import { ModelError } from './modelError';

/**
 * Opens the file that holds a tensor's data, which must lie inside the model folder: a model from the net must not
 * make us read elsewhere.
 *
 * @throws ModelError if the file is missing or leaves the folder, also through a symbolic link
 */
export function openExternalData(
  location: string,
  tensor: string,
  file: ByteSource,
  onnxFolder: string,
  modelFolder: string,
): ByteSource {
  const path = join(onnxFolder, location);
  if (isAbsolute(location) || !isInside(path, modelFolder)) throw outside(location, tensor, file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new ModelError(
      `${file.label} keeps ${tensor} in ${location}, which is missing; copy that file beside the .onnx file.`,
    );
  }
  if (!isInside(realpathSync(path), realpathSync(modelFolder))) {
    throw new ModelError(
      `${file.label} keeps ${tensor} in ${location}, a link that leaves the model folder; put the file itself there.`,
    );
  }
  return new ByteSource(path, location);
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function outside(location: string, tensor: string, file: ByteSource): ModelError {
  return new ModelError(
    `${file.label} keeps ${tensor} in ${location}, outside the model folder; put the data beside the .onnx file.`,
  );
}
