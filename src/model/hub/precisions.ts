import { ModelError } from '../../errors';
import { basename } from 'node:path';
import { AutoConfig, env, LogLevel, ModelRegistry } from '@huggingface/transformers';
import { answerMilliseconds, type HubHost } from './host';
import { hasPlace } from './names';
import type { HubFile, HubRepository } from './repository';
import { partsOf } from '../gguf/splitFiles';
import { indexEnding } from '../../protocol/weightFormat';
import { isChoice } from '../weightFormat';
import { byPrecision } from '../weightPrecision';

/** A file of a repository that can be used as a model. */
export interface HubModelFile {
  /** Its name in transformers.js, such as `q4`; null if it has none. */
  readonly dtype: string | null;
  readonly file: string;
  /** Size including external data, shards or parts; null if the Hub does not list it. */
  readonly bytes: number | null;
}

/**
 * The files of weights of a repository: first the ONNX files with a dtype in transformers.js, then all others at the root and
 * in `onnx/`, such as those of other exporters, then .safetensors and .gguf files, the most precise first.
 *
 * @throws ModelError if there is none, the model is gated, or the Hub cannot be reached
 */
export async function precisionsOf(host: HubHost, repository: HubRepository): Promise<HubModelFile[]> {
  const named = repository.files.has('config.json')
    ? await namedFiles(host, repository)
    : new Map<string, string>();
  const others = [...repository.files.keys()].filter(
    (path) => path.endsWith('.onnx') && isOnnxPlace(path) && !named.has(path),
  );
  const checkpoints = [...repository.files.keys()].filter(
    (path) => !path.endsWith('.onnx') && isChoice(path) && hasPlace(path),
  );
  const files = [...named.keys(), ...others.sort(), ...checkpoints.sort(byPrecision)];
  if (files.length === 0) {
    throw new ModelError(
      `${repository.id} has no .onnx, .safetensors or .gguf file that can be used; choose another model.`,
    );
  }
  return files.map((file) => ({
    dtype: named.get(file) ?? null,
    file,
    bytes: sum(
      [file, ...shardsOf(repository, file)].map((path) => repository.files.get(path)?.bytes ?? null),
    ),
  }));
}

/**
 * Files that belong to a file of weights according to their names: the external data of an ONNX file, whose actual names are
 * known after the download, the shards of an index, or the other parts of a split GGUF model.
 */
export function shardsOf(repository: HubRepository, file: string): string[] {
  return [...repository.files.keys()].filter((path) => path !== file && belongsTo(path, file));
}

/** Whether a file is the file of weights or, by its name, one of those that belong to it; see {@link shardsOf}. */
export function belongsTo(path: string, file: string): boolean {
  if (path === file) return true;
  if (file.endsWith('.gguf'))
    return partsOf(basename(file)).some((part) => file.slice(0, -basename(file).length) + part === path);
  if (!file.endsWith(indexEnding))
    return [`${file}_data`, `${file}.data`].some((prefix) => path.startsWith(prefix));
  const stem = file.slice(0, -indexEnding.length);
  return path.startsWith(`${stem}-`) && /^-\d{5}-of-\d{5}\.safetensors$/u.test(path.slice(stem.length));
}

function isOnnxPlace(path: string): boolean {
  return hasPlace(path) && (!path.includes('/') || path.startsWith('onnx/'));
}

/**
 * Maps files to dtypes as transformers.js does for this configuration.
 *
 * Its cache and model classes are not used: its downloads cannot be resumed, and nothing is to be loaded.
 */
async function namedFiles(host: HubHost, repository: HubRepository): Promise<Map<string, string>> {
  const { id, commit: revision } = repository;
  const prefix = host.fileUrl(id, revision, '');
  Object.assign(env, {
    remoteHost: `${host.endpoint}/`,
    allowLocalModels: false,
    allowRemoteModels: true,
    useFSCache: false,
    useBrowserCache: false,
    logLevel: LogLevel.ERROR,
    fetch: (input: string | URL): Promise<Response> => {
      const path = decodeURIComponent(String(input).slice(prefix.length));
      // It requests each dtype's file; the list provides the answers.
      if (path !== 'config.json') return Promise.resolve(answerFor(repository.files.get(path)));
      const signal = AbortSignal.timeout(answerMilliseconds);
      return host.get(
        host.fileUrl(id, revision, path),
        { id, revision: repository.revision, path },
        { signal },
      );
    },
  });
  const config = await AutoConfig.from_pretrained(id, { revision }).catch((error: unknown) => {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ModelError(`The config.json of ${id} is not valid JSON; choose another model or revision.`);
  });
  const dtypes = await ModelRegistry.get_available_dtypes(id, { config, revision });
  const named = new Map<string, string>();
  for (const dtype of dtypes as Dtype[]) {
    const files = await ModelRegistry.get_model_files(id, { config, dtype });
    const [file, ...more] = files.filter((path) => path.endsWith('.onnx'));
    // Models of several graphs (encoder-decoders) have no single head to probe.
    if (file !== undefined && more.length === 0 && hasPlace(file)) named.set(file, dtype);
  }
  return named;
}

type Dtype = Extract<NonNullable<Parameters<typeof ModelRegistry.get_model_files>[1]>['dtype'], string>;

function answerFor(file: HubFile | undefined): Response {
  return new Response(
    null,
    file ? { headers: { 'content-length': String(file.bytes ?? 0) } } : { status: 404 },
  );
}

function sum(sizes: readonly (number | null)[]): number | null {
  return sizes.reduce((total, bytes) => (total === null || bytes === null ? null : total + bytes), 0);
}
