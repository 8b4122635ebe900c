import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelError } from '../../errors';
import { hasPlace } from '../hub/names';
import type { HubFile, HubRepository } from '../hub/repository';
import { indexEnding } from '../../protocol/weightFormat';
import { writeWhole } from '../writeWhole';
import { callHub } from './remoteThread';

const names = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'tokenizer.model'];
/** The largest tokenizers have some 40 MB. */
const mostBytes = 200_000_000;

/**
 * Fetches the files that describe a model and its tokenizer, from the root and from next to the file of weights, and the index
 * of its shards. Those that are already there are kept if they are unchanged.
 *
 * @throws ModelError if the Hub refuses, cannot be reached, or sends something else than it lists
 */
export function fetchSmallFiles({ files, ...about }: HubRepository, weights: string, folder: string): void {
  const beside = weights.includes('/') ? `${weights.split('/')[0]!}/` : '';
  const wanted = new Set(names.flatMap((name) => [name, beside + name]));
  for (const path of files.keys())
    if (path.endsWith(indexEnding) && path.startsWith(beside) && weights.includes('.safetensors'))
      wanted.add(path);
  // Only where there is no tokenizer.json.
  if (files.has('tokenizer.json')) wanted.delete('tokenizer.model');
  for (const path of wanted) {
    const file = files.get(path);
    if (file && hasPlace(path)) fetchSmallFile(about, file, join(folder, path));
  }
}

function fetchSmallFile(about: Omit<HubRepository, 'files'>, file: HubFile, target: string): void {
  const { path, bytes } = file;
  if (isThere(target, file)) return;
  if (bytes === null || bytes > mostBytes)
    throw new ModelError(
      `${path} of ${about.id} has ${bytes ?? 'an unknown number of'} bytes, which is not a file of its kind; download the model instead.`,
    );
  const ranges = bytes === 0 ? [] : [{ start: 0, end: bytes }];
  const [content = new Uint8Array(0)] = callHub('ranges', { file: { ...about, path, bytes }, ranges });
  if (!isListed(content, file))
    throw new ModelError(
      `${path} of ${about.id} was damaged in transfer (its checksum differs from the listed one); open the model again.`,
    );
  writeWhole(target, content);
}

function isThere(target: string, file: HubFile): boolean {
  try {
    return isListed(readFileSync(target), file);
  } catch {
    return false;
  }
}

/** Whether the content has the checksum that the Hub lists: a SHA-256, or that of a Git blob. */
function isListed(content: Uint8Array, { bytes, sha256, identity }: HubFile): boolean {
  if (content.length !== bytes) return false;
  if (sha256 !== null) return createHash('sha256').update(content).digest('hex') === sha256;
  if (identity === null || !/^[\da-f]{40}$/u.test(identity)) return true;
  const blob = createHash('sha1').update(`blob ${content.length}\0`).update(content);
  return blob.digest('hex') === identity;
}
