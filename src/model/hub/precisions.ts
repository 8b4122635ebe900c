import { ModelError } from '../../errors';
import { AutoConfig, env, LogLevel, ModelRegistry } from '@huggingface/transformers';
import { answerMilliseconds, type HubHost } from './host';
import { hasPlace } from './names';
import type { HubFile, HubRepository } from './repository';

/** An ONNX file of a repository that can be a model of ours. */
export interface HubModelFile {
  /** What transformers.js calls it, as `q4`; null for a file that it has no name for. */
  readonly dtype: string | null;
  readonly file: string;
  /** With its external data; null where the Hub does not say. */
  readonly bytes: number | null;
}

/**
 * The ONNX files of a repository: first those that transformers.js knows by a dtype, then all others at the root and in
 * `onnx/`, as other exporters make them.
 *
 * @throws ModelError if there is none, the model is gated, or the Hub cannot be reached
 */
export async function precisionsOf(host: HubHost, repository: HubRepository): Promise<HubModelFile[]> {
  const named = repository.files.has('config.json')
    ? await namedFiles(host, repository)
    : new Map<string, string>();
  const others = [...repository.files.keys()].filter(
    (path) => path.endsWith('.onnx') && hasPlace(path) && !named.has(path),
  );
  const files = [...named.keys(), ...others.sort()];
  if (files.length === 0) {
    throw new ModelError(
      `${repository.id} has no .onnx file at its root or in onnx/; look for an export of it whose name ends in -ONNX.`,
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

/** Files that by their name hold an ONNX file's external data; what it really names is known when it is here. */
export function shardsOf(repository: HubRepository, onnxFile: string): string[] {
  const prefixes = [`${onnxFile}_data`, `${onnxFile}.data`];
  return [...repository.files.keys()].filter((path) => prefixes.some((prefix) => path.startsWith(prefix)));
}

/**
 * File → dtype, both as transformers.js has them for this configuration.
 *
 * Its own cache and model classes stay unused: its downloads cannot be resumed, and nothing is to be loaded.
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
      // It looks for each dtype's file by a request; the list has the answers.
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
    throw new ModelError(`The config.json of ${id} is not valid JSON; take another model or revision.`);
  });
  const dtypes = await ModelRegistry.get_available_dtypes(id, { config, revision });
  const named = new Map<string, string>();
  for (const dtype of dtypes as Dtype[]) {
    const files = await ModelRegistry.get_model_files(id, { config, dtype });
    const [file, ...more] = files.filter((path) => path.endsWith('.onnx'));
    // Models of several graphs (encoders with decoders) have no single head to probe.
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
