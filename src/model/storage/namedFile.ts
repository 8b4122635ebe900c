import { ModelError } from '../../errors';
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { ByteSource } from './byteSource';
import { isInside, realPathOf, statsOf } from './paths';

/** A file that another file of a model names. */
export interface NamedFile {
  /** Its path from the naming file's folder. */
  readonly location: string;
  /** The path of the file that names it. */
  readonly namedBy: string;
  /** What the naming file is to users, such as `.onnx file`. */
  readonly owner: string;
  readonly modelFolder: string;
  /** Its name in messages. */
  readonly label: string;
}

/**
 * Opens a file that another one names. It must be inside the model folder or, if the naming file itself is a link (as in the
 * Hugging Face cache), next to the link's target: a downloaded model must not be able to make the extension read other files.
 *
 * @param keeps what the naming file says, for messages, such as `model.onnx keeps “weight” in data.bin`
 * @throws ModelError if the file is missing or elsewhere, also through a symbolic link
 */
export function openNamedFile(
  { location, namedBy, owner, modelFolder, label }: NamedFile,
  keeps: string,
): ByteSource {
  const path = join(dirname(namedBy), location);
  if (location.includes('\0') || isAbsolute(location) || !isInside(path, modelFolder)) {
    throw new ModelError(`${keeps}, outside the model folder; put the data next to the ${owner}.`);
  }
  const realOwner = dirname(realpathSync(namedBy));
  const real = realFileOf(path) ?? realFileOf(join(realOwner, location));
  if (real === undefined) {
    throw new ModelError(`${keeps}, which is missing; copy that file next to the ${owner}.`);
  }
  if (!isInside(real, realOwner) && !isInside(real, realpathSync(modelFolder))) {
    throw new ModelError(`${keeps}, a link to a file outside the model folder; put the file itself there.`);
  }
  return new ByteSource(real, label);
}

/** Undefined if there is no such regular file. */
function realFileOf(path: string): string | undefined {
  return statsOf(path)?.isFile() ? realPathOf(path) : undefined;
}
