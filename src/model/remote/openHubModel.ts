import { createHash } from 'node:crypto';
import { existsSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ModelError } from '../../errors';
import { hubReference, parseHubReference, type HubReference } from '../../protocol/hubReference';
import { hasPlace } from '../hub/names';
import type { HubFile, HubRepository } from '../hub/repository';
import { openModelFolder, type ModelFolder } from '../modelFolder';
import { reasonOf } from '../reasonOf';
import { supplied } from '../storage/byteSource';
import { shown } from '../storage/refusalText';
import { formatByName, indexEnding } from '../../protocol/weightFormat';
import { isChoice } from '../weightFormat';
import { byPrecision } from '../weightPrecision';
import { RemoteBytes } from './remoteBytes';
import { listRepository, snapshotFolder } from './remoteRepository';
import { writeWhole } from '../writeWhole';
import { fetchSmallFiles } from './smallFiles';

/**
 * Opens a model of the Hub without downloading it: a local folder has its small files (configuration, tokenizer, index), and
 * an empty file in place of each file of weights, whose bytes are fetched when they are read.
 *
 * @param text `hub:ORG/NAME`, `hub:ORG/NAME@REVISION` or `hub:ORG/NAME@REVISION/FILE`
 * @throws ModelError if there is no such model or file, the Hub refuses, or it cannot be reached
 */
export function openHubModel(text: string): ModelFolder {
  const reference = parseHubReference(text);
  if (!reference)
    throw new ModelError(
      `${shown(text)} is not a reference to a model of the Hub; it must have the form hub:ORGANIZATION/NAME@REVISION/FILE.`,
    );
  const repository = listRepository(reference);
  const named = [...repository.files.values()].filter(({ path }) => isRemoteWeight(path));
  const weights = named.filter(({ path }) => !path.endsWith(indexEnding));
  const choices = named
    .map(({ path }) => path)
    .filter(isChoice)
    .sort(byPrecision);
  const asked = chosenFile(reference, choices, weights);
  const folder = snapshotFolder(repository);
  fetchSmallFiles(repository, asked, folder);
  for (const { path } of weights)
    if (!existsSync(join(folder, path))) writeWhole(join(folder, path), new Uint8Array(0));
  const opened = openModelFolder(join(folder, asked));
  // The index of a shard, or the first part.
  const file = asked.slice(0, -basename(asked).length) + opened.file;
  const real = realpathSync(folder);
  const remote = new OpenRemote(repository, file, real, weights);
  return {
    ...opened,
    name: reference.id.split('/')[1]!,
    path: real,
    file,
    otherFiles: choices.filter((other) => other !== file),
    files: [...repository.files.values()].flatMap(({ path, bytes }) => {
      return hasPlace(path) ? [{ path, bytes: bytes ?? 0 }] : [];
    }),
    remote,
  };
}

function isRemoteWeight(path: string): boolean {
  const format = formatByName(path);
  return hasPlace(path) && format !== null && format !== 'ONNX';
}

/** @throws ModelError if the repository lacks it */
function chosenFile(
  { id, file, revision }: HubReference,
  choices: readonly string[],
  weights: readonly HubFile[],
): string {
  const [best] = choices;
  if (file !== null) {
    const found = [...choices, ...weights.map(({ path }) => path)].find((path) => path === file);
    if (found !== undefined) return found;
    const list =
      choices.length === 0 ? 'it has none that can be read over the network' : `choose ${choices.join(', ')}`;
    throw new ModelError(`${id} has no file ${shown(file)} in the revision “${revision}”; ${list}.`);
  }
  if (best !== undefined) return best;
  throw new ModelError(
    `${id} has no .safetensors or .gguf file that can be read over the network; download it instead if it has .onnx files.`,
  );
}

class OpenRemote {
  readonly reference: string;
  readonly commit: string;
  readonly #marker: string;
  readonly #open = new Map<string, RemoteBytes>();

  constructor(repository: HubRepository, file: string, folder: string, weights: readonly HubFile[]) {
    const { id, revision, commit } = repository;
    this.reference = hubReference({ id, revision, file });
    this.commit = commit;
    this.#marker = join(folder, `${file.replaceAll('/', '~')}.whole-head`);
    for (const { path, bytes, identity } of weights)
      supplied.set(join(folder, path), () => {
        if (bytes === null)
          throw new ModelError(
            `The Hub does not list the size of ${path} of ${id}; download the model instead.`,
          );
        const source = new RemoteBytes({
          file: { id, revision, commit, path, bytes },
          identity: identityOf([identity ?? [id, commit, path], bytes]),
          mayReadAll: this.mayReadAll,
        });
        this.#open.set(path, source);
        return source;
      });
  }

  readonly bytesHere = (): number => [...this.#open.values()].reduce((sum, { here }) => sum + here, 0);

  readonly mayReadAll = (): boolean => existsSync(this.#marker);

  readonly allowAll = (): void => {
    try {
      writeFileSync(this.#marker, '');
    } catch (error) {
      throw new ModelError(`${this.#marker} cannot be written (${reasonOf(error)}); check the disk.`);
    }
  };
}

function identityOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
