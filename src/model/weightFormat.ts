import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { firstPart, isLaterPart } from './gguf/splitFiles';
import { formatByName, indexEnding, type WeightFormat } from '../protocol/weightFormat';

/** The format by name or, because Ollama names files by their digests, by the first bytes; `null` if it is neither. */
export function formatOf(path: string): WeightFormat | null {
  return formatByName(path) ?? (startsWithGguf(path) ? 'GGUF' : null);
}

function startsWithGguf(path: string): boolean {
  const start = Buffer.alloc(4);
  try {
    const descriptor = openSync(path, 'r');
    try {
      return readSync(descriptor, start, 0, 4, 0) === 4 && start.toString('latin1') === 'GGUF';
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}

/** Shards of a checkpoint as transformers names them; its index stands for all of them. */
const shardName = /^(.*)-\d{5}-of-\d{5}\.safetensors$/u;
/** How llama.cpp names the parts of multimodal models that have no tokens. */
const projector = 'mmproj';

/** Whether a file of a folder can be chosen: a whole model, rather than a part of one. */
export function isChoice(file: string): boolean {
  const name = basename(file);
  return (
    formatByName(name) !== null && !shardName.test(name) && !isLaterPart(name) && !name.startsWith(projector)
  );
}

/** Whether a folder has the ONNX files of the model above it. Some repositories write `ONNX`. */
export function isOnnxFolder(path: string): boolean {
  return basename(path).toLowerCase() === 'onnx';
}

/** The file that stands for the whole model to which a given file belongs: an index, or the first part. */
export function wholeOf(file: string, folder: string): string {
  const name = basename(file);
  const [, stem] = shardName.exec(name) ?? [];
  const index = stem === undefined ? undefined : stem + indexEnding;
  const whole =
    index !== undefined && existsSync(join(folder, dirname(file), index)) ? index : firstPart(name);
  return whole === name ? file : join(dirname(file), whole).split('\\').join('/');
}
